package dev.entrepot.importers.caffe;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/**
 * What a parameter that has no weights is filled with. Source: caffe filler.hpp.
 *
 * <p>Random fillers give zeros: they have no value to copy.
 *
 * @param type Caffe's name of the filler
 * @param value the value of a constant filler
 */
record Filler(String type, float value) {

    /** Zeros. */
    static final Filler ZERO = new Filler("constant", 0);

    /** A tensor of this shape, float32. */
    Tensor fill(long... shape) {
        return switch (type) {
            case "constant" -> constant(value, shape);
            case "bilinear" -> bilinear(shape);
            default -> constant(0, shape);
        };
    }

    private static Tensor constant(float value, long... shape) {
        Shape filled = Shape.of(shape);
        return new Tensor(
                DataType.FLOAT, filled, new Repeated(DataType.FLOAT.byteLength(filled.elementCount()), value));
    }

    /** [.., .., K, K] for up-sampling by {@code ceil(K / 2)}. Source: caffe filler.hpp, BilinearFiller. */
    private static Tensor bilinear(long... shape) {
        int size = Math.toIntExact(shape[shape.length - 1]);
        int factor = (size + 1) / 2;
        float centre = (2 * factor - 1 - factor % 2) / (2f * factor);
        float[] values = new float[Math.toIntExact(Shape.of(shape).elementCount())];
        for (int i = 0; i < values.length; i++) {
            float x = i % size;
            float y = (i / size) % size;
            values[i] = (1 - Math.abs(x / factor - centre)) * (1 - Math.abs(y / factor - centre));
        }
        return Tensor.of(Shape.of(shape), values);
    }

    /** One float, over and over. */
    private record Repeated(long byteLength, float value) implements TensorData {
        @Override
        public void writeTo(WritableByteChannel out) throws IOException {
            ByteBuffer chunk =
                    ByteBuffer.allocate((int) Math.min(byteLength, 1 << 16)).order(ByteOrder.LITTLE_ENDIAN);
            while (chunk.hasRemaining()) {
                chunk.putFloat(value);
            }
            for (long left = byteLength; left > 0; ) {
                chunk.rewind().limit((int) Math.min(left, chunk.capacity()));
                left -= chunk.remaining();
                while (chunk.hasRemaining()) {
                    out.write(chunk);
                }
            }
        }
    }
}
