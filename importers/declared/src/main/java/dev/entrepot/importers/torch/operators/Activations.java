package dev.entrepot.importers.torch.operators;

import static dev.entrepot.importers.torch.operators.Entries.one;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.onnx.graph.Value;
import java.util.Map;

/** Functions that are applied to every element. */
final class Activations {

    // spotless:off
    static final Map<String, Support> TABLE = Map.ofEntries(one("aten::relu", Activations::relu));
    // spotless:on

    private Activations() {}

    private static Value relu(AtenCall call) {
        return call.add("Relu", call.value("self"));
    }
}
