package dev.entrepot.traced;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.HalfFloats;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.graalvm.polyglot.Value;

/** Numbers of Python on their way into a constant: little-endian elements of one type. */
public final class PlainNumbers {

    private final DataType type;
    private final ByteBuffer bytes;

    private PlainNumbers(DataType type, int count) {
        this.type = type;
        this.bytes =
                ByteBuffer.allocate(Math.toIntExact(type.byteLength(count))).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether numbers can be written in this type at once; others are cast. */
    public static boolean writes(DataType type) {
        return switch (type) {
            case FLOAT, DOUBLE, FLOAT16, BFLOAT16, INT64, UINT64, INT32, UINT32, INT16, UINT16, INT8, UINT8, BOOL ->
                true;
            default -> false;
        };
    }

    /** A Python list of numbers as a tensor. */
    public static Tensor tensor(Value flat, Shape shape, DataType type) {
        int count = Math.toIntExact(flat.getArraySize());
        PlainNumbers numbers = new PlainNumbers(type, count);
        for (int i = 0; i < count; i++) {
            Value item = flat.getArrayElement(i);
            if (item.isBoolean()) {
                numbers.add(item.asBoolean() ? 1 : 0);
            } else if (item.fitsInLong()) {
                numbers.add(item.asLong());
            } else {
                numbers.add(item.asDouble());
            }
        }
        return new Tensor(type, shape, TensorData.of(numbers.bytes.array()));
    }

    /** A tensor of one number everywhere, however large. */
    public static Tensor filled(Shape shape, DataType type, double number) {
        PlainNumbers one = new PlainNumbers(type, 1);
        one.add(number);
        return new Tensor(type, shape, TensorData.repeated(one.bytes.array(), shape.elementCount()));
    }

    private void add(long number) {
        switch (type) {
            case FLOAT -> bytes.putFloat((float) number);
            case DOUBLE -> bytes.putDouble((double) number);
            case FLOAT16, BFLOAT16 -> add((double) number);
            case INT64, UINT64 -> bytes.putLong(number);
            case INT32, UINT32 -> bytes.putInt((int) number);
            case INT16, UINT16 -> bytes.putShort((short) number);
            case BOOL -> bytes.put((byte) (number != 0 ? 1 : 0));
            default -> bytes.put((byte) number);
        }
    }

    private void add(double number) {
        switch (type) {
            case FLOAT -> bytes.putFloat((float) number);
            case DOUBLE -> bytes.putDouble(number);
            case FLOAT16 -> bytes.putShort(HalfFloats.toHalf((float) number));
            case BFLOAT16 -> bytes.putShort(HalfFloats.toBrain((float) number));
            case BOOL -> bytes.put((byte) (number != 0 ? 1 : 0));
            default -> add((long) number);
        }
    }
}
