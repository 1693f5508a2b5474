package dev.entrepot.importers.torch.operators.entries;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.function.UnaryOperator;

/**
 * Element types that ONNX Runtime has no kernels of for the larger operators: it runs float32, and float16 by casts of its own, but not
 * float64 and bfloat16.
 */
public final class Precision {

    /** What the larger operators are computed in. */
    public static final DataType SINGLE = DataType.FLOAT;

    private Precision() {}

    /** Whether ONNX Runtime runs an operator of floats in this type. */
    public static boolean hasKernels(DataType type) {
        return type == DataType.FLOAT || type == DataType.FLOAT16;
    }

    /** Applies an operator in float32 where the type of its input has no kernel; the result has the input's type. */
    public static Value single(AtenCall call, Value input, UnaryOperator<Value> operator) {
        DataType type = input.dataType();
        if (hasKernels(type)) {
            return operator.apply(input);
        }
        if (!type.isFloatingPoint()) {
            throw call.unsupported("is called with " + type.numpyName() + ", expected a float type");
        }
        if (type == DataType.DOUBLE) {
            call.approximation("is computed in float32, ONNX Runtime has no kernel for float64");
        }
        return call.cast(operator.apply(call.cast(input, SINGLE)), type);
    }
}
