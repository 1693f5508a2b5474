package dev.entrepot.onnx.text;

import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.StringData;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Parses the elements of a tensor: {@code {1, 2.5, -inf}}. */
final class TensorParser {

    private TensorParser() {}

    /** The elements of a tensor whose type stands before them, at {@code place}. */
    static Tensor tensor(Cursor cursor, ValueType type, Cursor.Place place) {
        if (!(type instanceof ValueType.TensorType tensor) || !tensor.shape().isStatic()) {
            throw place.fault("expected the type of a tensor with numbers as dimensions, such as float[2,3]");
        }
        if (cursor.sees('[')) {
            throw cursor.here().unsupported("external data", "is not read from a text; give the elements in braces");
        }
        cursor.expect('{');
        TensorData data = tensor.type() == DataType.STRING ? strings(cursor) : numbers(cursor, tensor.type());
        cursor.expect('}');
        requireLength(tensor, data, place);
        return new Tensor(tensor.type(), tensor.shape(), data);
    }

    private static TensorData strings(Cursor cursor) {
        List<String> values = new ArrayList<>();
        if (!cursor.sees('}')) {
            do {
                values.add(cursor.quotedText());
            } while (cursor.matches(','));
        }
        return new StringData(values);
    }

    private static TensorData numbers(Cursor cursor, DataType type) {
        Elements elements = new Elements(type);
        if (!cursor.sees('}')) {
            do {
                elements.add(cursor.literal());
            } while (cursor.matches(','));
        }
        return TensorData.of(elements.toBytes());
    }

    private static void requireLength(ValueType.TensorType type, TensorData data, Cursor.Place place) {
        long expected;
        try {
            expected = type.type().byteLength(type.shape().elementCount());
        } catch (ArithmeticException e) {
            throw place.fault("has the shape " + type.shape() + ", which has more elements than 2^63 - 1");
        }
        boolean fits = data instanceof StringData strings
                ? strings.values().size() == type.shape().elementCount()
                : data.byteLength() == expected;
        if (!fits) {
            throw place.fault("expected " + type.shape().elementCount() + " elements for " + Types.print(type)
                    + ", found another number of them");
        }
    }

    /** Puts elements into bytes, little-endian; those of less than a byte from the lowest bit on. */
    private static final class Elements {

        private final DataType type;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long pending;
        private int pendingBits;

        Elements(DataType type) {
            this.type = type;
        }

        void add(Literal literal) {
            switch (type) {
                case FLOAT, COMPLEX64 -> put(Float.floatToRawIntBits(literal.toFloat()), Float.SIZE);
                case DOUBLE, COMPLEX128 -> put(Double.doubleToRawLongBits(literal.toDouble()), Double.SIZE);
                case UINT64 -> put(literal.toUnsignedLong(), Long.SIZE);
                case INT64 -> put(literal.toLong(), Long.SIZE);
                default -> put(fitting(literal), type.bits());
            }
        }

        byte[] toBytes() {
            if (pendingBits > 0) {
                bytes.write((int) pending);
            }
            return bytes.toByteArray();
        }

        private void put(long value, int bits) {
            if (bits >= Byte.SIZE) {
                for (int shift = 0; shift < bits; shift += Byte.SIZE) {
                    bytes.write((int) (value >>> shift));
                }
                return;
            }
            pending |= (value & (1L << bits) - 1) << pendingBits;
            pendingBits += bits;
            if (pendingBits >= Byte.SIZE) {
                bytes.write((int) pending);
                pending >>>= Byte.SIZE;
                pendingBits -= Byte.SIZE;
            }
        }

        private long fitting(Literal literal) {
            long value = literal.toLong();
            int bits = type.bits();
            long least = isSigned() ? -(1L << (bits - 1)) : 0;
            long most = type == DataType.BOOL ? 1 : (1L << (isSigned() ? bits - 1 : bits)) - 1;
            if (value < least || value > most) {
                throw literal.at()
                        .fault("expected " + type.onnxName() + " from " + least + " to " + most + ", found " + value);
            }
            return value;
        }

        private boolean isSigned() {
            return switch (type) {
                case INT2, INT4, INT8, INT16, INT32 -> true;
                default -> false;
            };
        }
    }
}
