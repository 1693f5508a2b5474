package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.caffe.Dialect.Field;
import dev.entrepot.formats.prototxt.ProtoField;
import dev.entrepot.formats.prototxt.ProtoMessage;
import dev.entrepot.formats.prototxt.ProtoScalar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Encodes messages in binary, fields in the order of their numbers. A field that Caffe does not know gets the number of the first fork
 * that does.
 */
final class BinaryEncoder {

    /** A field with what the dialect says of it; all below it is of the same dialect. */
    private record Numbered(Dialect dialect, Field known, ProtoField field) {}

    private BinaryEncoder() {}

    /**
     * Encodes a message of this type.
     *
     * @throws ModelException unsupported if neither Caffe nor a known fork has a field; malformed if a value does not suit its field
     */
    static WireChunks encode(String type, ProtoMessage message) {
        return encode(type, message, 0, List.of());
    }

    /** Encodes a message of this type with one repeated field more, whose values are encoded already. */
    static WireChunks encode(String type, ProtoMessage message, int number, List<WireChunks> values) {
        return encode(Dialect.BVLC, type, message, number, values);
    }

    private static WireChunks encode(
            Dialect dialect, String type, ProtoMessage message, int number, List<WireChunks> values) {
        List<Numbered> fields = new ArrayList<>();
        Set<String> singles = new HashSet<>();
        for (ProtoField field : message.fields()) {
            Numbered numbered = find(dialect, type, field);
            fields.add(numbered);
            if (!numbered.known().repeated() && !singles.add(field.name())) {
                throw ModelException.malformed(
                        field.location(), field.name(), "is given more than once, one value is expected");
            }
        }
        fields.sort(Comparator.comparingInt(numbered -> numbered.known().number()));
        var chunks = new WireChunks();
        fields.stream().filter(field -> field.known().number() <= number).forEach(field -> encode(field, chunks));
        values.forEach(value -> chunks.addMessage(number, value));
        fields.stream().filter(field -> field.known().number() > number).forEach(field -> encode(field, chunks));
        return chunks;
    }

    private static Numbered find(Dialect dialect, String type, ProtoField field) {
        return Stream.concat(Stream.of(dialect), Dialect.ALL.stream())
                .flatMap(candidate -> candidate.field(type, field.name()).stream()
                        .map(known -> new Numbered(candidate, known, field)))
                .findFirst()
                .orElseThrow(() -> ModelException.unsupported(
                        field.location(), field.name(), "has no known number in a binary " + type));
    }

    private static void encode(Numbered numbered, WireChunks chunks) {
        int number = numbered.known().number();
        String type = numbered.known().type();
        String name = numbered.field().name();
        var single = new ProtoMessage(numbered.field().location(), List.of(numbered.field()));
        switch (type) {
            case "string", "bytes" ->
                chunks.addBytes(number, single.string(name).getBytes(StandardCharsets.UTF_8));
            case "float" -> chunks.addFloat(number, single.floatOr(name, 0));
            case "double" -> chunks.addDouble(number, single.floatOr(name, 0));
            case "bool" -> chunks.addVarint(number, single.boolOr(name, false) ? 1 : 0);
            case "int32" -> chunks.addVarint(number, single.intOr(name, 0));
            case "uint32" -> chunks.addVarint(number, single.unsignedOr(name, 0));
            case "int64", "uint64" -> chunks.addVarint(number, single.longOf(name));
            default -> {
                if (numbered.dialect().isMessage(type)) {
                    ProtoMessage message = single.message(name);
                    chunks.addMessage(number, encode(numbered.dialect(), type, message, 0, List.of()));
                } else {
                    chunks.addVarint(number, constant(numbered));
                }
            }
        }
    }

    private static long constant(Numbered numbered) {
        String type = numbered.known().type();
        ProtoField field = numbered.field();
        if (field.value() instanceof ProtoScalar scalar && scalar.kind() == ProtoScalar.Kind.IDENTIFIER) {
            return numbered.dialect().number(type, scalar.text()).orElseThrow(() -> wrongConstant(numbered));
        }
        long number = new ProtoMessage(field.location(), List.of(field)).longOf(field.name());
        if (numbered.dialect().constant(type, number).isEmpty()) {
            throw wrongConstant(numbered);
        }
        return number;
    }

    private static ModelException wrongConstant(Numbered numbered) {
        ProtoField field = numbered.field();
        return ModelException.malformed(
                field.location(),
                field.name(),
                "is " + field.value() + ", which " + numbered.known().type() + " does not have");
    }
}
