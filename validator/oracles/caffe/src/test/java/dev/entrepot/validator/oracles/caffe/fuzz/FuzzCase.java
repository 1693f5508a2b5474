package dev.entrepot.validator.oracles.caffe.fuzz;

import dev.entrepot.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A random net with its inputs.
 *
 * @param kind the layer type it is about, or {@code net}
 * @param seed what it was drawn from
 * @param types the types of its layers
 * @param prototxt the net without weights
 * @param weightedPrototxt the net with the weights that no filler makes
 * @param inputs the values of its inputs
 * @param lastWriters the name of the last layer that works in place on each input that one works on
 */
record FuzzCase(
        String kind,
        long seed,
        List<String> types,
        String prototxt,
        String weightedPrototxt,
        Map<String, Tensor> inputs,
        Map<String, String> lastWriters) {

    FuzzCase {
        types = List.copyOf(types);
        lastWriters = Map.copyOf(lastWriters);
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    @Override
    public String toString() {
        return kind + " #" + seed;
    }
}
