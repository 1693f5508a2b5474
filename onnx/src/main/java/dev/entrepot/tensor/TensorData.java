package dev.entrepot.tensor;

import dev.entrepot.bytes.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * A tensor's elements, little-endian and row-major, wherever they are.
 *
 * <p>Implementations that transform (transpose, convert) do so while they write, in bounded chunks, and write the same bytes each time.
 */
public interface TensorData {

    /** The number of bytes that {@link #writeTo} writes. No I/O happens. */
    long byteLength();

    /** Writes all bytes. May be called more than once. */
    void writeTo(WritableByteChannel out) throws IOException;

    /** Bytes that already have the right order and type, such as a slice of a weights file. */
    static TensorData of(ByteSource source) {
        return new SourceData(source);
    }

    /** Bytes in an array, which is not copied. */
    static TensorData of(byte[] bytes) {
        return new ArrayData(bytes);
    }

    /** The same element so many times, which takes no memory. */
    static TensorData repeated(byte[] element, long count) {
        return new RepeatedData(element.clone(), count);
    }

    /** See {@link #of(ByteSource)}. */
    record SourceData(ByteSource source) implements TensorData {
        @Override
        public long byteLength() {
            return source.length();
        }

        @Override
        public void writeTo(WritableByteChannel out) throws IOException {
            source.transferTo(out);
        }
    }

    /** See {@link #of(byte[])}. */
    @SuppressWarnings("ArrayRecordComponent") // identity is what is wanted: two arrays are two tensors
    record ArrayData(byte[] bytes) implements TensorData {
        @Override
        public long byteLength() {
            return bytes.length;
        }

        @Override
        public void writeTo(WritableByteChannel out) throws IOException {
            ByteBuffer all = ByteBuffer.wrap(bytes);
            while (all.hasRemaining()) {
                out.write(all);
            }
        }
    }

    /** See {@link #repeated}. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record RepeatedData(byte[] element, long count) implements TensorData {
        private static final int CHUNK = 1 << 16;

        @Override
        public long byteLength() {
            return Math.multiplyExact(count, element.length);
        }

        @Override
        public void writeTo(WritableByteChannel out) throws IOException {
            ByteBuffer chunk =
                    ByteBuffer.allocate((int) Math.min(CHUNK, byteLength()) / element.length * element.length);
            while (chunk.hasRemaining()) {
                chunk.put(element);
            }
            for (long left = byteLength(); left > 0; ) {
                chunk.rewind().limit((int) Math.min(left, chunk.capacity()));
                left -= chunk.remaining();
                while (chunk.hasRemaining()) {
                    out.write(chunk);
                }
            }
        }
    }
}
