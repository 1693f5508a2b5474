package dev.entrepot.validator.oracles.caffe.fuzz;

import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The inputs of a case, larger along the axes that its model leaves open. */
final class OtherSizes {

    /** Caffe lets none of their bottoms grow alone. */
    private static final Set<String> FIXED = Set.of("DummyData", "Filter", "LSTM", "LSTMUnit", "Parameter", "RNN");

    private OtherSizes() {}

    /** The same inputs where nothing is open or Caffe could not follow; otherwise their values come from the old ones, so that indices stay indices. */
    static Map<String, Tensor> of(FuzzCase drawn, List<Value> declared) {
        if (drawn.types().stream().anyMatch(FIXED::contains)) {
            return drawn.inputs();
        }
        var dice = new Dice(drawn.seed());
        var growth = new HashMap<Dim, Integer>();
        var inputs = new LinkedHashMap<>(drawn.inputs());
        for (Value input : declared) {
            Tensor old = inputs.get(input.name());
            if (old != null && !input.shape().isStatic()) {
                inputs.put(input.name(), grown(dice, old, input.shape(), growth));
            }
        }
        return inputs;
    }

    private static Tensor grown(Dice dice, Tensor old, Shape declared, Map<Dim, Integer> growth) {
        long[] sizes = old.shape().sizes();
        for (int axis = 0; axis < sizes.length; axis++) {
            Dim dim = declared.dim(axis);
            if (!dim.isKnown()) {
                sizes[axis] += growth.computeIfAbsent(dim, symbol -> dice.between(1, 4));
            }
        }
        float[] values = old.toFloats();
        float[] more = new float[Math.toIntExact(Shape.of(sizes).elementCount())];
        for (int i = 0; i < more.length; i++) {
            more[i] = values[dice.between(0, values.length - 1)];
        }
        return Tensor.of(Shape.of(sizes), more);
    }
}
