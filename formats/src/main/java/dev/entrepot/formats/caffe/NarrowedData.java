package dev.entrepot.formats.caffe;

import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/** Doubles rounded to floats in bounded chunks while they are written. */
record NarrowedData(TensorData doubles) implements TensorData {

    @Override
    public long byteLength() {
        return doubles.byteLength() / 2;
    }

    @Override
    public void writeTo(WritableByteChannel out) throws IOException {
        doubles.writeTo(new Narrowing(out));
    }

    private static final class Narrowing implements WritableByteChannel {

        private static final int CHUNK = 1 << 16;

        private final WritableByteChannel out;
        private final ByteBuffer pending = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        private final ByteBuffer floats = ByteBuffer.allocate(CHUNK / 2).order(ByteOrder.LITTLE_ENDIAN);

        Narrowing(WritableByteChannel out) {
            this.out = out;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int count = bytes.remaining();
            while (bytes.hasRemaining()) {
                int part = Math.min(bytes.remaining(), pending.remaining());
                pending.put(bytes.slice().limit(part));
                bytes.position(bytes.position() + part);
                narrow();
            }
            return count;
        }

        private void narrow() throws IOException {
            pending.flip();
            floats.clear();
            while (pending.remaining() >= Double.BYTES) {
                floats.putFloat((float) pending.getDouble());
            }
            pending.compact();
            floats.flip();
            while (floats.hasRemaining()) {
                out.write(floats);
            }
        }

        @Override
        public boolean isOpen() {
            return out.isOpen();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
