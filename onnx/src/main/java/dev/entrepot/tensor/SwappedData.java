package dev.entrepot.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Big-endian elements, turned while they are written.
 *
 * @param data the elements as the file has them
 * @param unit the bytes that are reversed together: 2, 4 or 8
 */
public record SwappedData(TensorData data, int unit) implements TensorData {

    private static final int CHUNK = 1 << 16;

    @Override
    public long byteLength() {
        return data.byteLength();
    }

    @Override
    public void writeTo(WritableByteChannel out) throws IOException {
        Swapping swapping = new Swapping(out, unit);
        data.writeTo(swapping);
        swapping.flush();
    }

    /** Gathers whole chunks, reverses their units and passes them on. */
    private static final class Swapping implements WritableByteChannel {
        private final WritableByteChannel out;
        private final int unit;
        private final byte[] chunk = new byte[CHUNK];
        private int filled;

        Swapping(WritableByteChannel out, int unit) {
            this.out = out;
            this.unit = unit;
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            int count = from.remaining();
            while (from.hasRemaining()) {
                int part = Math.min(from.remaining(), CHUNK - filled);
                from.get(chunk, filled, part);
                filled += part;
                if (filled == CHUNK) {
                    flush();
                }
            }
            return count;
        }

        void flush() throws IOException {
            for (int start = 0; start < filled; start += unit) {
                for (int i = start, j = start + unit - 1; i < j; i++, j--) {
                    byte swapped = chunk[i];
                    chunk[i] = chunk[j];
                    chunk[j] = swapped;
                }
            }
            ByteBuffer turned = ByteBuffer.wrap(chunk, 0, filled);
            while (turned.hasRemaining()) {
                out.write(turned);
            }
            filled = 0;
        }

        @Override
        public boolean isOpen() {
            return out.isOpen();
        }

        @Override
        public void close() {}
    }
}
