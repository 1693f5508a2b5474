package dev.entrepot.onnx.schema;

import dev.entrepot.onnx.schema.FormalParameter.Occurrence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads one operator of the table. The grammar stands at the head of {@code operators.txt}.
 *
 * <p>It uses no lambdas and no {@code +} on strings: each costs a program that starts its linkage, and a command has 0.3 s for everything.
 */
final class OperatorParser {

    private final List<FormalParameter> inputs = new ArrayList<>();
    private final List<FormalParameter> outputs = new ArrayList<>();
    private final List<AttributeSchema> attributes = new ArrayList<>();
    private final List<TypeConstraint> typeConstraints = new ArrayList<>();

    private OperatorParser() {}

    /**
     * Reads the lines of one operator, the first of which begins with {@code op}.
     *
     * @throws IllegalStateException if they break the grammar
     */
    static Operator parse(String block) {
        String[] lines = block.split("\n");
        OperatorParser parser = new OperatorParser();
        for (int i = 1; i < lines.length; i++) {
            parser.detail(lines[i]);
        }
        return parser.operator(lines[0]);
    }

    private Operator operator(String head) {
        String[] words = head.split(" ");
        expect(words.length >= 4 && words[0].equals("op"), head);
        Set<Operator.Trait> traits = EnumSet.noneOf(Operator.Trait.class);
        for (int i = 4; i < words.length; i++) {
            traits.add(Operator.Trait.valueOf(words[i].toUpperCase(Locale.ROOT)));
        }
        String domain = Operators.domain(words[1]);
        return new Operator(
                domain, words[2], Integer.parseInt(words[3]), traits, inputs, outputs, attributes, typeConstraints);
    }

    private void detail(String line) {
        String[] words = line.substring(1).split(" ");
        expect(words.length >= 3, line);
        switch (words[0]) {
            case "in", "in?", "in+", "in*" -> inputs.add(parameter(words, line));
            case "out", "out?", "out+", "out*" -> outputs.add(parameter(words, line));
            case "attr" -> attributes.add(attribute(words, line));
            case "type" -> typeConstraints.add(typeConstraint(words));
            default -> throw broken(line);
        }
    }

    private static FormalParameter parameter(String[] words, String line) {
        boolean mixed = words.length == 4 && words[3].equals("mixed");
        expect(mixed || words.length == 3, line);
        Occurrence variadic = mixed ? Occurrence.VARIADIC_HETEROGENEOUS : Occurrence.VARIADIC;
        return switch (words[0].charAt(words[0].length() - 1)) {
            case '?' -> new FormalParameter(words[1], words[2], Occurrence.OPTIONAL, 0);
            case '*' -> new FormalParameter(words[1], words[2], variadic, 0);
            case '+' -> new FormalParameter(words[1], words[2], variadic, 1);
            default -> new FormalParameter(words[1], words[2], Occurrence.SINGLE, 1);
        };
    }

    private static AttributeSchema attribute(String[] words, String line) {
        AttributeType type = AttributeType.valueOf(words[2]);
        return new AttributeSchema(words[1], type, whenAbsent(type, words, line));
    }

    private static AttributeDefault whenAbsent(AttributeType type, String[] words, String line) {
        if (words.length == 3) {
            return new AttributeDefault.Absent();
        }
        if (words.length == 4 && words[3].equals("required")) {
            return new AttributeDefault.Required();
        }
        expect(words[3].equals("=") && (words.length == 5 || type.isList()), line);
        List<String> values = Arrays.asList(words).subList(4, words.length);
        return switch (type) {
            case FLOAT -> new AttributeDefault.FloatDefault(Float.parseFloat(words[4]));
            case INT -> new AttributeDefault.IntDefault(Long.parseLong(words[4]));
            case STRING -> new AttributeDefault.StringDefault(unquoted(words[4], line));
            case INTS -> new AttributeDefault.IntsDefault(longs(values));
            case STRINGS -> new AttributeDefault.StringsDefault(unquoted(values, line));
            default -> throw broken(line);
        };
    }

    private static List<Long> longs(List<String> words) {
        List<Long> values = new ArrayList<>();
        for (String word : words) {
            values.add(Long.valueOf(word));
        }
        return values;
    }

    private static List<String> unquoted(List<String> words, String line) {
        List<String> values = new ArrayList<>();
        for (String word : words) {
            values.add(unquoted(word, line));
        }
        return values;
    }

    private static String unquoted(String word, String line) {
        expect(word.length() >= 2 && word.startsWith("\"") && word.endsWith("\""), line);
        return word.substring(1, word.length() - 1);
    }

    private static TypeConstraint typeConstraint(String[] words) {
        Set<String> allowed = new LinkedHashSet<>();
        for (int i = 2; i < words.length; i++) {
            allowed.add(words[i].endsWith(")") ? words[i] : TypeConstraint.tensor(words[i]));
        }
        return new TypeConstraint(words[1], allowed);
    }

    private static void expect(boolean wellFormed, String line) {
        if (!wellFormed) {
            throw broken(line);
        }
    }

    private static IllegalStateException broken(String line) {
        return new IllegalStateException("operators.txt: cannot read the line \"" + line + "\"");
    }
}
