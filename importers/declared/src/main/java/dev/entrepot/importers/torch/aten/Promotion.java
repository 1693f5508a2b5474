package dev.entrepot.importers.torch.aten;

import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.Set;

/**
 * The element type that operands of different types are computed in.
 *
 * <p>Tensors with axes outweigh tensors without, which outweigh numbers; the lighter ones only count if they are of a higher category
 * (bool, whole, float). Source: aten/src/ATen/native/TypeProperties.cpp, result_type; c10/core/ScalarType.cpp, promoteTypes.
 */
public final class Promotion {

    private static final List<DataType> SIGNED = List.of(DataType.INT8, DataType.INT16, DataType.INT32, DataType.INT64);
    private static final List<DataType> UNSIGNED =
            List.of(DataType.UINT8, DataType.UINT16, DataType.UINT32, DataType.UINT64);
    private static final Set<DataType> HALVES = Set.of(DataType.FLOAT16, DataType.BFLOAT16);

    private Promotion() {}

    /** The result type of operands: tensors and numbers. */
    public static DataType of(List<? extends IValue> operands) {
        DataType axes = DataType.UNDEFINED;
        DataType scalars = DataType.UNDEFINED;
        DataType numbers = DataType.UNDEFINED;
        for (IValue operand : operands) {
            if (operand instanceof TensorRef tensor) {
                boolean scalar = tensor.shape().ranked() && tensor.shape().rank() == 0;
                if (scalar) {
                    scalars = common(scalars, tensor.dataType());
                } else {
                    axes = common(axes, tensor.dataType());
                }
            } else {
                numbers = common(numbers, ofNumber(operand));
            }
        }
        return combined(axes, combined(scalars, numbers));
    }

    /** The type that PyTorch gives a number: the default float type, int64 or bool. */
    public static DataType ofNumber(IValue number) {
        if (number instanceof IValue.Int) {
            return DataType.INT64;
        }
        if (number instanceof IValue.Bool) {
            return DataType.BOOL;
        }
        if (number instanceof IValue.Scalar scalar && scalar.value().dataType() == DataType.BOOL) {
            return DataType.BOOL;
        }
        return DataType.FLOAT;
    }

    /** The type itself if it is a float type, else float32, the default: the type in which a division or an exponential is computed. */
    public static DataType floating(DataType type) {
        return type.isFloatingPoint() ? type : DataType.FLOAT;
    }

    private static DataType combined(DataType heavy, DataType light) {
        if (heavy == DataType.UNDEFINED) {
            return light;
        }
        return category(light) > category(heavy) ? common(heavy, light) : heavy;
    }

    private static int category(DataType type) {
        if (type == DataType.UNDEFINED) {
            return -1;
        }
        if (type == DataType.BOOL) {
            return 0;
        }
        return type.isFloatingPoint() ? 2 : type == DataType.COMPLEX64 || type == DataType.COMPLEX128 ? 3 : 1;
    }

    /** The smallest type that holds the values of both. */
    public static DataType common(DataType a, DataType b) {
        if (a == b || b == DataType.UNDEFINED) {
            return a;
        }
        if (a == DataType.UNDEFINED || category(a) < category(b)) {
            return b;
        }
        if (category(b) < category(a)) {
            return a;
        }
        return a.isFloatingPoint() ? commonFloat(a, b) : commonWhole(a, b);
    }

    private static DataType commonFloat(DataType a, DataType b) {
        if (HALVES.contains(a) && HALVES.contains(b)) {
            return DataType.FLOAT;
        }
        return a.bits() >= b.bits() ? a : b;
    }

    private static DataType commonWhole(DataType a, DataType b) {
        boolean sameSign = SIGNED.contains(a) == SIGNED.contains(b);
        if (sameSign) {
            return a.bits() >= b.bits() ? a : b;
        }
        DataType signed = SIGNED.contains(a) ? a : b;
        DataType unsigned = UNSIGNED.contains(a) ? a : b;
        int bits = Math.max(signed.bits(), Math.min(64, 2 * unsigned.bits()));
        return SIGNED.stream().filter(type -> type.bits() == bits).findFirst().orElse(DataType.INT64);
    }
}
