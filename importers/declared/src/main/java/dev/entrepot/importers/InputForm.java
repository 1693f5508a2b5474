package dev.entrepot.importers;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is said about an input, as people write it; see {@link InputSpec#parse}. */
final class InputForm {

    private static final Pattern FORM = Pattern.compile("(.+):([A-Za-z0-9]*)\\[([^\\[\\]]*)\\]");
    private static final Pattern FIXED =
            Pattern.compile("([^:=]+)=([Tt]rue|[Ff]alse|[-+]?[0-9]+(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?)");
    private static final Pattern LITERAL = Pattern.compile("([^:=]+)=(None|'.*'|\".*\"|\\[.*\\]|\\(.*\\))");
    private static final Pattern SYMBOL = Pattern.compile("[A-Za-z_]\\w*");

    private InputForm() {}

    static InputSpec parse(String text) {
        Matcher fixed = FIXED.matcher(text);
        if (fixed.matches()) {
            return InputSpec.always(fixed.group(1), Optional.of(number(fixed.group(2))), capitalised(fixed.group(2)));
        }
        Matcher literal = LITERAL.matcher(text);
        if (literal.matches()) {
            return InputSpec.always(literal.group(1), Optional.empty(), literal.group(2));
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' is not NAME:DTYPE[D0,D1,...], such as data:float32[N,3,224,224], and not NAME=VALUE, such as"
                    + " rate=0.5 or layers=['fc7','prob']");
        }
        String typeName = form.group(2).isEmpty() ? "float32" : form.group(2);
        DataType type = DataType.ofNumpyName(typeName)
                .filter(found -> found != DataType.UNDEFINED)
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + text + "': there is no dtype '" + typeName + "'"));
        List<Dim> dims = new ArrayList<>();
        for (String dim :
                form.group(3).isBlank() ? new String[0] : form.group(3).split(",", -1)) {
            dims.add(dim(text, dim.strip()));
        }
        return new InputSpec(form.group(1), type, Shape.of(dims));
    }

    private static double number(String text) {
        return switch (text) {
            case "true", "True" -> 1;
            case "false", "False" -> 0;
            default -> Double.parseDouble(text);
        };
    }

    private static String capitalised(String number) {
        return switch (number) {
            case "true" -> "True";
            case "false" -> "False";
            default -> number;
        };
    }

    private static Dim dim(String text, String dim) {
        if (dim.equals("?")) {
            return Dim.UNKNOWN;
        } else if (SYMBOL.matcher(dim).matches()) {
            return Dim.of(dim);
        }
        try {
            return Dim.of(Long.parseLong(dim));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "': '" + dim + "' is neither a size nor a symbol");
        }
    }
}
