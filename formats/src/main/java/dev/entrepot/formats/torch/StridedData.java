package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A view of a storage whose elements do not lie in row-major order, gathered while it is written.
 *
 * <p>The output is made in blocks of at most {@value #BLOCK} bytes; the storage is read through a window of {@value #WINDOW} bytes, in the
 * order of its addresses within each block.
 *
 * @param storage the storage; every element of the view lies within
 * @param itemSize the bytes of one element
 * @param offset the storage's number of the first element
 * @param sizes the view's shape
 * @param strides the elements between neighbours along each axis, not negative
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity, as all tensor data
record StridedData(ByteSource storage, int itemSize, long offset, long[] sizes, long[] strides) implements TensorData {

    private static final int BLOCK = 1 << 22;
    private static final int WINDOW = 1 << 16;

    @Override
    public long byteLength() {
        return Arrays.stream(sizes).reduce(itemSize, Math::multiplyExact);
    }

    @Override
    public void writeTo(WritableByteChannel out) throws IOException {
        if (byteLength() > 0) {
            write(0, offset, out, new Window());
        }
    }

    /** Writes everything below the indices that are fixed for the axes before {@code axis}. */
    private void write(int axis, long base, WritableByteChannel out, Window window) throws IOException {
        long rowBytes = rowBytes(axis);
        if (axis < sizes.length && rowBytes > BLOCK) {
            for (long i = 0; i < sizes[axis]; i++) {
                write(axis + 1, base + i * strides[axis], out, window);
            }
            return;
        }
        long size = axis < sizes.length ? sizes[axis] : 1;
        long rows = Math.max(1, Math.min(size, BLOCK / rowBytes));
        ByteBuffer block = ByteBuffer.allocate(Math.toIntExact(rows * rowBytes));
        for (long first = 0; first < size; first += rows) {
            long count = Math.min(rows, size - first);
            block.clear().limit(Math.toIntExact(count * rowBytes));
            long start = axis < sizes.length ? base + first * strides[axis] : base;
            fill(axis, count, start, block, window);
            while (block.hasRemaining()) {
                out.write(block);
            }
        }
    }

    /** The bytes of one index along {@code axis}. */
    private long rowBytes(int axis) {
        long bytes = itemSize;
        for (int i = axis + 1; i < sizes.length; i++) {
            bytes *= sizes[i];
        }
        return bytes;
    }

    private void fill(int axis, long count, long base, ByteBuffer block, Window window) throws IOException {
        int[] axes = IntStream.range(axis, sizes.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> strides[i]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        window.prepare(axes, axis, count);
        new Filling(axis, count, axes, block, window).run(0, base, 0);
    }

    /** Fills one block, walking the axes from the greatest stride to the smallest. */
    private final class Filling {
        private final int firstAxis;
        private final long firstSize;
        private final int[] axes;
        private final ByteBuffer block;
        private final Window window;

        Filling(int firstAxis, long firstSize, int[] axes, ByteBuffer block, Window window) {
            this.firstAxis = firstAxis;
            this.firstSize = firstSize;
            this.axes = axes;
            this.block = block;
            this.window = window;
        }

        void run(int depth, long from, long to) throws IOException {
            if (depth == axes.length) {
                window.copy(from, block, Math.toIntExact(to));
                return;
            }
            int axis = axes[depth];
            long size = axis == firstAxis ? firstSize : sizes[axis];
            long step = rowBytes(axis);
            if (depth == axes.length - 1) {
                window.copyRun(from, strides[axis], Math.toIntExact(size), block, Math.toIntExact(to), step);
                return;
            }
            for (long i = 0; i < size; i++) {
                run(depth + 1, from + i * strides[axis], to + i * step);
            }
        }
    }

    /** The part of the storage that was read last. */
    private final class Window {
        private final ByteBuffer bytes = ByteBuffer.allocate(
                        (int) Math.min(Math.max(WINDOW, itemSize), storage.length()))
                .limit(0);
        private long start;
        private int ahead;

        /** Reads ahead only as far as the walk goes before it jumps beyond the window. */
        void prepare(int[] axes, int firstAxis, long firstSize) {
            ahead = bytes.capacity();
            if (axes.length < 2) {
                return;
            }
            int inner = axes[axes.length - 1];
            long size = inner == firstAxis ? firstSize : sizes[inner];
            double run = ((double) strides[inner] * (size - 1) + 1) * itemSize;
            double jump = (double) strides[axes[axes.length - 2]] * itemSize;
            if (jump >= bytes.capacity() && run < bytes.capacity()) {
                ahead = (int) run;
            }
        }

        /** Copies {@code count} elements, {@code stride} apart, to places that are {@code step} bytes apart. */
        void copyRun(long element, long stride, int count, ByteBuffer into, int at, long step) throws IOException {
            if (count == 1) { // whatever the stride, it may be beyond all bounds
                copy(element, into, at);
                return;
            }
            for (int done = 0; done < count; ) {
                copy(element + done * stride, into, Math.toIntExact(at + done * step));
                int first = (int) ((element + done * stride) * itemSize - start);
                long left = stride == 0 ? count : (bytes.limit() - itemSize - first) / (stride * itemSize);
                int last = (int) Math.min(count - 1, done + left);
                for (int i = done + 1; i <= last; i++) {
                    int source = first + (int) ((i - done) * stride * itemSize);
                    int target = (int) (at + i * step);
                    if (itemSize == Float.BYTES) {
                        into.putInt(target, bytes.getInt(source));
                    } else {
                        into.put(target, bytes, source, itemSize);
                    }
                }
                done = last + 1;
            }
        }

        void copy(long element, ByteBuffer into, int at) throws IOException {
            long address = element * itemSize;
            if (address < start || address + itemSize > start + bytes.limit()) {
                start = address;
                bytes.clear().limit((int) Math.min(ahead, storage.length() - address));
                storage.read(address, bytes);
                bytes.flip();
            }
            into.put(at, bytes, (int) (address - start), itemSize);
        }
    }
}
