package dev.entrepot.importers.torch.operators.pointwise;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.ComputeTypes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.Map;

/** Rounding of elements; whole numbers stay as they are. */
public final class Rounding {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::ceil", Rounding::ceil),
            one("aten::fix", Rounding::trunc),
            one("aten::floor", Rounding::floor),
            one("aten::frac", Rounding::frac),
            one("aten::round", Rounding::round),
            one("aten::special_round", Rounding::round),
            one("aten::trunc", Rounding::trunc),
            one("prims::ceil", Rounding::ceil),
            one("prims::floor", Rounding::floor),
            one("prims::round", Rounding::round),
            one("prims::trunc", Rounding::trunc));
    // spotless:on

    private Rounding() {}

    /** Rounds up. Source: aten/src/ATen/native/UnaryOps.cpp, ceil. */
    private static Value ceil(AtenCall call) {
        return rounded(call, "Ceil");
    }

    /** Rounds down. Source: aten/src/ATen/native/UnaryOps.cpp, floor. */
    private static Value floor(AtenCall call) {
        return rounded(call, "Floor");
    }

    /** Rounds to the nearest, halves to even, at {@code decimals} places. Source: aten/src/ATen/native/UnaryOps.cpp, round. */
    private static Value round(AtenCall call) {
        long decimals = call.integerOr("decimals", 0);
        Value self = call.value("self");
        DataType type = self.dataType();
        if (decimals == 0 || ComputeTypes.isWhole(type)) {
            return rounded(call, "Round");
        }
        Value scale = call.scalar(Math.pow(10, Math.abs(decimals)), type);
        Value moved = ComputeTypes.computed(call, decimals > 0 ? "Mul" : "Div", type, self, scale);
        Value round = ComputeTypes.computed(call, "Round", type, moved);
        return ComputeTypes.computed(call, decimals > 0 ? "Div" : "Mul", type, round, scale);
    }

    private static Value rounded(AtenCall call, String op) {
        Value self = call.value("self");
        return ComputeTypes.isWhole(self.dataType()) ? self : ComputeTypes.computed(call, op, self.dataType(), self);
    }

    /** Rounds towards 0. Source: aten/src/ATen/native/UnaryOps.cpp, trunc. */
    private static Value trunc(AtenCall call) {
        Value self = call.value("self");
        return ComputeTypes.isWhole(self.dataType()) ? self : truncated(call, self);
    }

    /** A float value rounded towards 0. */
    static Value truncated(AtenCall call, Value value) {
        DataType type = value.dataType();
        Value magnitude = ComputeTypes.computed(call, "Floor", type, ComputeTypes.computed(call, "Abs", type, value));
        return ComputeTypes.computed(call, "Mul", type, ComputeTypes.computed(call, "Sign", type, value), magnitude);
    }

    /** {@code self - trunc(self)}. Source: aten/src/ATen/native/UnaryOps.cpp, frac. */
    private static Value frac(AtenCall call) {
        Value self = call.value("self");
        return ComputeTypes.computed(call, "Sub", self.dataType(), self, truncated(call, self));
    }
}
