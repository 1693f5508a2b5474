package dev.entrepot.formats.npy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/**
 * Elements stored column by column (Fortran order, the first dimension fastest), put row by row while they are written.
 *
 * <p>Rows are gathered a block at a time; a block takes at most {@value #BLOCK} bytes, or one element.
 *
 * @param source the elements as the file has them
 * @param shape the tensor's shape
 * @param itemSize the bytes of one element
 */
record ColumnMajorData(ByteSource source, Shape shape, int itemSize) implements TensorData {

    private static final int BLOCK = 1 << 23;
    private static final int SPAN = 1 << 16;

    @Override
    public long byteLength() {
        return source.length();
    }

    @Override
    public void writeTo(WritableByteChannel out) throws IOException {
        if (source.length() > 0) {
            write(shape.sizes(), 0, 1, out);
        }
    }

    /**
     * Writes the sub-array of the last axes.
     *
     * @param sizes its sizes
     * @param base the file's element number of its first element
     * @param stride how many elements lie between two neighbours along its first axis
     */
    private void write(long[] sizes, long base, long stride, WritableByteChannel out) throws IOException {
        long[] rowSizes = sizes.length == 0 ? sizes : Arrays.copyOfRange(sizes, 1, sizes.length);
        long rowLength = Arrays.stream(rowSizes).reduce(1, (a, b) -> a * b);
        long size = sizes.length == 0 ? 1 : sizes[0];
        if (rowLength > BLOCK / itemSize) {
            for (long i = 0; i < size; i++) {
                write(rowSizes, base + i * stride, stride * size, out);
            }
            return;
        }
        int rows = (int) Math.min(size, Math.max(1, BLOCK / itemSize / rowLength));
        ByteBuffer block = ByteBuffer.allocate(Math.toIntExact(rows * rowLength * itemSize));
        ByteBuffer span = ByteBuffer.allocate(SPAN);
        for (long first = 0; first < size; first += rows) {
            int count = (int) Math.min(rows, size - first);
            block.clear().limit(Math.toIntExact(count * rowLength * itemSize));
            RowMajorOrder order = new RowMajorOrder(rowSizes);
            for (long column = 0; column < rowLength; column++) {
                long from = base + first * stride + column * stride * size;
                gather(from, stride, count, span, block, Math.toIntExact(order.next()), Math.toIntExact(rowLength));
            }
            while (block.hasRemaining()) {
                out.write(block);
            }
        }
    }

    /** Copies {@code count} elements, {@code stride} apart from element {@code from} on, to {@code to}, {@code to + toStride}, ... */
    private void gather(long from, long stride, int count, ByteBuffer span, ByteBuffer block, int to, int toStride)
            throws IOException {
        long perSpan = Math.max(1, (span.capacity() / itemSize - 1) / stride + 1);
        for (int done = 0; done < count; ) {
            int part = (int) Math.min(perSpan, count - done);
            long elements = (part - 1) * stride + 1;
            source.read((from + done * stride) * itemSize, span.clear().limit(Math.toIntExact(elements * itemSize)));
            for (int i = 0; i < part; i++, done++) {
                int target = (to + done * toStride) * itemSize;
                block.put(target, span, Math.toIntExact(i * stride * itemSize), itemSize);
            }
        }
    }
}
