package dev.entrepot.formats.prototxt;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes messages in the text format of Protocol Buffers, as Caffe prints them: two spaces a level, one field a line. Undecoded bytes
 * are only mentioned, in a comment.
 */
public final class PrototxtPrinter {

    private PrototxtPrinter() {}

    /** The fields of a message, without braces around them; empty for an empty message. */
    public static String print(ProtoMessage message) {
        var text = new StringBuilder();
        append(message.fields(), "", text);
        return text.toString();
    }

    private static void append(List<ProtoField> fields, String indent, StringBuilder text) {
        for (ProtoField field : fields) {
            if (field.value() instanceof ProtoBytes bytes) {
                text.append(indent)
                        .append("# ")
                        .append(field.name())
                        .append(": ")
                        .append(bytes)
                        .append('\n');
                continue;
            }
            text.append(indent).append(field.name());
            if (field.value() instanceof ProtoMessage message) {
                text.append(" {\n");
                append(message.fields(), indent + "  ", text);
                text.append(indent).append("}\n");
            } else if (field.value() instanceof ProtoScalar scalar) {
                text.append(": ").append(token(scalar)).append('\n');
            }
        }
    }

    private static String token(ProtoScalar scalar) {
        return scalar.kind() == ProtoScalar.Kind.STRING ? quoted(scalar.text()) : scalar.text();
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
            int value = unit & 0xff;
            switch (value) {
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '"', '\'', '\\' -> quoted.append('\\').append((char) value);
                default -> {
                    if (value >= 0x20 && value < 0x7f) {
                        quoted.append((char) value);
                    } else {
                        quoted.append(octal(value));
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    private static String octal(int value) {
        return "\\" + (value >> 6) + (value >> 3 & 7) + (value & 7);
    }
}
