package dev.entrepot.onnx.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Protocol Buffers bytes put together by hand, so that a test can say things that no writer would. */
final class Wire {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    static Wire message() {
        return new Wire();
    }

    Wire varint(int field, long value) {
        return tag(field, 0).number(value);
    }

    Wire fixed32(int field, float value) {
        return tag(field, 5).raw(bytes(4).putFloat(value));
    }

    Wire fixed64(int field, double value) {
        return tag(field, 1).raw(bytes(8).putDouble(value));
    }

    Wire text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Wire message(int field, Wire nested) {
        return bytes(field, nested.toBytes());
    }

    Wire bytes(int field, byte... value) {
        tag(field, 2).number(value.length);
        bytes.writeBytes(value);
        return this;
    }

    Wire packed(int field, long... values) {
        Wire all = new Wire();
        for (long value : values) {
            all.number(value);
        }
        return bytes(field, all.toBytes());
    }

    Wire tag(int field, int wireType) {
        return number((long) field << 3 | wireType);
    }

    Wire number(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes.write((int) (rest | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    private Wire raw(ByteBuffer buffer) {
        bytes.writeBytes(buffer.array());
        return this;
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    }
}
