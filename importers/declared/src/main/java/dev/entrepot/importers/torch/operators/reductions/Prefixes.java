package dev.entrepot.importers.torch.operators.reductions;

import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.ComputeTypes;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** What is computed of the elements so far along an axis. Source: aten/src/ATen/native/ReduceOps.cpp, cumsum and the like. */
public final class Prefixes {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            many("aten::cummax", call -> extremes(call, "ReduceMax", "ArgMax", Double.NEGATIVE_INFINITY)),
            many("aten::cummin", call -> extremes(call, "ReduceMin", "ArgMin", Double.POSITIVE_INFINITY)),
            one("aten::cumprod", Prefixes::cumprod),
            one("aten::cumsum", Prefixes::cumsum),
            one("aten::logcumsumexp", Prefixes::logcumsumexp),
            one("aten::_logcumsumexp", Prefixes::logcumsumexp));
    // spotless:on

    private Prefixes() {}

    private static Value cumsum(AtenCall call) {
        Value self = call.value("self");
        DataType type = call.dtype("dtype").orElse(ComputeTypes.sum(self.dataType()));
        return cumsum(call, call.cast(self, type));
    }

    private static Value cumsum(AtenCall call, Value value) {
        if (call.rank(value) == 0) {
            return value;
        }
        DataType type = value.dataType();
        Value axis = call.scalar(call.axis(value, call.integer("dim")), DataType.INT64);
        return call.cast(call.add("CumSum", call.cast(value, ComputeTypes.arithmetic(type)), axis), type);
    }

    /** By sums of logarithms, and the number of negative factors. */
    private static Value cumprod(AtenCall call) {
        Value self = call.value("self");
        DataType type = call.dtype("dtype").orElse(ComputeTypes.sum(self.dataType()));
        Value x = call.cast(call.cast(self, type), DataType.DOUBLE);
        Value magnitude = call.add("Exp", cumsum(call, call.add("Log", call.add("Abs", x))));
        Value below = call.add("Less", x, call.scalar(0, DataType.DOUBLE));
        Value negatives = cumsum(call, call.cast(below, DataType.INT64));
        Value odd = call.cast(call.add("Mod", negatives, call.scalar(2, DataType.INT64)), DataType.BOOL);
        Value product = call.add("Where", odd, call.add("Neg", magnitude), magnitude);
        return call.cast(ComputeTypes.isWhole(type) ? call.add("Round", product) : product, type);
    }

    private static Value logcumsumexp(AtenCall call) {
        Value self = call.value("self");
        if (call.rank(self) == 0) {
            return self;
        }
        int axis = call.axis(self, call.integer("dim"));
        Value prefixes = prefixes(call, self, axis, Double.NEGATIVE_INFINITY);
        return Reductions.reduced(call, "ReduceLogSumExp", prefixes, new long[] {axis + 1L}, Reductions.Kept.DROPPED);
    }

    /** The extreme so far and its last place. */
    private static List<Value> extremes(AtenCall call, String op, String where, double neutral) {
        Value self = call.value("self");
        if (call.rank(self) == 0) {
            return List.of(self, call.scalar(0, DataType.INT64));
        }
        DataType type = self.dataType();
        int axis = call.axis(self, call.integer("dim"));
        DataType in = type.isFloatingPoint() ? ComputeTypes.arithmetic(type) : DataType.DOUBLE;
        Value prefixes = prefixes(call, call.cast(self, in), axis, neutral);
        Value extreme = Reductions.reduced(call, op, prefixes, new long[] {axis + 1L}, Reductions.Kept.DROPPED);
        Attributes last = Attributes.of("axis", axis + 1L).with("keepdims", 0).with("select_last_index", 1);
        return List.of(call.cast(extreme, type), call.add(where, last, prefixes));
    }

    /** [..., n, ...] -> [..., n, n, ...]: for each place along the axis all elements, those behind it replaced. */
    private static Value prefixes(AtenCall call, Value value, int axis, double replacement) {
        Value count = call.graph().scalar(call.size(value, axis));
        Value places = call.add("Range", call.scalar(0, DataType.INT64), count, call.scalar(1, DataType.INT64));
        Value sofar = call.add("LessOrEqual", call.unsqueeze(places, 0), call.unsqueeze(places, 1));
        int behind = call.rank(value) - axis - 1;
        if (behind > 0) {
            sofar = call.unsqueeze(sofar, LongStream.range(2, behind + 2L).toArray());
        }
        Value expanded = call.unsqueeze(value, axis);
        return call.add("Where", sofar, expanded, call.scalar(replacement, value.dataType()));
    }
}
