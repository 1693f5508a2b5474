package dev.entrepot.importers.torch.operators.layers;

import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.plain;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.Entries;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.Map;

/** Dropout, which outside of training gives its very input. Source: aten/src/ATen/native/Dropout.cpp. */
public final class Dropouts {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            plain("aten::alpha_dropout", Dropouts::dropout),
            plain("aten::dropout", Dropouts::dropout),
            plain("aten::feature_alpha_dropout", Dropouts::dropout),
            plain("aten::feature_dropout", Dropouts::dropout),
            many("aten::native_dropout", Dropouts::nativeDropout));
    // spotless:on

    private Dropouts() {}

    private static IValue dropout(AtenCall call) {
        requireNone(call);
        return Entries.same(call);
    }

    /** The input, and a mask that is true everywhere. */
    private static List<Value> nativeDropout(AtenCall call) {
        requireNone(call);
        Value input = call.value("input");
        Value mask = call.add("Expand", call.scalar(1, DataType.BOOL), call.vector(call.sizes(input)));
        return List.of(input, call.sized(mask, call.sizes(input)));
    }

    private static void requireNone(AtenCall call) {
        if (call.bool("train") && call.real("p") != 0) {
            throw call.unsupported("drops at random, as in training; trace, script or export the model after eval()");
        }
    }
}
