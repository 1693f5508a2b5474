package dev.entrepot.formats.prototxt;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.prototxt.PrototxtTokens.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the text format of Protocol Buffers without a schema.
 *
 * <p>Source: google/protobuf {@code text_format.cc} and {@code io/tokenizer.cc}: comments, {@code :} optional before a message,
 * braces or angle brackets, lists, string concatenation and escapes, {@code ;} and {@code ,} after a field, hexadecimal and octal
 * numbers, a number's {@code f}.
 */
public final class PrototxtReader {

    private final PrototxtTokens tokens;
    private final ProtoLimits limits;
    private int values;

    private PrototxtReader(ByteSource source, ProtoLimits limits) {
        this.tokens = new PrototxtTokens(source, limits);
        this.limits = limits;
    }

    /**
     * Reads a whole file.
     *
     * @throws ModelException malformed with line and column, also for a file that is no text at all; limit exceeded
     */
    public static ProtoMessage read(ByteSource source) {
        return read(source, ProtoLimits.STANDARD);
    }

    /** Like {@link #read(ByteSource)}, with other limits. */
    public static ProtoMessage read(ByteSource source, ProtoLimits limits) {
        if (source.length() > limits.fileLength()) {
            throw ModelException.limitExceeded(
                    SourceLocation.file(source.name()),
                    "prototxt",
                    "is " + source.length() + " bytes long, the limit is " + limits.fileLength());
        }
        ForeignContent.of(source).ifPresent(what -> {
            throw ModelException.malformed(SourceLocation.file(source.name()), "prototxt", what);
        });
        if (ForeignContent.isBinary(source)) {
            throw ModelException.malformed(SourceLocation.file(source.name()), "prototxt", "is binary, not text");
        }
        return new PrototxtReader(source, limits).file(source.name());
    }

    private ProtoMessage file(String name) {
        tokens.advance();
        var fields = new ArrayList<ProtoField>();
        while (tokens.kind() != Kind.END) {
            field(fields, 1);
        }
        return new ProtoMessage(SourceLocation.file(name), fields);
    }

    private void field(List<ProtoField> fields, int depth) {
        SourceLocation where = tokens.here();
        String name = fieldName();
        boolean colon = tokens.take(":");
        if (tokens.isSymbol("[")) {
            list(name, fields, colon, depth);
        } else {
            add(fields, name, value(colon, depth), where);
        }
        if (!tokens.take(";")) {
            tokens.take(",");
        }
    }

    /** A name, or an extension's name with its brackets. */
    private String fieldName() {
        if (tokens.kind() == Kind.IDENTIFIER) {
            return tokens.takeText();
        }
        if (!tokens.take("[")) {
            throw tokens.unexpected("a field name");
        }
        var name = new StringBuilder("[");
        while (!tokens.take("]")) {
            if (tokens.kind() != Kind.IDENTIFIER && !tokens.isSymbol(".") && !tokens.isSymbol("/")) {
                throw tokens.unexpected("an extension's name");
            }
            name.append(tokens.takeText());
            if (name.length() > limits.nameLength()) {
                throw ModelException.limitExceeded(
                        tokens.here(), "name", "is longer than the limit of " + limits.nameLength() + " bytes");
            }
        }
        return name.append(']').toString();
    }

    private void list(String name, List<ProtoField> fields, boolean colon, int depth) {
        tokens.take("[");
        if (tokens.take("]")) {
            return;
        }
        do {
            SourceLocation where = tokens.here();
            add(fields, name, value(colon, depth), where);
        } while (tokens.take(","));
        if (!tokens.take("]")) {
            throw tokens.unexpected("\",\" or \"]\"");
        }
    }

    private ProtoValue value(boolean scalarAllowed, int depth) {
        if (tokens.isSymbol("{") || tokens.isSymbol("<")) {
            return message(depth);
        }
        if (!scalarAllowed) {
            throw tokens.unexpected("\":\" or \"{\"");
        }
        return switch (tokens.kind()) {
            case STRING -> ProtoScalar.string(tokens.takeStrings());
            case NUMBER -> new ProtoScalar(ProtoScalar.Kind.NUMBER, tokens.takeText());
            case IDENTIFIER -> ProtoScalar.identifier(tokens.takeText());
            case SYMBOL, END -> negative();
        };
    }

    private ProtoScalar negative() {
        if (!tokens.take("-")) {
            throw tokens.unexpected("a value");
        }
        boolean word = tokens.kind() == Kind.IDENTIFIER && tokens.text().matches("(?i)inf|infinity|nan");
        if (tokens.kind() != Kind.NUMBER && !word) {
            throw tokens.unexpected("a number after \"-\"");
        }
        return new ProtoScalar(ProtoScalar.Kind.NUMBER, "-" + tokens.takeText());
    }

    private ProtoMessage message(int depth) {
        SourceLocation opened = tokens.here();
        if (depth > limits.depth()) {
            throw ModelException.limitExceeded(
                    opened, "message", "is nested more than " + limits.depth() + " levels deep, which is the limit");
        }
        String closing = tokens.takeText().equals("{") ? "}" : ">";
        var fields = new ArrayList<ProtoField>();
        while (!tokens.take(closing)) {
            if (tokens.kind() == Kind.END) {
                throw ModelException.malformed(
                        tokens.here(),
                        "prototxt",
                        "ends here, but the message opened at line " + opened.line() + ", column " + opened.column()
                                + " is not closed by \"" + closing + "\"");
            }
            field(fields, depth + 1);
        }
        return new ProtoMessage(opened, fields);
    }

    private void add(List<ProtoField> fields, String name, ProtoValue value, SourceLocation where) {
        values++;
        if (values > limits.values()) {
            throw ModelException.limitExceeded(
                    where, "prototxt", "holds more than " + limits.values() + " values, which is the limit");
        }
        fields.add(new ProtoField(name, value, where));
    }
}
