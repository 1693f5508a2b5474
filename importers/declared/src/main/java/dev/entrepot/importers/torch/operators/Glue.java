package dev.entrepot.importers.torch.operators;

import static dev.entrepot.importers.torch.operators.Entries.plain;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.onnx.graph.Value;
import java.util.Map;

/** Operators on plain values and sizes: what programs compute beside their tensors. */
final class Glue {

    // spotless:off
    static final Map<String, Support> TABLE = Map.ofEntries(
            plain("aten::dim", Glue::dim), plain("aten::size", Glue::size), plain("aten::sym_size", Glue::size));
    // spotless:on

    private Glue() {}

    private static IValue dim(AtenCall call) {
        return IValue.of(call.rank(call.value("self")));
    }

    private static IValue size(AtenCall call) {
        Value self = call.value("self");
        if (call.has("dim")) {
            return IValue.of(call.size(self, call.axis(self, call.integer("dim"))));
        }
        return IValue.list(call.sizes(self).stream().map(IValue::of).toList());
    }
}
