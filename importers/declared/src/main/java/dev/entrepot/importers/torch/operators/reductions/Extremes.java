package dev.entrepot.importers.torch.operators.reductions;

import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;
import static dev.entrepot.importers.torch.operators.entries.Entries.plain;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.ComputeTypes;
import dev.entrepot.importers.torch.operators.reductions.Reductions.Kept;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** The largest and smallest elements over axes, where they stand, and whether any or all are true. */
public final class Extremes {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::all", Extremes::all),
            one("aten::amax", call -> extreme(call, "ReduceMax")),
            one("aten::amin", call -> extreme(call, "ReduceMin")),
            many("aten::aminmax", call -> List.of(extreme(call, "ReduceMin"), extreme(call, "ReduceMax"))),
            one("aten::any", Extremes::any),
            one("aten::argmax", call -> place(call, "ArgMax")),
            one("aten::argmin", call -> place(call, "ArgMin")),
            plain("aten::max", call -> extremes(call, "ReduceMax", "ArgMax")),
            plain("aten::min", call -> extremes(call, "ReduceMin", "ArgMin")),
            many("aten::_aminmax", call -> List.of(extreme(call, "ReduceMin"), extreme(call, "ReduceMax"))));
    // spotless:on

    private Extremes() {}

    /** {@code max(self)} gives one number; {@code max(self, dim)} gives values and indices. Source: TensorCompare.cpp, max. */
    private static IValue extremes(AtenCall call, String op, String where) {
        return call.has("dim")
                ? call.results(List.of(extreme(call, op), place(call, where)))
                : call.tensor(extreme(call, op));
    }

    private static Value extreme(AtenCall call, String op) {
        return Reductions.reduced(call, op, call.value("self"), "dim");
    }

    /** The first place of the extreme; of the flattened tensor where no axis is said. Source: ReduceOps.cpp, argmax. */
    private static Value place(AtenCall call, String op) {
        Value self = call.value("self");
        int rank = call.rank(self);
        Value wide = call.cast(self, ComputeTypes.arithmetic(self.dataType()));
        if (!call.isNone("dim") && rank > 0) {
            long kept = call.bool("keepdim") ? 1 : 0;
            int axis = call.axis(self, call.integer("dim"));
            return call.add(op, Attributes.of("axis", axis).with("keepdims", kept), wide);
        }
        Value flat = call.add("Reshape", wide, call.vector(-1));
        Value place = call.add(op, Attributes.of("axis", 0).with("keepdims", 0), flat);
        return call.bool("keepdim")
                ? call.reshape(place, LongStream.generate(() -> 1).limit(rank).toArray())
                : place;
    }

    private static Value any(AtenCall call) {
        Value self = call.value("self");
        return bool(call, self, exists(call, call.cast(self, DataType.BOOL), axes(call, self), Reductions.kept(call)));
    }

    private static Value all(AtenCall call) {
        Value self = call.value("self");
        Value not = call.add("Not", call.cast(self, DataType.BOOL));
        Value exception = exists(call, not, axes(call, self), Reductions.kept(call));
        return bool(call, self, call.add("Not", exception));
    }

    /** Unlike for other reductions, an empty list is no axes. Source: ReduceOps.cpp, any.dims. */
    private static long[] axes(AtenCall call, Value self) {
        boolean none =
                call.get("dim") instanceof IValue.ListValue list && list.items().isEmpty();
        return none ? new long[0] : call.axes(self, "dim");
    }

    /** Bytes stay bytes. */
    private static Value bool(AtenCall call, Value self, Value result) {
        return self.dataType() == DataType.UINT8 ? call.cast(result, DataType.UINT8) : result;
    }

    /** Whether all elements of a bool value are true. */
    public static Value all(AtenCall call, Value bool) {
        long[] axes = LongStream.range(0, call.rank(bool)).toArray();
        return call.add("Not", exists(call, call.add("Not", bool), axes, Kept.DROPPED));
    }

    /** Whether any is true: a sum, because the maximum of no elements is not defined. */
    private static Value exists(AtenCall call, Value bool, long[] axes, Kept kept) {
        if (axes.length == 0) {
            return bool;
        }
        Value count = Reductions.reduced(call, "ReduceSum", call.cast(bool, DataType.INT32), axes, kept);
        return call.cast(count, DataType.BOOL);
    }
}
