package dev.entrepot.importers.torch.aten;

import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** The tensors of complex numbers: values that only have a name and a type, while their parts are in the graph. */
final class ComplexNumbers {

    private final Map<String, ComplexParts> parts = new HashMap<>();

    static boolean isComplex(DataType type) {
        return type == DataType.COMPLEX64 || type == DataType.COMPLEX128;
    }

    /** Parts of one shape as one value. */
    Value joined(Value real, Value imaginary) {
        DataType type = real.dataType() == DataType.DOUBLE ? DataType.COMPLEX128 : DataType.COMPLEX64;
        String name = "complex(" + real.name() + ", " + imaginary.name() + ")";
        parts.put(name, new ComplexParts(real, imaginary));
        return Value.tensor(name, type, real.shape());
    }

    /** @throws IllegalArgumentException if the value was not joined here */
    ComplexParts of(Value value) {
        ComplexParts known = parts.get(value.name());
        if (known == null) {
            throw new IllegalArgumentException("the complex tensor \"" + value.name() + "\" has no known parts");
        }
        return known;
    }

    /** The real or imaginary parts of numbers that lie in a file: each number is one part after the other. */
    static Tensor part(Tensor complex, int which) {
        DataType type = complex.type() == DataType.COMPLEX128 ? DataType.DOUBLE : DataType.FLOAT;
        int size = type.bits() / Byte.SIZE;
        ByteBuffer all = complex.toBytes();
        byte[] half = new byte[all.remaining() / 2];
        for (int at = 0; at < half.length; at += size) {
            all.get(2 * at + which * size, half, at, size);
        }
        Shape shape = complex.shape();
        return new Tensor(type, shape, TensorData.of(half));
    }
}
