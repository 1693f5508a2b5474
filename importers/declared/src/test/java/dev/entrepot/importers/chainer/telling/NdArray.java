package dev.entrepot.importers.chainer.telling;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * An array as NumPy has it, for naive loops: float64 numbers, row-major, told apart by the element type they stand for.
 *
 * @param type the element type of the tensor that it stands for
 * @param shape its sizes
 * @param data its elements
 */
public record NdArray(DataType type, int[] shape, double[] data) {

    /** An array of float32 whose elements are computed from their indices. */
    public static NdArray of(int[] shape, ToDoubleFunction<int[]> element) {
        return of(DataType.FLOAT, shape, element);
    }

    /** An array whose elements are computed from their indices; the index array is reused. */
    public static NdArray of(DataType type, int[] shape, ToDoubleFunction<int[]> element) {
        double[] data = new double[count(shape)];
        int[] index = new int[shape.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = element.applyAsDouble(index);
            for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
                index[axis] = 0;
            }
        }
        return new NdArray(type, shape.clone(), data);
    }

    /** A scalar of float32. */
    public static NdArray scalar(double number) {
        return new NdArray(DataType.FLOAT, new int[0], new double[] {number});
    }

    static int count(int... shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** The element at an index. */
    public double at(int... index) {
        return data[offset(index)];
    }

    /** Changes the element at an index. */
    public void set(double value, int... index) {
        data[offset(index)] = value;
    }

    private int offset(int... index) {
        if (index.length != shape.length) {
            throw new IllegalArgumentException(index.length + " indices of " + shape.length + " axes");
        }
        int offset = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            if (index[axis] < 0 || index[axis] >= shape[axis]) {
                throw new IndexOutOfBoundsException(Arrays.toString(index) + " of " + Arrays.toString(shape));
            }
            offset = offset * shape[axis] + index[axis];
        }
        return offset;
    }

    /** The number of axes. */
    public int rank() {
        return shape.length;
    }

    /** A size. */
    public int size(int axis) {
        return shape[axis < 0 ? axis + shape.length : axis];
    }

    /** A function of every element. */
    public NdArray map(DoubleUnaryOperator function) {
        return new NdArray(type, shape, Arrays.stream(data).map(function).toArray());
    }

    /** The same elements under another shape. */
    public NdArray reshaped(int... sizes) {
        if (count(sizes) != data.length) {
            throw new IllegalArgumentException(
                    Arrays.toString(shape) + " has not as many elements as " + Arrays.toString(sizes));
        }
        return new NdArray(type, sizes, data);
    }

    /** The same numbers as another element type. */
    public NdArray as(DataType other) {
        return new NdArray(other, shape, data);
    }

    /** The element as NumPy's broadcasting finds it under an index of a result of more or larger axes. */
    public double broadcast(int... index) {
        int[] own = new int[shape.length];
        int skipped = index.length - shape.length;
        for (int axis = 0; axis < own.length; axis++) {
            own[axis] = shape[axis] == 1 ? 0 : index[axis + skipped];
        }
        return at(own);
    }

    Tensor tensor() {
        Shape sizes = Shape.of(Arrays.stream(shape).asLongStream().toArray());
        int count = data.length;
        return switch (type) {
            case FLOAT -> {
                float[] values = new float[count];
                for (int i = 0; i < count; i++) {
                    values[i] = (float) data[i];
                }
                yield Tensor.of(sizes, values);
            }
            case DOUBLE -> Tensor.of(sizes, data);
            case INT32 ->
                Tensor.of(
                        sizes,
                        Arrays.stream(data).mapToInt(value -> (int) value).toArray());
            case INT64 ->
                Tensor.of(
                        sizes,
                        Arrays.stream(data).mapToLong(value -> (long) value).toArray());
            case BOOL -> {
                byte[] bytes = new byte[count];
                for (int i = 0; i < count; i++) {
                    bytes[i] = (byte) (data[i] != 0 ? 1 : 0);
                }
                yield new Tensor(type, sizes, dev.entrepot.tensor.TensorData.of(bytes));
            }
            default -> throw new IllegalArgumentException("no arrays of " + type.numpyName());
        };
    }
}
