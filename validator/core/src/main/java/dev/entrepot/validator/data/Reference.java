package dev.entrepot.validator.data;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One set of inputs and outputs.
 *
 * @param set the set's name: the file's, or {@code test_data_set_0}
 * @param arrays inputs and outputs by their names, or as {@code input_0}, {@code output_0} by their position in the model
 * @param layers intermediate values by the source's layer names
 */
public record Reference(String set, Map<String, Tensor> arrays, Map<String, Tensor> layers) {

    private static final String LAYER = "layer/";

    public Reference {
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
        layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
    }

    /** A reference from arrays of which those named {@code layer/NAME} are intermediate values. */
    public static Reference of(String set, Map<String, Tensor> arrays) {
        Map<String, Tensor> ends = new LinkedHashMap<>();
        Map<String, Tensor> layers = new LinkedHashMap<>();
        arrays.forEach((name, tensor) -> {
            if (name.startsWith(LAYER)) {
                layers.put(name.substring(LAYER.length()), tensor);
            } else {
                ends.put(name, tensor);
            }
        });
        return new Reference(set, ends, layers);
    }

    /**
     * Finds a model's inputs and outputs: by name, and those that are not there by position.
     *
     * @param inputs the model's inputs, in its order
     * @param outputs the model's outputs, in its order
     * @throws ModelException (malformed) naming both sides, if an input is missing or does not fit, if an array is neither input nor output,
     *     or if there is no output at all
     */
    public Case match(List<Value> inputs, List<Value> outputs) {
        return new Matching(this, inputs, outputs).match();
    }
}
