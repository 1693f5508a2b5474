package dev.entrepot.onnx.io;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.onnx.io.ProtoFields.TensorProto;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.function.LongConsumer;

/**
 * The elements of a tensor in one of {@code TensorProto}'s typed fields, such as {@code int32_data}: still in the file, as varints or in
 * several pieces. They are decoded each time they are written, so they take no memory.
 *
 * @param message the {@code TensorProto}
 * @param field the field's number
 * @param width the bytes of one entry when decoded: 1 for int8, 4 for a half of a complex64
 * @param byteLength the bytes of all entries when decoded
 */
record FieldData(ByteSource message, int field, int width, long byteLength) implements TensorData {

    private static final int BUFFER_SIZE = 1 << 16;

    /** The field that holds elements of this type. Source: the comments in onnx.proto. */
    static int fieldOf(DataType type) {
        return switch (type) {
            case FLOAT, COMPLEX64 -> TensorProto.FLOAT_DATA;
            case DOUBLE, COMPLEX128 -> TensorProto.DOUBLE_DATA;
            case INT64 -> TensorProto.INT64_DATA;
            case UINT32, UINT64 -> TensorProto.UINT64_DATA;
            case STRING -> TensorProto.STRING_DATA;
            default -> TensorProto.INT32_DATA;
        };
    }

    /** The bytes that one entry of the field takes when decoded; the types of less than a byte are packed into bytes there. */
    static int widthOf(DataType type) {
        return switch (type) {
            case COMPLEX64 -> Float.BYTES;
            case COMPLEX128 -> Double.BYTES;
            default -> (type.bits() + 7) / 8;
        };
    }

    @Override
    public void writeTo(WritableByteChannel out) throws IOException {
        Chunks chunks = new Chunks(out);
        try {
            walk(Message.whole(message, new Budget(ReadLimits.STRICT), "tensor"), field, chunks);
            chunks.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Gives all entries of a field, whether packed, single, or a mixture, to {@code each}, floats as their bits. */
    static void walk(Message message, int field, LongConsumer each) {
        while (message.next()) {
            if (message.number() != field) {
                continue;
            }
            switch (field) {
                case TensorProto.FLOAT_DATA -> message.fixed32s(each);
                case TensorProto.DOUBLE_DATA -> message.fixed64s(each);
                default -> message.varints(each);
            }
        }
    }

    private final class Chunks implements LongConsumer {

        private final WritableByteChannel out;
        private final ByteBuffer buffer =
                ByteBuffer.allocate((int) Math.min(BUFFER_SIZE, byteLength)).order(ByteOrder.LITTLE_ENDIAN);

        Chunks(WritableByteChannel out) {
            this.out = out;
        }

        @Override
        public void accept(long value) {
            if (buffer.remaining() < width) {
                flush();
            }
            switch (width) {
                case 1 -> buffer.put((byte) value);
                case 2 -> buffer.putShort((short) value);
                case 4 -> buffer.putInt((int) value);
                default -> buffer.putLong(value);
            }
        }

        void flush() {
            buffer.flip();
            try {
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            buffer.clear();
        }
    }
}
