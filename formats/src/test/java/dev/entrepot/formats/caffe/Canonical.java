package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.formats.prototxt.ProtoField;
import dev.entrepot.formats.prototxt.ProtoMessage;
import dev.entrepot.formats.prototxt.PrototxtReader;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/** Texts of messages in which only what Protocol Buffers keeps counts: fields of different names may stand in any order. */
final class Canonical {

    private Canonical() {}

    static ByteSource source(String text) {
        return ByteSource.of("net.prototxt", text.getBytes(StandardCharsets.UTF_8));
    }

    static ProtoMessage read(String text) {
        return PrototxtReader.read(source(text));
    }

    static String text(String prototxt) {
        return text(read(prototxt));
    }

    static String text(ProtoMessage message) {
        return sorted(message).toString();
    }

    private static ProtoMessage sorted(ProtoMessage message) {
        return new ProtoMessage(
                message.location(),
                message.fields().stream()
                        .map(field -> field.value() instanceof ProtoMessage inner
                                ? new ProtoField(field.name(), sorted(inner), field.location())
                                : field)
                        .sorted(Comparator.comparing(ProtoField::name))
                        .toList());
    }
}
