package dev.entrepot.validator.data;

import dev.entrepot.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A reference in a model's own names.
 *
 * @param set the reference's name
 * @param inputs all inputs of the model
 * @param outputs the outputs that have a reference, in the model's order
 * @param withoutReference the names of the other outputs
 */
public record Case(String set, Map<String, Tensor> inputs, Map<String, Tensor> outputs, List<String> withoutReference) {

    public Case {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        withoutReference = List.copyOf(withoutReference);
    }
}
