package dev.entrepot.formats.caffe;

import dev.entrepot.tensor.TensorData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/** A binary message that is being put together: encoded bytes, and tensors that are read only when it is written. */
final class WireChunks {

    private final List<TensorData> chunks = new ArrayList<>();
    private ByteArrayOutputStream open = new ByteArrayOutputStream();
    private long length;

    /** The message's length in bytes. */
    long length() {
        return length;
    }

    void writeTo(WritableByteChannel out) throws IOException {
        close();
        for (TensorData chunk : chunks) {
            chunk.writeTo(out);
        }
    }

    void addVarint(int number, long value) {
        tag(number, WireFields.VARINT);
        varint(value);
    }

    void addFloat(int number, float value) {
        tag(number, WireFields.FIXED32);
        bytes(ByteBuffer.allocate(Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
    }

    void addDouble(int number, double value) {
        tag(number, WireFields.FIXED64);
        bytes(ByteBuffer.allocate(Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array());
    }

    void addBytes(int number, byte[] value) {
        tag(number, WireFields.BYTES);
        varint(value.length);
        bytes(value);
    }

    void addPackedVarints(int number, long[] values) {
        var packed = new WireChunks();
        for (long value : values) {
            packed.varint(value);
        }
        addMessage(number, packed);
    }

    /** Adds numbers that stay where they are until the message is written. */
    void addData(int number, TensorData data) {
        tag(number, WireFields.BYTES);
        varint(data.byteLength());
        close();
        chunks.add(data);
        length += data.byteLength();
    }

    void addMessage(int number, WireChunks message) {
        tag(number, WireFields.BYTES);
        varint(message.length);
        append(message);
    }

    /** Adds another message's fields. */
    void append(WireChunks message) {
        message.close();
        close();
        chunks.addAll(message.chunks);
        length += message.length;
    }

    private void tag(int number, int wireType) {
        varint((long) number << 3 | wireType);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            open.write((int) (rest & 0x7f | 0x80));
            length++;
            rest >>>= 7;
        }
        open.write((int) rest);
        length++;
    }

    private void bytes(byte[] bytes) {
        open.writeBytes(bytes);
        length += bytes.length;
    }

    private void close() {
        if (open.size() > 0) {
            chunks.add(TensorData.of(open.toByteArray()));
            open = new ByteArrayOutputStream();
        }
    }
}
