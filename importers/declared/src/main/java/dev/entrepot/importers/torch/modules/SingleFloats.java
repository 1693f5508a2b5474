package dev.entrepot.importers.torch.modules;

import dev.entrepot.formats.torch.TorchDtype;
import dev.entrepot.formats.torch.TorchTensor;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/**
 * Floating point elements as float32, converted while they are written: what {@code load_state_dict} does with a state_dict of another
 * precision.
 *
 * @param source the elements
 * @param type their type: float16, bfloat16 or float64
 */
record SingleFloats(TensorData source, DataType type) implements TensorData {

    private static final int CHUNK = 1 << 16;

    /** The tensor as a network of float32 would hold it. */
    static TorchTensor of(TorchTensor tensor) {
        return switch (tensor.tensor().type()) {
            case FLOAT16, BFLOAT16, DOUBLE -> converted(tensor);
            default -> tensor;
        };
    }

    private static TorchTensor converted(TorchTensor tensor) {
        Tensor stored = tensor.tensor();
        Tensor single = new Tensor(DataType.FLOAT, stored.shape(), new SingleFloats(stored.data(), stored.type()));
        return new TorchTensor(
                single,
                TorchDtype.FLOAT32,
                tensor.quantization(),
                tensor.parameter(),
                tensor.requiresGrad(),
                tensor.view());
    }

    private int width() {
        return type == DataType.DOUBLE ? Double.BYTES : Short.BYTES;
    }

    @Override
    public long byteLength() {
        return source.byteLength() / width() * Float.BYTES;
    }

    @Override
    public void writeTo(WritableByteChannel out) throws IOException {
        Converting converting = new Converting(out);
        source.writeTo(converting);
        converting.flush();
    }

    private float decode(ByteBuffer bytes) {
        return switch (type) {
            case DOUBLE -> (float) bytes.getDouble();
            case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort() << 16);
            default -> ofHalf(bytes.getShort());
        };
    }

    /** An IEEE binary16 number: its subnormals are multiples of 2 to the -24. */
    private static float ofHalf(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude = switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 0x1f -> Float.intBitsToFloat(0x7f800000 | fraction << 13);
            default -> Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
        };
        return bits < 0 ? -magnitude : magnitude;
    }

    /** Takes bytes in pieces of any length and writes the elements that are whole. */
    private final class Converting implements WritableByteChannel {
        private final WritableByteChannel out;
        private final ByteBuffer pending = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        private final ByteBuffer converted = ByteBuffer.allocate(2 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);

        Converting(WritableByteChannel out) {
            this.out = out;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int taken = bytes.remaining();
            while (bytes.hasRemaining()) {
                int piece = Math.min(bytes.remaining(), pending.remaining());
                pending.put(bytes.slice(bytes.position(), piece));
                bytes.position(bytes.position() + piece);
                if (!pending.hasRemaining()) {
                    flush();
                }
            }
            return taken;
        }

        void flush() throws IOException {
            pending.flip();
            while (pending.remaining() >= width()) {
                converted.putFloat(decode(pending));
            }
            pending.compact();
            converted.flip();
            while (converted.hasRemaining()) {
                out.write(converted);
            }
            converted.clear();
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
