package dev.entrepot.validator.run;

import dev.entrepot.tensor.Tensor;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run gave.
 *
 * @param outputs the outputs by name, in the model's order, in memory
 * @param duration the time from the inputs' hand-over to the outputs' return
 */
public record RunResult(Map<String, Tensor> outputs, Duration duration) {

    public RunResult {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    /**
     * One output.
     *
     * @throws IllegalArgumentException if the model has no output of this name
     */
    public Tensor output(String name) {
        Tensor output = outputs.get(name);
        if (output == null) {
            throw new IllegalArgumentException("no output is called \"" + name + "\", there are " + outputs.keySet());
        }
        return output;
    }
}
