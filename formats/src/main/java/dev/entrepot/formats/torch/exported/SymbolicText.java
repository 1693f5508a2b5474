package dev.entrepot.formats.torch.exported;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Symbolic expressions as people write them: {@code Mul(Integer(2), Symbol('s77', integer=True))} is {@code 2*s77}.
 *
 * <p>Source: SymPy's srepr, which documents hold since 2.6; the plain text of earlier ones is left as it is.
 */
public final class SymbolicText {

    private static final int DEEPEST = 50;

    private final String text;
    private int at;

    private SymbolicText(String text) {
        this.text = text;
    }

    /** The expression, or its text in the document where that is of another kind. */
    public static String of(SymValue.Expr expr) {
        SymbolicText reader = new SymbolicText(expr.text());
        Optional<String> read = reader.expression(0);
        return read.isPresent() && reader.at == expr.text().length() ? read.get() : expr.text();
    }

    /** {@code s77}, {@code Name(argument, argument)}, {@code 'quoted'} or a number. */
    private Optional<String> expression(int depth) {
        String word = word();
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        if (!takes('(')) {
            return word.isEmpty() ? Optional.empty() : Optional.of(word);
        }
        List<String> arguments = new ArrayList<>();
        while (!takes(')')) {
            Optional<String> argument = expression(depth + 1);
            if (argument.isEmpty()) {
                return Optional.empty();
            }
            if (takes('=')) {
                expression(depth + 1);
            } else {
                arguments.add(argument.get());
            }
            if (takes(',')) {
                takes(' ');
            }
        }
        return Optional.of(infix(word.substring(word.lastIndexOf('.') + 1), arguments));
    }

    private String word() {
        int start = at;
        if (takes('\'')) {
            int end = text.indexOf('\'', at);
            at = end < 0 ? text.length() : end + 1;
            return text.substring(start + 1, Math.max(start + 1, at - 1));
        }
        while (at < text.length() && "(),=' ".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean takes(char expected) {
        boolean there = at < text.length() && text.charAt(at) == expected;
        at += there ? 1 : 0;
        return there;
    }

    private static String infix(String function, List<String> arguments) {
        return switch (function) {
            case "Symbol", "Integer", "Float" -> arguments.isEmpty() ? function : arguments.get(0);
            case "Add" -> String.join(" + ", arguments);
            case "Mul" ->
                String.join(
                        "*",
                        arguments.stream()
                                .map(factor -> factor.contains(" ") ? "(" + factor + ")" : factor)
                                .toList());
            default -> function + "(" + String.join(", ", arguments) + ")";
        };
    }
}
