package dev.entrepot.validator.oracles.libtorch.fuzz;

import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.oracle.TorchProgram;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A random program with its inputs.
 *
 * @param operator the operator it is about
 * @param seed what it was drawn from
 * @param program the program
 * @param inputs the values of its inputs
 */
record FuzzCase(String operator, long seed, TorchProgram program, Map<String, Tensor> inputs) {

    FuzzCase {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    /** The same operator and seed make the same case. Every fourth module is frozen. */
    static FuzzCase draw(String operator, Draw draw, long seed) {
        var sketch = new Sketch(new Dice(seed * 1_000_003 + operator.hashCode()));
        String returned = draw.draw(sketch);
        TorchProgram.Form form = seed % 4 == 3 ? TorchProgram.Form.FROZEN : TorchProgram.Form.SCRIPTED;
        return new FuzzCase(operator, seed, sketch.program(returned, form), sketch.inputs());
    }

    @Override
    public String toString() {
        return operator + " #" + seed;
    }
}
