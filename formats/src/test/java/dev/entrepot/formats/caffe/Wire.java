package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ByteSource;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Puts binary messages together byte by byte, an independent telling of what the writer does. */
final class Wire {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Wire varint(int field, long value) {
        tag(field, 0);
        raw(value);
        return this;
    }

    Wire bytes(int field, byte[] content) {
        tag(field, 2);
        raw(content.length);
        bytes.writeBytes(content);
        return this;
    }

    Wire string(int field, String content) {
        return bytes(field, content.getBytes(StandardCharsets.UTF_8));
    }

    Wire message(int field, Wire content) {
        return bytes(field, content.toBytes());
    }

    Wire floats(int field, float... values) {
        ByteBuffer packed = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        packed.asFloatBuffer().put(values);
        return bytes(field, packed.array());
    }

    Wire fixed32(int field, float value) {
        tag(field, 5);
        bytes.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
        return this;
    }

    Wire fixed64(int field, double value) {
        tag(field, 1);
        bytes.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array());
        return this;
    }

    /** A tag and a length of which the content is missing. */
    Wire claim(int field, long length) {
        tag(field, 2);
        raw(length);
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    ByteSource source(String name) {
        return ByteSource.of(name, toBytes());
    }

    private void tag(int field, int wireType) {
        raw((long) field << 3 | wireType);
    }

    private void raw(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
