package dev.entrepot.importers.torch.operators.pointwise;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Promotion;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.operators.entries.ComputeTypes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Elements chosen by a condition, and elements brought between bounds. Source: aten/src/ATen/native/TensorCompare.cpp. */
public final class Choices {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::clamp", call -> clamp(call, "min", "max")),
            one("aten::clamp_max", call -> clamp(call, "", "max")),
            one("aten::clamp_min", call -> clamp(call, "min", "")),
            one("aten::clip", call -> clamp(call, "min", "max")),
            one("aten::where.Scalar", Choices::where),
            one("aten::where.ScalarOther", Choices::where),
            one("aten::where.ScalarSelf", Choices::where),
            one("aten::where.self", Choices::where));
    // spotless:on

    private Choices() {}

    private static Value where(AtenCall call) {
        DataType type = call.promoted("self", "other");
        Value condition = call.value("condition", DataType.BOOL);
        return chosen(call, condition, call.value("self", type), call.value("other", type));
    }

    /** {@code condition ? a : b}, where both are of one type. */
    static Value chosen(AtenCall call, Value condition, Value a, Value b) {
        DataType type = a.dataType();
        DataType in = ComputeTypes.arithmetic(type);
        return call.cast(call.add("Where", condition, call.cast(a, in), call.cast(b, in)), type);
    }

    /** {@code min(max(self, low), high)}; either bound may be missing, and each a number or a tensor. */
    private static Value clamp(AtenCall call, String low, String high) {
        List<IValue> operands = new ArrayList<>(List.of(call.get("self")));
        boolean hasLow = !call.isNone(low);
        boolean hasHigh = !call.isNone(high);
        if (hasLow) {
            operands.add(call.get(low));
        }
        if (hasHigh) {
            operands.add(call.get(high));
        }
        DataType type = Promotion.of(operands);
        DataType in = ComputeTypes.arithmetic(type);
        Value self = call.cast(call.value("self", type), in);
        Value min = hasLow ? call.cast(call.value(low, type), in) : Value.NONE;
        Value max = hasHigh ? call.cast(call.value(high, type), in) : Value.NONE;
        boolean tensors = call.get(low) instanceof TensorRef || call.get(high) instanceof TensorRef;
        if (hasLow && hasHigh && !tensors) {
            return call.cast(call.add("Clip", self, min, max), type);
        }
        Value raised = hasLow ? call.add("Max", self, min) : self;
        return call.cast(hasHigh ? call.add("Min", raised, max) : raised, type);
    }
}
