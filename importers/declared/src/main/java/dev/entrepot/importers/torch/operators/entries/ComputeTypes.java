package dev.entrepot.importers.torch.operators.entries;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Promotion;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;

/**
 * The element types that operators are computed in. ONNX's arithmetic has no bool, and runtimes have kernels for few of the other types:
 * those are computed in a wider one and brought back, which for whole numbers wraps around as in PyTorch.
 */
public final class ComputeTypes {

    private ComputeTypes() {}

    /** The type in which elements of this type are added, multiplied and compared. */
    public static DataType arithmetic(DataType type) {
        return switch (type) {
            case BOOL, INT8, UINT8, INT16, UINT16 -> DataType.INT32;
            case UINT32, UINT64 -> DataType.INT64;
            case BFLOAT16 -> DataType.FLOAT;
            default -> type;
        };
    }

    /** The type of a sum or product over elements of this type. Source: aten/src/ATen/native/ReduceOpsUtils.h, sum. */
    public static DataType sum(DataType type) {
        return type.isFloatingPoint() ? type : DataType.INT64;
    }

    /** Whether elements are whole numbers or bools. */
    public static boolean isWhole(DataType type) {
        return !type.isFloatingPoint() && type != DataType.COMPLEX64 && type != DataType.COMPLEX128;
    }

    /** A tensor or number in float32, or in its own type if that is a float type. */
    public static Value floating(AtenCall call, String name) {
        Value value = call.value(name);
        return call.cast(value, Promotion.floating(value.dataType()));
    }

    /** A node whose operands are cast to the type it is computed in, and whose result is cast to {@code type}. */
    public static Value computed(AtenCall call, String op, DataType type, Value... operands) {
        DataType in = arithmetic(type);
        Value[] inputs = new Value[operands.length];
        for (int i = 0; i < operands.length; i++) {
            inputs[i] = call.cast(operands[i], in);
        }
        return call.cast(call.add(op, inputs), type);
    }

    /** A node of a float value whose operator runtimes only compute in float32: a float64 value loses its further digits. */
    public static Value inFloat32(AtenCall call, String op, Attributes attributes, Value value) {
        DataType type = value.dataType();
        if (type == DataType.DOUBLE) {
            call.approximation("computed in float32, as runtimes do not have " + op + " in float64");
        }
        boolean single = type == DataType.DOUBLE || type == DataType.BFLOAT16;
        Value result = call.add(op, attributes, single ? call.cast(value, DataType.FLOAT) : value);
        return call.cast(result, type);
    }
}
