package dev.entrepot.onnx.opset;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Tensors of any numeric type. */
final class Numbers {

    private Numbers() {}

    /**
     * A tensor of these numbers, rounded to its type.
     *
     * @throws NotExpressibleException if the type is not numeric
     */
    static Tensor tensor(DataType type, Shape shape, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(type.byteLength(values.length)))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            switch (type) {
                case FLOAT -> bytes.putFloat((float) value);
                case DOUBLE -> bytes.putDouble(value);
                case FLOAT16 -> bytes.putShort(half((float) value));
                case BFLOAT16 -> bytes.putShort(brain((float) value));
                case INT64, UINT64 -> bytes.putLong((long) value);
                case INT32, UINT32 -> bytes.putInt((int) (long) value);
                case INT16, UINT16 -> bytes.putShort((short) value);
                case INT8, UINT8, BOOL -> bytes.put((byte) value);
                default -> throw new NotExpressibleException("a number of type " + type.numpyName() + " is needed");
            }
        }
        return new Tensor(type, shape, TensorData.of(bytes.array()));
    }

    /** The same number everywhere. */
    static Tensor filled(DataType type, Shape shape, double value) {
        double[] values = new double[Math.toIntExact(shape.elementCount())];
        Arrays.fill(values, value);
        return tensor(type, shape, values);
    }

    /** IEEE 754 binary16, rounded to nearest, ties to even. */
    private static short half(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        float magnitude = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7e00);
        } else if (magnitude >= 65520) {
            return (short) (sign | 0x7c00);
        } else if (magnitude < 0x1p-14f) {
            return (short) (sign | (int) Math.rint(magnitude * 0x1p24));
        }
        int exponent = Math.getExponent(magnitude);
        long mantissa = (long) Math.rint((double) magnitude / Math.scalb(1.0, exponent - 10));
        return (short) (sign | (int) ((long) (exponent + 14 << 10) + mantissa));
    }

    private static short brain(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }
}
