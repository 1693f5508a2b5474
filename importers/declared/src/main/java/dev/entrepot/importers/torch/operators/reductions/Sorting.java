package dev.entrepot.importers.torch.operators.reductions;

import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;
import static dev.entrepot.importers.torch.operators.entries.Entries.plain;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.ComputeTypes;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.Map;

/** Order: sorting, the k largest, medians, and where numbers belong in a sorted row. Source: aten/src/ATen/native/Sorting.cpp. */
public final class Sorting {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one(
                    "aten::argsort",
                    call -> sorted(call, call.integer("dim"), call.bool("descending"))
                            .get(1)),
            one("aten::bucketize", call -> places(call, "boundaries", "self")),
            many("aten::kthvalue", call -> nth(call, call.size("k").minus(SizeExpr.ONE))),
            plain("aten::median", Sorting::median),
            one("aten::msort", call -> sorted(call, 0, false).get(0)),
            one("aten::searchsorted", call -> places(call, "sorted_sequence", "self")),
            many("aten::sort", call -> sorted(call, call.integer("dim"), call.bool("descending"))),
            many("aten::topk", Sorting::topk));
    // spotless:on

    private Sorting() {}

    /** Equal elements keep their order. */
    private static List<Value> sorted(AtenCall call, long dim, boolean descending) {
        Value self = call.value("self");
        int axis = call.axis(self, dim);
        if (call.rank(self) == 0) {
            return List.of(self, call.scalar(0, DataType.INT64));
        }
        return extremes(call, self, axis, call.size(self, axis), descending ? 1 : 0);
    }

    private static List<Value> topk(AtenCall call) {
        Value self = call.value("self");
        int axis = call.axis(self, call.integer("dim"));
        if (call.rank(self) == 0) {
            return List.of(self, call.scalar(0, DataType.INT64));
        }
        return extremes(call, self, axis, call.size("k"), call.bool("largest") ? 1 : 0);
    }

    private static List<Value> extremes(AtenCall call, Value self, int axis, SizeExpr k, long largest) {
        DataType type = self.dataType();
        Value wide = call.cast(self, ComputeTypes.arithmetic(type));
        Attributes attributes =
                Attributes.of("axis", axis).with("largest", largest).with("sorted", 1);
        List<Value> found = call.add("TopK", 2, attributes, List.of(wide, call.vector(List.of(k))));
        return List.of(call.cast(found.get(0), type), found.get(1));
    }

    /** The lower of the two in the middle; of all elements, or along an axis with its place. */
    private static IValue median(AtenCall call) {
        if (call.has("dim")) {
            Value self = call.value("self");
            int axis = call.axis(self, call.integer("dim"));
            SizeExpr size = call.rank(self) == 0 ? SizeExpr.ONE : call.size(self, axis);
            return call.results(nth(call, middle(size)));
        }
        Value flat = call.add("Reshape", call.value("self"), call.vector(-1));
        SizeExpr count = SizeExpr.product(call.sizes(call.value("self")));
        List<Value> lowest = extremes(call, flat, 0, middle(count).plus(SizeExpr.ONE), 0);
        return call.tensor(
                call.add("Gather", Attributes.of("axis", 0), lowest.get(0), call.scalar(-1, DataType.INT64)));
    }

    private static SizeExpr middle(SizeExpr count) {
        return count.minus(SizeExpr.ONE).floorDividedBy(SizeExpr.of(2));
    }

    /** The element that has {@code n} smaller ones before it, along argument {@code dim}. */
    private static List<Value> nth(AtenCall call, SizeExpr n) {
        Value self = call.value("self");
        if (call.rank(self) == 0) {
            return List.of(self, call.scalar(0, DataType.INT64));
        }
        int axis = call.axis(self, call.integer("dim"));
        Value last = call.bool("keepdim") ? call.vector(-1) : call.scalar(-1, DataType.INT64);
        return extremes(call, self, axis, n.plus(SizeExpr.ONE), 0).stream()
                .map(lowest -> call.add("Gather", Attributes.of("axis", axis), lowest, last))
                .toList();
    }

    /**
     * How many elements of a sorted row come before each number: those smaller, or with {@code right} those not larger. Source:
     * aten/src/ATen/native/Bucketization.cpp.
     */
    private static Value places(AtenCall call, String row, String numbers) {
        if (!call.isNone("sorter")) {
            throw call.unsupported("asks for a sorter, which has no form here");
        }
        DataType type = ComputeTypes.arithmetic(call.promoted(row, numbers));
        Value sorted = call.value(row, type);
        Value x = call.unsqueeze(call.value(numbers, type), -1);
        boolean right =
                call.bool("right") || !call.isNone("side") && call.text("side").equals("right");
        Value wide = call.rank(sorted) == 1 ? sorted : call.unsqueeze(sorted, -2);
        Value before = call.add(right ? "LessOrEqual" : "Less", wide, x);
        DataType result = call.bool("out_int32") ? DataType.INT32 : DataType.INT64;
        return call.add("ReduceSum", Attributes.of("keepdims", 0), call.cast(before, result), call.vector(-1));
    }
}
