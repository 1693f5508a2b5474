package dev.entrepot.onnx.text;

import java.util.regex.Pattern;

/** Prints names and texts, in quotes where they must be. */
final class Names {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Names() {}

    static void name(StringBuilder out, String name) {
        if (IDENTIFIER.matcher(name).matches()) {
            out.append(name);
        } else {
            quote(out, name);
        }
    }

    static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || c == '"') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }
}
