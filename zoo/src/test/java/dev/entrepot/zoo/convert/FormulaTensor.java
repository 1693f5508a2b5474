package dev.entrepot.zoo.convert;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * Random float32 numbers that are drawn anew whenever they are written, so that networks of any size take no memory.
 *
 * @param count how many
 * @param seed of the generator
 * @param middle their mean
 * @param reach how far they go from it
 */
record FormulaTensor(long count, long seed, double middle, double reach) implements TensorData {

    private static final int CHUNK = 1 << 14;

    /** A weight or statistic of PyTorch under this name, of a size that keeps activations sane. */
    static Tensor ofState(String name, Shape shape) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        boolean vector = shape.rank() == 1;
        boolean variance = name.endsWith("running_var");
        double middle = !vector ? 0 : variance ? 1 : name.endsWith("weight") ? 0.8 : 0;
        double reach = !vector
                ? Math.sqrt(4.5 * shape.sizes()[0] / shape.elementCount())
                : variance ? 0.4 : name.endsWith("weight") ? 0.2 : 0.1;
        return new Tensor(
                DataType.FLOAT, shape, new FormulaTensor(shape.elementCount(), crc.getValue(), middle, reach));
    }

    /** Numbers between -1 and 1. */
    static Tensor image(Shape shape) {
        return new Tensor(DataType.FLOAT, shape, new FormulaTensor(shape.elementCount(), 1, 0, 1));
    }

    @Override
    public long byteLength() {
        return count * Float.BYTES;
    }

    @Override
    public void writeTo(WritableByteChannel out) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long left = count; left > 0; left -= CHUNK) {
            chunk.clear();
            for (long i = Math.min(left, CHUNK); i > 0; i--) {
                chunk.putFloat((float) (middle + reach * (2 * random.nextDouble() - 1)));
            }
            chunk.flip();
            while (chunk.hasRemaining()) {
                out.write(chunk);
            }
        }
    }
}
