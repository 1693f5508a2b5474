package dev.entrepot.validator.oracles.libtorch;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Copies tensors into libtorch and back. */
final class TorchTensors {

    private TorchTensors() {}

    /** @throws RefusedException if libtorch has no such element type */
    static org.bytedeco.pytorch.Tensor toTorch(Tensor tensor) throws RefusedException {
        var copy = torch.torch_empty(
                tensor.shape().sizes(), new TensorOptions(scalarType(tensor.type())), new MemoryFormatOptional());
        byte[] bytes = tensor.toBytes().array();
        if (bytes.length > 0) {
            new BytePointer(copy.data_ptr()).put(bytes);
        }
        return copy;
    }

    /** @throws RefusedException if the tensor is not dense, or of a type that NumPy lacks */
    static Tensor fromTorch(String name, org.bytedeco.pytorch.Tensor tensor) throws RefusedException {
        if (tensor.is_sparse() || tensor.is_sparse_csr() || tensor.is_quantized() || tensor.is_nested()) {
            throw new RefusedException("output \"" + name + "\" is no dense tensor");
        }
        DataType type = dataType(name, tensor.scalar_type().intern());
        var dense = tensor.resolve_conj().resolve_neg().contiguous();
        long[] sizes = new long[Math.toIntExact(dense.dim())];
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = dense.size(axis);
        }
        byte[] bytes = new byte[Math.toIntExact(dense.nbytes())];
        if (bytes.length > 0) {
            new BytePointer(dense.data_ptr()).get(bytes);
        }
        return new Tensor(type, Shape.of(sizes), TensorData.of(bytes));
    }

    private static ScalarType scalarType(DataType type) throws RefusedException {
        return switch (type) {
            case FLOAT -> ScalarType.Float;
            case DOUBLE -> ScalarType.Double;
            case FLOAT16 -> ScalarType.Half;
            case UINT8 -> ScalarType.Byte;
            case INT8 -> ScalarType.Char;
            case INT16 -> ScalarType.Short;
            case INT32 -> ScalarType.Int;
            case INT64 -> ScalarType.Long;
            case BOOL -> ScalarType.Bool;
            case COMPLEX64 -> ScalarType.ComplexFloat;
            case COMPLEX128 -> ScalarType.ComplexDouble;
            default -> throw new RefusedException("libtorch is given no " + type.numpyName());
        };
    }

    private static DataType dataType(String name, ScalarType type) throws RefusedException {
        return switch (type) {
            case Float -> DataType.FLOAT;
            case Double -> DataType.DOUBLE;
            case Half -> DataType.FLOAT16;
            case Byte -> DataType.UINT8;
            case Char -> DataType.INT8;
            case Short -> DataType.INT16;
            case Int -> DataType.INT32;
            case Long -> DataType.INT64;
            case Bool -> DataType.BOOL;
            case ComplexFloat -> DataType.COMPLEX64;
            case ComplexDouble -> DataType.COMPLEX128;
            default -> throw new RefusedException("output \"" + name + "\" is " + type + ", which NumPy lacks");
        };
    }
}
