package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.caffe.Dialect.Field;
import dev.entrepot.formats.prototxt.ProtoBytes;
import dev.entrepot.formats.prototxt.ProtoField;
import dev.entrepot.formats.prototxt.ProtoLimits;
import dev.entrepot.formats.prototxt.ProtoMessage;
import dev.entrepot.formats.prototxt.ProtoScalar;
import dev.entrepot.formats.prototxt.ProtoValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decodes binary messages of one dialect into messages by name, as if they had been read from text.
 *
 * <p>Blobs stay bytes. A field whose number the dialect does not know, or whose encoding does not suit its type, is kept undecoded
 * under the name {@code #number}; {@link #unknown} counts them. A single field that comes again replaces the first, or is merged
 * with it if it is a message, as Protocol Buffers does it.
 */
final class BinaryDecoder {

    private static final int MOST_MERGES = 100;

    private final Dialect dialect;
    private final ProtoLimits limits;
    private int values;
    private int unknown;

    BinaryDecoder(Dialect dialect, ProtoLimits limits) {
        this.dialect = dialect;
        this.limits = limits;
    }

    /** How many fields were kept undecoded so far. */
    int unknown() {
        return unknown;
    }

    /** Decodes a message of this type. */
    ProtoMessage decode(String type, ByteSource message) {
        return decode(type, message, List.of(), 1);
    }

    private ProtoMessage decode(String type, ByteSource message, List<ProtoField> before, int depth) {
        SourceLocation start = message.at(0);
        if (depth > limits.depth()) {
            throw ModelException.limitExceeded(
                    start, type, "is nested more than " + limits.depth() + " levels deep, which is the limit");
        }
        var fields = new Collected(before);
        var wire = new WireFields(message);
        while (wire.next()) {
            Optional<Field> known = dialect.field(type, wire.number());
            if (known.isPresent() && suits(dialect, known.get(), wire.wireType())) {
                known(known.get(), wire, fields, depth);
            } else {
                unknown(wire, fields);
            }
        }
        return new ProtoMessage(start, fields.fields);
    }

    /** Whether a field of this type can be encoded so. */
    static boolean suits(Dialect dialect, Field field, int wireType) {
        boolean packed = field.repeated() && wireType == WireFields.BYTES;
        return switch (field.type()) {
            case "string", "bytes" -> wireType == WireFields.BYTES;
            case "float", "fixed32", "sfixed32" -> wireType == WireFields.FIXED32 || packed;
            case "double", "fixed64", "sfixed64" -> wireType == WireFields.FIXED64 || packed;
            default ->
                dialect.isMessage(field.type())
                        ? wireType == WireFields.BYTES
                        : wireType == WireFields.VARINT || packed;
        };
    }

    private void known(Field field, WireFields wire, Collected fields, int depth) {
        SourceLocation here = wire.here();
        if (wire.wireType() != WireFields.BYTES) {
            fields.add(field, scalar(field.type(), wire), here);
        } else if (field.type().equals("string") || field.type().equals("bytes")) {
            fields.add(field, text(wire.bytes(), limits), here);
        } else if (field.type().equals("BlobProto")) {
            fields.add(field, new ProtoBytes(wire.bytes()), here);
        } else if (dialect.isMessage(field.type())) {
            List<ProtoField> before = fields.toMerge(field, here);
            fields.add(field, decode(field.type(), wire.bytes(), before, depth + 1), here);
        } else {
            packed(field, wire.bytes(), fields);
        }
    }

    private void packed(Field field, ByteSource content, Collected fields) {
        var wire = new WireFields(content);
        while (wire.position() < content.length()) {
            fields.add(field, scalar(field.type(), wire), content.at(wire.position()));
        }
    }

    private ProtoScalar scalar(String type, WireFields wire) {
        return switch (type) {
            case "float" -> ProtoScalar.number(wire.f32());
            case "double" -> ProtoScalar.number(wire.f64());
            case "bool" -> ProtoScalar.identifier(wire.varint() == 0 ? "false" : "true");
            case "int32" -> ProtoScalar.number((long) (int) wire.varint());
            case "uint32" -> ProtoScalar.number(wire.varint() & 0xffff_ffffL);
            case "uint64" -> new ProtoScalar(ProtoScalar.Kind.NUMBER, Long.toUnsignedString(wire.varint()));
            default -> constant(type, wire.varint());
        };
    }

    private ProtoScalar constant(String type, long number) {
        Optional<String> name = dialect.constant(type, number);
        if (name.isEmpty() && dialect.isEnum(type)) {
            unknown++;
        }
        return name.map(ProtoScalar::identifier).orElse(ProtoScalar.number(number));
    }

    private void unknown(WireFields wire, Collected fields) {
        unknown++;
        SourceLocation here = wire.here();
        Field field = new Field(wire.number(), "", true, "#" + wire.number());
        switch (wire.wireType()) {
            case WireFields.VARINT -> fields.add(field, ProtoScalar.number(wire.varint()), here);
            case WireFields.FIXED32 -> fields.add(field, ProtoScalar.number(wire.f32()), here);
            case WireFields.FIXED64 -> fields.add(field, ProtoScalar.number(wire.f64()), here);
            case WireFields.BYTES -> fields.add(field, new ProtoBytes(wire.bytes()), here);
            default -> wire.skip();
        }
    }

    /** A string field's content. */
    static ProtoScalar text(ByteSource bytes, ProtoLimits limits) {
        if (bytes.length() > limits.stringLength()) {
            throw ModelException.limitExceeded(
                    bytes.at(0),
                    "string",
                    "is " + bytes.length() + " bytes long, the limit is " + limits.stringLength());
        }
        try {
            return ProtoScalar.string(text(bytes.readAll(limits.stringLength())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As in text files: UTF-8, or else byte for byte, so that equal names stay equal. */
    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /** The fields of one message so far, each single one once. */
    private final class Collected {

        private final List<ProtoField> fields;
        private final Map<String, Integer> singles = new HashMap<>();
        private int merges;

        Collected(List<ProtoField> before) {
            this.fields = new ArrayList<>(before);
            for (int i = 0; i < before.size(); i++) {
                singles.put(before.get(i).name(), i);
            }
        }

        void add(Field field, ProtoValue value, SourceLocation here) {
            values++;
            if (values > limits.values()) {
                throw ModelException.limitExceeded(
                        here, "file", "holds more than " + limits.values() + " values, which is the limit");
            }
            ProtoField added = new ProtoField(field.name(), value, here);
            Integer index = field.repeated() ? null : singles.putIfAbsent(field.name(), fields.size());
            if (index == null) {
                fields.add(added);
            } else {
                fields.set(index, added);
            }
        }

        /** The fields that a single message has already, if this is not the first part of it. */
        List<ProtoField> toMerge(Field field, SourceLocation here) {
            Integer index = field.repeated() ? null : singles.get(field.name());
            if (index == null || !(fields.get(index).value() instanceof ProtoMessage message)) {
                return List.of();
            }
            merges++;
            if (merges > MOST_MERGES) {
                throw ModelException.limitExceeded(
                        here, field.name(), "is given more than " + MOST_MERGES + " times, which is the limit");
            }
            return message.fields();
        }
    }
}
