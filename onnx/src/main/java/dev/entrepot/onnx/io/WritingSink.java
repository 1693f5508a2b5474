package dev.entrepot.onnx.io;

import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/** Writes fields whose lengths are known already. Large tensors go straight to the channel, everything else through a small buffer. */
final class WritingSink implements FieldSink {

    private static final int BUFFER_SIZE = 1 << 16;
    private static final int SMALL = 1 << 12;
    private static final int VARINT = 0;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    private final WritableByteChannel out;
    private final long[] lengths;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    private final WritableByteChannel buffered = new Buffered();
    private int next;

    /** @param lengths what a {@link MeasuringSink} found for the same message */
    WritingSink(WritableByteChannel out, long[] lengths) {
        this.out = out;
        this.lengths = lengths;
    }

    /** Writes what is still in the buffer. */
    void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
        buffer.clear();
    }

    @Override
    public void int64(int field, long value) throws IOException {
        varint((long) field << 3 | VARINT);
        varint(value);
    }

    @Override
    public void float32(int field, float value) throws IOException {
        varint((long) field << 3 | FIXED32);
        room(Float.BYTES).putFloat(value);
    }

    @Override
    public void text(int field, String value) throws IOException {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        delimited(field, bytes.length);
        put(ByteBuffer.wrap(bytes));
    }

    @Override
    public void data(int field, TensorData data) throws IOException {
        delimited(field, data.byteLength());
        if (data.byteLength() <= SMALL) {
            data.writeTo(buffered);
            return;
        }
        flush();
        data.writeTo(out);
    }

    @Override
    public void message(int field, Body body) throws IOException {
        delimited(field, lengths[next++]);
        body.encode(this);
    }

    private void delimited(int field, long length) throws IOException {
        varint((long) field << 3 | LENGTH);
        varint(length);
    }

    private void varint(long value) throws IOException {
        ByteBuffer into = room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            into.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        into.put((byte) rest);
    }

    private ByteBuffer room(int count) throws IOException {
        if (buffer.remaining() < count) {
            flush();
        }
        return buffer;
    }

    private void put(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            ByteBuffer into = room(1);
            int count = Math.min(into.remaining(), bytes.remaining());
            ByteBuffer part = bytes.slice(bytes.position(), count);
            into.put(part);
            bytes.position(bytes.position() + count);
        }
    }

    private final class Buffered implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int count = bytes.remaining();
            put(bytes);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
