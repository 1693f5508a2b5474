package dev.entrepot.importers.torch.operators.creation;

import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.shapes.Shapes;
import dev.entrepot.importers.torch.operators.shapes.Stretching;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Elements chosen by conditions, and what asks where conditions hold. */
public final class Masks {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::argwhere", Masks::nonzero),
            one(
                    "aten::masked_fill",
                    call -> chosen(
                            call,
                            call.value("mask"),
                            call.value("value", call.value("self").dataType()),
                            call.value("self"))),
            one("aten::masked_scatter", Masks::maskedScatter),
            one("aten::masked_select", Masks::maskedSelect),
            one("aten::nonzero", Masks::nonzero),
            many("aten::nonzero_numpy", Masks::places),
            one("aten::one_hot", Masks::oneHot),
            one("aten::tril", call -> triangle(call, 0)),
            one("aten::triu", call -> triangle(call, 1)),
            many("aten::where.", Masks::places),
            one("aten::where", Masks::where),
            one("prims::where", Masks::primsWhere));
    // spotless:on

    /** What ONNX Runtime has a kernel of Trilu for. */
    private static final Set<DataType> TRIANGLES =
            Set.of(DataType.FLOAT, DataType.DOUBLE, DataType.INT64, DataType.BOOL);

    private Masks() {}

    private static Value chosen(AtenCall call, Value condition, Value yes, Value no) {
        List<SizeExpr> sizes = Stretching.broadcast(call, List.of(condition, yes, no));
        return call.sized(call.add("Where", call.cast(condition, DataType.BOOL), yes, no), sizes);
    }

    private static Value where(AtenCall call) {
        DataType type = call.promoted("self", "other");
        return chosen(call, call.value("condition"), call.value("self", type), call.value("other", type));
    }

    private static Value primsWhere(AtenCall call) {
        DataType type = call.promoted("a", "b");
        return chosen(call, call.value("pred"), call.value("a", type), call.value("b", type));
    }

    /** The places of the elements that are not 0, a row each. */
    private static Value nonzero(AtenCall call) {
        Value self = call.value("self");
        if (call.rank(self) == 0) {
            Value places = call.add("NonZero", call.reshape(self, 1));
            return call.add("Slice", call.transpose(places, 1, 0), call.vector(0), call.vector(0), call.vector(1));
        }
        return call.transpose(call.add("NonZero", self), 1, 0);
    }

    /** The same, a vector an axis. */
    private static List<Value> places(AtenCall call) {
        Value self = call.value(call.schema().arguments().get(0).name());
        Value vector = call.rank(self) == 0 ? call.reshape(self, 1) : self;
        Value places = call.add("NonZero", vector);
        return IntStream.range(0, call.rank(vector))
                .mapToObj(axis -> call.add("Gather", places, call.scalar((long) axis, DataType.INT64)))
                .toList();
    }

    private static Value flatMask(AtenCall call, List<SizeExpr> sizes) {
        Value mask = Stretching.expanded(call, call.value("mask", DataType.BOOL), sizes);
        return Shapes.flat(call, mask);
    }

    private static Value maskedSelect(AtenCall call) {
        Value self = call.value("self");
        List<SizeExpr> sizes = Stretching.broadcast(call, List.of(self, call.value("mask")));
        Value flat = Shapes.flat(call, Stretching.expanded(call, self, sizes));
        return call.add("Compress", flat, flatMask(call, sizes));
    }

    /** The n-th true element takes the n-th of the source. */
    private static Value maskedScatter(AtenCall call) {
        Value self = call.value("self");
        List<SizeExpr> sizes = Stretching.broadcast(call, List.of(self, call.value("mask")));
        Value mask = flatMask(call, sizes);
        Value order = call.add(
                "Sub",
                call.add("CumSum", call.cast(mask, DataType.INT64), call.scalar(0L, DataType.INT64)),
                call.scalar(1L, DataType.INT64));
        Value source = Shapes.flat(call, call.value("source", self.dataType()));
        Value taken = call.add("Gather", source, call.add("Max", order, call.scalar(0L, DataType.INT64)));
        Value flat = Shapes.flat(call, Stretching.expanded(call, self, sizes));
        return call.reshape(call.add("Where", mask, taken, flat), sizes);
    }

    private static Value triangle(AtenCall call, int upper) {
        Value self = call.value("self");
        DataType type = self.dataType();
        Value wide = TRIANGLES.contains(type)
                ? self
                : call.cast(self, type.isFloatingPoint() ? DataType.FLOAT : DataType.INT64);
        Value diagonal = call.graph().scalar(call.size("diagonal"));
        return call.cast(call.add("Trilu", Attributes.of("upper", upper), wide, diagonal), type);
    }

    private static Value oneHot(AtenCall call) {
        Value self = call.value("self", DataType.INT64);
        SizeExpr classes = call.size("num_classes");
        if (classes.is(-1)) {
            throw call.unsupported("num_classes is -1, so that it depends on data; it must be known");
        }
        Value equal = call.add("Equal", call.unsqueeze(self, -1), Ranges.upTo(call, classes));
        return call.cast(equal, DataType.INT64);
    }
}
