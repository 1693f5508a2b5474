package dev.entrepot.importers.chainer.functions.entries;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Arrays of whole numbers whose elements are known while the model is converted. */
public final class KnownArrays {

    private KnownArrays() {}

    /** The elements, row-major, if they are known. */
    public static Optional<long[]> longs(FunctionCall call, Value array) {
        if (array.dataType().isFloatingPoint()) {
            return Optional.empty();
        }
        return call.constantOf(array)
                .map(Tensor::toLongs)
                .or(() -> call.builder().facts().longs(array));
    }

    /** A tuple, a list or a vector of whole numbers; those of a vector must be known. */
    public static List<SizeExpr> wholes(FunctionCall call, String name) {
        if (!(call.get(name) instanceof Argument.Array array)) {
            return call.sizes(name);
        }
        long[] numbers = longs(call, array.value())
                .orElseThrow(
                        () -> call.unsupported(name + " is an array whose numbers are only known when the model runs"));
        return Arrays.stream(numbers).mapToObj(SizeExpr::of).toList();
    }

    /** The indices of the elements other than 0, an array for each axis. */
    public static List<long[]> nonzero(long[] elements, Shape shape) {
        long[] sizes = shape.sizes();
        long[] found = java.util.stream.IntStream.range(0, elements.length)
                .filter(i -> elements[i] != 0)
                .asLongStream()
                .toArray();
        List<long[]> places = new ArrayList<>();
        long inner = elements.length;
        for (long size : sizes) {
            long stride = size == 0 ? 1 : inner / size;
            places.add(Arrays.stream(found).map(i -> i / stride % size).toArray());
            inner = stride;
        }
        return places;
    }

    /** A tensor of True and False. */
    public static Tensor flags(Shape shape, List<Long> elements) {
        byte[] bytes = new byte[elements.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = elements.get(i).byteValue();
        }
        return new Tensor(DataType.BOOL, shape, TensorData.of(bytes));
    }
}
