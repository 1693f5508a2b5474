package dev.entrepot.onnx.infer;

import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the contents of values while a graph is walked: constant tensors, and the contents of small integer tensors that
 * are computed from shapes, where each element is a {@link Dim}.
 */
public final class Facts {

    private static final int LONGEST_CONTENTS = 1024;

    private final Map<String, Tensor> constants = new HashMap<>();
    private final Map<String, List<Dim>> contents = new HashMap<>();

    /** Notes that a value is this tensor. */
    public void constant(String value, Tensor tensor) {
        constants.put(value, tensor);
    }

    /** Notes the elements of an integer scalar or vector, as far as they are known. */
    public void contents(String value, List<Dim> elements) {
        contents.put(value, List.copyOf(elements));
    }

    /** The value's tensor, if it is a constant. */
    public Optional<Tensor> constant(Value value) {
        return Optional.ofNullable(constants.get(value.name()));
    }

    /** The elements of an integer scalar or vector, if anything is known of them; negative elements are not {@link Dim}s. */
    public Optional<List<Dim>> contents(Value value) {
        List<Dim> known = contents.get(value.name());
        if (known != null) {
            return Optional.of(known);
        }
        return longs(value)
                .filter(elements -> Arrays.stream(elements).allMatch(element -> element >= 0))
                .map(elements -> Arrays.stream(elements).mapToObj(Dim::of).toList());
    }

    /** The elements of a constant integer tensor of moderate size. */
    public Optional<long[]> longs(Value value) {
        return constant(value)
                .filter(tensor -> tensor.type() == DataType.INT64 || tensor.type() == DataType.INT32)
                .filter(tensor -> tensor.elementCount() <= LONGEST_CONTENTS)
                .map(Tensor::toLongs);
    }
}
