package dev.entrepot.importers.caffe;

import static java.util.Map.entry;

import dev.entrepot.onnx.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Layers written in Python beside the net: {@code python_param} names a module and a class. The few that are well known are lowered; a
 * program that nobody here has read is refused by name, and never run.
 */
final class PythonLayers {

    private static final Map<String, BiFunction<LoweringContext, PythonParameters, List<Value>>> TABLE =
            Map.ofEntries(entry("rpn.proposal_layer.ProposalLayer", Proposals::pythonProposal));

    private PythonLayers() {}

    static List<Value> python(LoweringContext layer) {
        Parameters parameters = layer.parameters("python_param");
        String name = parameters.stringOr("module", "") + "." + parameters.stringOr("layer", "");
        String settings = parameters.stringOr("param_str", "");
        parameters.has("share_in_parallel");
        var known = TABLE.get(name);
        if (known == null) {
            throw layer.unsupported("is the program " + name + ", which is not in the model; known are "
                    + String.join(", ", TABLE.keySet().stream().sorted().toList()));
        }
        return known.apply(layer, new PythonParameters(settings));
    }
}
