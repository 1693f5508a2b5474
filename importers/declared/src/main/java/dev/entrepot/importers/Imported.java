package dev.entrepot.importers;

import dev.entrepot.onnx.graph.Model;
import java.util.ArrayList;
import java.util.List;

/**
 * A model that came in, and what its user should know about it.
 *
 * @param model the model in the house opset
 * @param warnings what was odd in the source
 * @param approximations where the model computes something that is only close to what the source computes
 * @param dropped what the source has and the model leaves out, with the reason
 */
public record Imported(Model model, List<String> warnings, List<String> approximations, List<String> dropped) {

    public Imported {
        warnings = List.copyOf(warnings);
        approximations = List.copyOf(approximations);
        dropped = List.copyOf(dropped);
    }

    /** The same with more that its user should know. */
    public Imported withWarnings(List<String> more) {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(more);
        return new Imported(model, all, approximations, dropped);
    }
}
