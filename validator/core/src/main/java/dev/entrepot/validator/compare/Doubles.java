package dev.entrepot.validator.compare;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Tensor;
import java.nio.ByteBuffer;

/** The elements of a floating-point tensor as float64, read one at a time from its bytes. */
final class Doubles {

    private static final int HALF_SUBNORMAL_SCALE = -24;

    private final DataType type;
    private final ByteBuffer bytes;

    Doubles(Tensor tensor) {
        this.type = tensor.type();
        this.bytes = tensor.toBytes();
    }

    /** Whether {@link #get} knows the type. */
    static boolean readable(DataType type) {
        return switch (type) {
            case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> true;
            default -> false;
        };
    }

    /** The element at {@code index}, exactly. */
    double get(int index) {
        return switch (type) {
            case FLOAT -> bytes.getFloat(index * 4);
            case DOUBLE -> bytes.getDouble(index * 8);
            case FLOAT16 -> half(bytes.getShort(index * 2));
            case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort(index * 2) << 16);
            default -> throw new IllegalStateException("elements are " + type.numpyName());
        };
    }

    /** Source: IEEE 754-2019, binary16. */
    static double half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude;
        if (exponent == 0x1f) {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else if (exponent == 0) {
            magnitude = Math.scalb((double) fraction, HALF_SUBNORMAL_SCALE);
        } else {
            magnitude = Math.scalb((double) (fraction | 0x400), exponent - 25);
        }
        return bits < 0 ? -magnitude : magnitude;
    }
}
