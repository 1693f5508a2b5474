package dev.entrepot.onnx.text;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.StringData;
import dev.entrepot.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.Iterator;

/** Prints tensors with their elements. Kinds of elements that the official printer leaves out are printed too. */
final class TensorPrinter {

    private final StringBuilder out;
    private final long mostElements;

    TensorPrinter(StringBuilder out, long mostElements) {
        this.out = out;
        this.mostElements = mostElements;
    }

    void initializer(String name, Tensor tensor) {
        type(tensor);
        out.append(' ');
        Names.name(out, name);
        out.append(" = ");
        elements(tensor);
    }

    void attribute(Tensor tensor) {
        type(tensor);
        elements(tensor);
    }

    private void type(Tensor tensor) {
        out.append(tensor.type().onnxName());
        long[] sizes = tensor.shape().sizes();
        for (int i = 0; i < sizes.length; i++) {
            out.append(i == 0 ? '[' : ',').append(sizes[i]);
        }
        out.append(sizes.length == 0 ? "" : "]");
    }

    private void elements(Tensor tensor) {
        if (tensor.elementCount() > mostElements) {
            out.append("{...}");
        } else if (tensor.data() instanceof StringData strings) {
            strings(strings);
        } else {
            numbers(tensor);
        }
    }

    private void strings(StringData strings) {
        out.append('{');
        for (Iterator<String> all = strings.values().iterator(); all.hasNext(); ) {
            Names.quote(out, all.next());
            out.append(all.hasNext() ? ", " : "");
        }
        out.append('}');
    }

    private void numbers(Tensor tensor) {
        out.append(" {");
        ByteBuffer bytes = tensor.toBytes();
        long count = tensor.elementCount() * (isComplex(tensor.type()) ? 2 : 1);
        for (long i = 0; i < count; i++) {
            out.append(i == 0 ? "" : ",");
            element(tensor.type(), bytes, i);
        }
        out.append('}');
    }

    private void element(DataType type, ByteBuffer bytes, long index) {
        switch (type) {
            case FLOAT, COMPLEX64 -> out.append(Numbers.shortest(bytes.getFloat()));
            case DOUBLE, COMPLEX128 -> out.append(Numbers.shortest(bytes.getDouble()));
            case INT64 -> out.append(bytes.getLong());
            case UINT64 -> out.append(Long.toUnsignedString(bytes.getLong()));
            case INT32 -> out.append(bytes.getInt());
            case UINT32 -> out.append(bytes.getInt() & 0xffff_ffffL);
            case INT16 -> out.append(bytes.getShort());
            case UINT16, FLOAT16, BFLOAT16 -> out.append(bytes.getShort() & 0xffff);
            case INT8 -> out.append(bytes.get());
            case INT2, INT4 -> out.append(signed(bits(type, bytes, index), type.bits()));
            case UINT2, UINT4, FLOAT4E2M1, FLOAT6E2M3, FLOAT6E3M2 -> out.append(bits(type, bytes, index));
            default -> out.append(bytes.get() & 0xff);
        }
    }

    /** Elements of less than a byte lie one after the other from the lowest bit on. */
    private static int bits(DataType type, ByteBuffer bytes, long index) {
        int value = 0;
        for (int i = 0; i < type.bits(); i++) {
            long bit = index * type.bits() + i;
            int holding = bytes.get(Math.toIntExact(bit / Byte.SIZE));
            value |= (holding >> (int) (bit % Byte.SIZE) & 1) << i;
        }
        return value;
    }

    private static int signed(int value, int bits) {
        int unused = Integer.SIZE - bits;
        return value << unused >> unused;
    }

    private static boolean isComplex(DataType type) {
        return type == DataType.COMPLEX64 || type == DataType.COMPLEX128;
    }
}
