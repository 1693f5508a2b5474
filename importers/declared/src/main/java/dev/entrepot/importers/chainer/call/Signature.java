package dev.entrepot.importers.chainer.call;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The signature of a function as Python writes it, such as {@code leaky_relu(x, slope=0.2)}. Defaults are numbers, names of Python's
 * constants, texts in single quotes or empty tuples; {@code *xs} takes what is left, {@code *} begins the keywords.
 *
 * @param name the function's name
 * @param parameters its parameters in order
 */
public record Signature(String name, List<Parameter> parameters) {

    /** Keywords of older Chainer that choose an implementation or a mode of training, which does not matter for what is computed in test mode. */
    private static final Set<String> WITHOUT_MEANING = Set.of(
            "use_cudnn",
            "deterministic",
            "volatile",
            "train",
            "test",
            "use_ideep",
            "requires_x_grad",
            "mask",
            "return_mask");

    /** How a parameter takes arguments. */
    enum Kind {
        PLAIN,
        KEYWORD_ONLY,
        REST
    }

    /**
     * A parameter.
     *
     * @param name its name
     * @param kind how it takes arguments
     * @param initial its default, if it has one
     */
    record Parameter(String name, Kind kind, Optional<Argument> initial) {}

    public Signature {
        parameters = List.copyOf(parameters);
    }

    /**
     * Reads a signature.
     *
     * @throws IllegalArgumentException if it is not of the form above
     */
    public static Signature parse(String text) {
        int open = text.indexOf('(');
        if (open <= 0 || !text.endsWith(")")) {
            throw new IllegalArgumentException("no signature: " + text);
        }
        List<Parameter> parameters = new ArrayList<>();
        Kind kind = Kind.PLAIN;
        String inside = text.substring(open + 1, text.length() - 1).strip();
        for (String part : inside.isEmpty() ? new String[0] : inside.split(",\\s*")) {
            if (part.equals("*")) {
                kind = Kind.KEYWORD_ONLY;
            } else if (part.startsWith("*")) {
                parameters.add(new Parameter(part.substring(1), Kind.REST, Optional.empty()));
                kind = Kind.KEYWORD_ONLY;
            } else {
                int equals = part.indexOf('=');
                parameters.add(
                        equals < 0
                                ? new Parameter(part, kind, Optional.empty())
                                : new Parameter(
                                        part.substring(0, equals),
                                        kind,
                                        Optional.of(literal(part.substring(equals + 1)))));
            }
        }
        return new Signature(text.substring(0, open), parameters);
    }

    private static Argument literal(String text) {
        return switch (text) {
            case "None" -> Argument.NONE;
            case "True" -> Argument.of(true);
            case "False" -> Argument.of(false);
            case "()" -> Argument.of(List.of());
            default ->
                text.startsWith("'")
                        ? Argument.of(text.substring(1, text.length() - 1))
                        : text.matches("-?\\d+")
                                ? Argument.of(Long.parseLong(text))
                                : Argument.of(Double.parseDouble(text));
        };
    }

    /**
     * Which argument each parameter has, defaults included.
     *
     * @throws IllegalArgumentException as Python's TypeError would say it: too many arguments, one twice, one missing, or a keyword that
     *     the function does not have
     */
    Map<String, Argument> bind(List<Argument> positional, Map<String, Argument> keyword) {
        Map<String, Argument> bound = new LinkedHashMap<>();
        Set<String> left = new TreeSet<>(keyword.keySet());
        int next = 0;
        for (Parameter parameter : parameters) {
            if (parameter.kind == Kind.REST) {
                bound.put(parameter.name, Argument.of(positional.subList(next, positional.size())));
                next = positional.size();
            } else if (parameter.kind == Kind.PLAIN && next < positional.size()) {
                if (left.remove(parameter.name)) {
                    throw new IllegalArgumentException("is given " + parameter.name + " twice");
                }
                bound.put(parameter.name, positional.get(next++));
            } else if (left.remove(parameter.name)) {
                bound.put(parameter.name, keyword.get(parameter.name));
            } else {
                bound.put(
                        parameter.name,
                        parameter.initial.orElseThrow(
                                () -> new IllegalArgumentException("lacks its argument " + parameter.name)));
            }
        }
        if (next < positional.size()) {
            throw new IllegalArgumentException("takes " + next + " arguments in order, got " + positional.size());
        }
        left.removeAll(WITHOUT_MEANING);
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("has no keyword " + String.join(", ", left));
        }
        return Collections.unmodifiableMap(bound);
    }
}
