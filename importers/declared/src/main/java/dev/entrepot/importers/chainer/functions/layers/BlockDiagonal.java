package dev.entrepot.importers.chainer.functions.layers;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The weights of a convolution of groups, [out, in / groups, ...], out of dense ones, [out, in, ...], that are zero wherever an output
 * channel meets an input channel of another group. Chainer's CaffeFunction kept grouped convolutions so before Chainer knew groups.
 * Source: chainer/links/caffe/caffe_function.py, _ConvolutionBlob.
 *
 * @param dense the dense weights
 * @param groups the number of blocks along the diagonal
 */
record BlockDiagonal(Tensor dense, long groups) implements TensorData {

    private static final Set<DataType> FLOATS = Set.of(DataType.FLOAT16, DataType.FLOAT, DataType.DOUBLE);

    /**
     * The weights as those of the most groups that hold all that is not zero; empty if that is one group, or if all weights are zero. Reads
     * no further than up to the weight that no number of groups allows, which mostly is in the first row.
     *
     * @throws UncheckedIOException if the disk fails
     */
    static Optional<BlockDiagonal> of(Tensor dense) {
        Shape shape = dense.shape();
        if (!FLOATS.contains(dense.type()) || shape.rank() < 3 || dense.elementCount() == 0) {
            return Optional.empty();
        }
        Search search = new Search(dense);
        try {
            if (!search.groups.isEmpty()) {
                dense.data().writeTo(search);
            }
        } catch (Decided e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return search.anyWeight ? Optional.of(new BlockDiagonal(dense, search.groups.get(0))) : Optional.empty();
    }

    /** The blocks as a tensor, one above the other. */
    Tensor tensor() {
        long[] sizes = dense.shape().sizes();
        sizes[1] /= groups;
        return new Tensor(dense.type(), Shape.of(sizes), this);
    }

    @Override
    public long byteLength() {
        return dense.data().byteLength() / groups;
    }

    @Override
    public void writeTo(WritableByteChannel out) throws IOException {
        dense.data().writeTo(new Blocks(out));
    }

    /** Hands on the bytes of the blocks only. */
    private final class Blocks extends Sink {
        private final WritableByteChannel out;
        private final long rowsPerBlock = dense.shape().sizes()[0] / groups;
        private final long rowLength = dense.data().byteLength() / dense.shape().sizes()[0];
        private final long blockLength = rowLength / groups;
        private long position;

        Blocks(WritableByteChannel out) {
            this.out = out;
        }

        @Override
        void accept(ByteBuffer bytes) throws IOException {
            int limit = bytes.limit();
            while (bytes.position() < limit) {
                long start = position / rowLength / rowsPerBlock * blockLength;
                long inRow = position % rowLength;
                boolean inside = inRow >= start && inRow < start + blockLength;
                long end = inside ? start + blockLength : inRow < start ? start : rowLength;
                int length = (int) Math.min(limit - bytes.position(), end - inRow);
                int next = bytes.position() + length;
                if (inside) {
                    bytes.limit(next);
                    while (bytes.hasRemaining()) {
                        out.write(bytes);
                    }
                }
                bytes.limit(limit).position(next);
                position += length;
            }
        }
    }

    /** Strikes out the numbers of groups that a weight other than zero lies outside of. */
    private static final class Search extends Sink {
        private final List<Long> groups = new ArrayList<>();
        private final long outputs;
        private final long inputs;
        private final long kernelLength;
        private boolean anyWeight;
        private long position;

        Search(Tensor dense) {
            outputs = dense.shape().sizes()[0];
            inputs = dense.shape().sizes()[1];
            kernelLength = dense.data().byteLength() / outputs / inputs;
            long most =
                    BigInteger.valueOf(outputs).gcd(BigInteger.valueOf(inputs)).longValueExact();
            for (long count = most; count > 1; count--) {
                if (most % count == 0) {
                    groups.add(count);
                }
            }
        }

        @Override
        void accept(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                boolean zeros = bytes.remaining() >= Long.BYTES && bytes.getLong(bytes.position()) == 0;
                if (zeros) {
                    skip(bytes, Long.BYTES);
                } else if (bytes.get(bytes.position()) == 0) {
                    skip(bytes, 1);
                } else {
                    weightAt(position / kernelLength);
                    skip(bytes, (int) Math.min(bytes.remaining(), kernelLength - position % kernelLength));
                }
            }
        }

        private void skip(ByteBuffer bytes, int length) {
            bytes.position(bytes.position() + length);
            position += length;
        }

        /** A weight of this kernel, counted row by row, is not zero. */
        private void weightAt(long kernel) throws Decided {
            anyWeight = true;
            long output = kernel / inputs;
            long input = kernel % inputs;
            groups.removeIf(count -> output / (outputs / count) != input / (inputs / count));
            if (groups.isEmpty()) {
                throw new Decided();
            }
        }
    }

    /** No number of groups is left: the rest need not be read. */
    private static final class Decided extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Takes all bytes of each buffer. */
    private abstract static class Sink implements WritableByteChannel {

        abstract void accept(ByteBuffer bytes) throws IOException;

        @Override
        public final int write(ByteBuffer bytes) throws IOException {
            int length = bytes.remaining();
            accept(bytes);
            return length;
        }

        @Override
        public final boolean isOpen() {
            return true;
        }

        @Override
        public final void close() {}
    }
}
