package dev.entrepot.importers.torch.operators.reductions;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.ComputeTypes;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.Map;

/** Exponentials along an axis, divided by their sum. Source: aten/src/ATen/native/SoftMax.cpp. */
public final class Softmaxes {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::_log_softmax", call -> softmax(call, "LogSoftmax")),
            one("aten::_safe_softmax", Softmaxes::safeSoftmax),
            one("aten::_softmax", call -> softmax(call, "Softmax")),
            one("aten::log_softmax", call -> softmax(call, "LogSoftmax")),
            one("aten::softmax", call -> softmax(call, "Softmax")),
            one("aten::special_log_softmax", call -> softmax(call, "LogSoftmax")),
            one("aten::special_softmax", call -> softmax(call, "Softmax")));
    // spotless:on

    private Softmaxes() {}

    private static Value softmax(AtenCall call, String op) {
        Value self = call.value("self");
        DataType type = call.dtype("dtype").orElse(self.dataType());
        if (!type.isFloatingPoint()) {
            throw call.malformed("the softmax of " + type.numpyName() + " is not defined");
        }
        if (call.bool("half_to_float")) {
            type = DataType.FLOAT;
        }
        return alongAxis(call, op, call.cast(self, type), call.integer("dim"));
    }

    /** Softmax or LogSoftmax along an axis; a tensor without axes counts as one with one element. */
    public static Value alongAxis(AtenCall call, String op, Value value, long dim) {
        DataType type = value.dataType();
        Value wide = call.cast(value, ComputeTypes.arithmetic(type));
        int axis = call.axis(value, dim);
        if (call.rank(value) > 0) {
            return call.cast(call.add(op, Attributes.of("axis", axis), wide), type);
        }
        Value one = call.add(op, Attributes.of("axis", 0), call.reshape(wide, 1));
        return call.cast(call.reshape(one), type);
    }

    /** Softmax that is 0 where a whole row is -inf. */
    private static Value safeSoftmax(AtenCall call) {
        Value result = softmax(call, "Softmax");
        return call.add("Where", call.add("IsNaN", result), call.scalar(0, result.dataType()), result);
    }
}
