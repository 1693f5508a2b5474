package dev.entrepot.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/**
 * A tensor of known shape whose elements may still lie in a file.
 *
 * @param type the element type
 * @param shape the shape, static
 * @param data the elements
 */
public record Tensor(DataType type, Shape shape, TensorData data) {

    /** @throws IllegalArgumentException if the shape is not static or the data has another size than type and shape ask for */
    public Tensor {
        if (!shape.isStatic()) {
            throw new IllegalArgumentException("a tensor's shape must be static, got " + shape);
        }
        if (type == DataType.STRING) {
            if (!(data instanceof StringData strings) || strings.values().size() != shape.elementCount()) {
                throw new IllegalArgumentException("a string tensor of shape " + shape + " needs as many strings");
            }
        } else if (type.byteLength(shape.elementCount()) != data.byteLength()) {
            throw new IllegalArgumentException(type.numpyName() + " of shape " + shape + " takes "
                    + type.byteLength(shape.elementCount()) + " bytes, got " + data.byteLength());
        }
    }

    /** A float32 tensor. */
    public static Tensor of(Shape shape, float... values) {
        ByteBuffer bytes = allocate(values.length, Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return new Tensor(DataType.FLOAT, shape, TensorData.of(bytes.array()));
    }

    /** An int64 tensor. */
    public static Tensor of(Shape shape, long... values) {
        ByteBuffer bytes = allocate(values.length, Long.BYTES);
        bytes.asLongBuffer().put(values);
        return new Tensor(DataType.INT64, shape, TensorData.of(bytes.array()));
    }

    /** A float64 tensor. */
    public static Tensor of(Shape shape, double... values) {
        ByteBuffer bytes = allocate(values.length, Double.BYTES);
        bytes.asDoubleBuffer().put(values);
        return new Tensor(DataType.DOUBLE, shape, TensorData.of(bytes.array()));
    }

    /** An int32 tensor. */
    public static Tensor of(Shape shape, int... values) {
        ByteBuffer bytes = allocate(values.length, Integer.BYTES);
        bytes.asIntBuffer().put(values);
        return new Tensor(DataType.INT32, shape, TensorData.of(bytes.array()));
    }

    /** A string tensor. */
    public static Tensor of(Shape shape, List<String> values) {
        return new Tensor(DataType.STRING, shape, new StringData(values));
    }

    /** A float32 scalar. */
    public static Tensor scalar(float value) {
        return of(Shape.SCALAR, value);
    }

    /** An int64 scalar. */
    public static Tensor scalar(long value) {
        return of(Shape.SCALAR, value);
    }

    /** A float32 vector. */
    public static Tensor vector(float... values) {
        return of(Shape.of(values.length), values);
    }

    /** An int64 vector. */
    public static Tensor vector(long... values) {
        return of(Shape.of(values.length), values);
    }

    /** The number of elements. */
    public long elementCount() {
        return shape.elementCount();
    }

    /** The same elements under another shape of as many elements. */
    public Tensor reshape(long... sizes) {
        return new Tensor(type, Shape.of(sizes), data);
    }

    /**
     * All bytes, read into memory.
     *
     * @throws UncheckedIOException if the disk fails
     */
    public ByteBuffer toBytes() {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(data.byteLength()));
            data.writeTo(new Filling(bytes));
            return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * All elements as float32, read into memory; float64 is rounded.
     *
     * @throws IllegalStateException if the elements are neither float32 nor float64
     */
    public float[] toFloats() {
        float[] values = new float[Math.toIntExact(elementCount())];
        ByteBuffer bytes = toBytes();
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case FLOAT -> bytes.getFloat();
                case DOUBLE -> (float) bytes.getDouble();
                default -> throw new IllegalStateException("elements are " + type.numpyName() + ", not floating point");
            };
        }
        return values;
    }

    /**
     * All elements as int64, read into memory.
     *
     * @throws IllegalStateException if the elements are not whole numbers of at most 64 bits
     */
    public long[] toLongs() {
        long[] values = new long[Math.toIntExact(elementCount())];
        ByteBuffer bytes = toBytes();
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case INT64, UINT64 -> bytes.getLong();
                case INT32 -> bytes.getInt();
                case UINT32 -> bytes.getInt() & 0xffff_ffffL;
                case INT16 -> bytes.getShort();
                case UINT16 -> bytes.getShort() & 0xffff;
                case INT8 -> bytes.get();
                case UINT8, BOOL -> bytes.get() & 0xff;
                default -> throw new IllegalStateException("elements are " + type.numpyName() + ", not whole numbers");
            };
        }
        return values;
    }

    /** {@code float32[64, 3, 7, 7]}. */
    @Override
    public String toString() {
        return type.numpyName() + shape;
    }

    private static ByteBuffer allocate(int count, int size) {
        return ByteBuffer.allocate(Math.multiplyExact(count, size)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A buffer to write to. The JDK's channel over a stream would fail where the thread is interrupted, as one is whose time is up. */
    private record Filling(ByteBuffer bytes) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            bytes.put(source);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
