package dev.entrepot.importers.torch.operators.shapes;

import static dev.entrepot.importers.torch.operators.entries.Entries.aliasing;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Parts along an axis, as views that can be written through. */
public final class Slices {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            aliasing(
                    "aten::narrow",
                    Slices::narrow,
                    (call, output, changed) -> narrowed(call).replaced(call, call.value("self"), changed)),
            one("aten::narrow_copy", Slices::narrow),
            aliasing("aten::select.int", Slices::select, (call, output, changed) -> putBack(call, changed)),
            one("aten::select_copy", Slices::select),
            one(
                    "aten::select_scatter",
                    call -> putBack(call, call.value("src", call.value("self").dataType()))),
            aliasing(
                    "aten::slice.Tensor",
                    Slices::slice,
                    (call, output, changed) -> sliced(call).replaced(call, call.value("self"), changed)),
            one("aten::slice_copy", Slices::slice),
            one(
                    "aten::slice_scatter",
                    call -> sliced(call)
                            .replaced(
                                    call,
                                    call.value("self"),
                                    call.value("src", call.value("self").dataType()))));
    // spotless:on

    private Slices() {}

    /**
     * Elements along an axis.
     *
     * @param start the first
     * @param length how many
     * @param step from one to the next, at least 1
     */
    public record Part(int axis, SizeExpr start, SizeExpr length, long step) {

        /** The part of a value. */
        public Value of(AtenCall call, Value value) {
            SizeExpr size = call.size(value, axis);
            if (start.is(0) && length.equals(size) && step == 1) {
                return value;
            }
            List<SizeExpr> sizes = new ArrayList<>(call.sizes(value));
            sizes.set(axis, length);
            SizeExpr end = end();
            SizeExpr last = end.equals(size) ? SizeExpr.of(Long.MAX_VALUE) : end;
            return call.sized(
                    call.add(
                            "Slice",
                            value,
                            call.vector(List.of(start)),
                            call.vector(List.of(last)),
                            call.vector(axis),
                            call.vector(step)),
                    sizes);
        }

        private SizeExpr end() {
            return step == 1 || length.is(0)
                    ? start.plus(length)
                    : start.plus(length.minus(SizeExpr.ONE).times(SizeExpr.of(step)))
                            .plus(SizeExpr.ONE);
        }

        /** The value with this part replaced. */
        public Value replaced(AtenCall call, Value value, Value part) {
            SizeExpr size = call.size(value, axis);
            if (length.is(0)) {
                return value;
            }
            if (step != 1) {
                return scattered(call, value, part);
            }
            List<Value> pieces = new ArrayList<>();
            if (!start.is(0)) {
                pieces.add(new Part(axis, SizeExpr.ZERO, start, 1).of(call, value));
            }
            pieces.add(part);
            SizeExpr after = size.minus(end());
            if (!after.is(0)) {
                pieces.add(new Part(axis, end(), after, 1).of(call, value));
            }
            Value all = pieces.size() == 1
                    ? part
                    : call.add("Concat", 1, Attributes.of("axis", axis), pieces).get(0);
            return call.sized(all, call.sizes(value));
        }

        private Value scattered(AtenCall call, Value value, Value part) {
            Value indices = call.add(
                    "Range",
                    call.graph().scalar(start),
                    call.graph().scalar(end()),
                    call.graph().scalar(SizeExpr.of(step)));
            return Slices.scattered(call, value, axis, call.sized(indices, List.of(length)), part);
        }
    }

    /** The value with the slices along an axis at these indices, a vector, replaced. */
    static Value scattered(AtenCall call, Value value, int axis, Value indices, Value part) {
        long[] order = Axes.first(call.rank(value), List.of(axis));
        Value changed = call.add(
                "ScatterND",
                Axes.ordered(call, value, order),
                call.unsqueeze(indices, 1),
                Axes.ordered(call, part, order));
        return call.sized(Axes.ordered(call, changed, Axes.back(order)), call.sizes(value));
    }

    /** Source: aten/src/ATen/native/TensorShape.cpp, slice. */
    private static Part sliced(AtenCall call) {
        Value self = call.value("self");
        int axis = call.axis(self, call.integer("dim"));
        SizeExpr size = call.size(self, axis);
        long step = call.integer("step");
        if (step < 1) {
            throw call.malformed("step " + step + " is not positive");
        }
        SizeExpr start = call.isNone("start") ? SizeExpr.ZERO : bound(call.size("start"), size);
        SizeExpr end = call.isNone("end") ? size : bound(call.size("end"), size);
        SizeExpr span = end.minus(start).max(SizeExpr.ZERO);
        SizeExpr length = span.plus(SizeExpr.of(step - 1)).floorDividedBy(SizeExpr.of(step));
        return new Part(axis, start, length, step);
    }

    /**
     * A bound as Python has it: negative ones count from the end, and what is outside is moved to the border, as
     * is what no size can be.
     */
    static SizeExpr bound(SizeExpr bound, SizeExpr size) {
        if (bound.isNumber() && bound.number().getAsLong() >= Integer.MAX_VALUE) {
            return size;
        }
        boolean negative = bound.sign().orElse(0) < 0;
        SizeExpr fromFront = negative ? bound.plus(size) : bound;
        return fromFront.max(SizeExpr.ZERO).min(size);
    }

    private static Value slice(AtenCall call) {
        return sliced(call).of(call, call.value("self"));
    }

    private static Part narrowed(AtenCall call) {
        Value self = call.value("self");
        int axis = call.axis(self, call.integer("dim"));
        SizeExpr start = call.size("start");
        SizeExpr fromFront = start.sign().orElse(0) < 0 ? start.plus(call.size(self, axis)) : start;
        return new Part(axis, fromFront, call.size("length"), 1);
    }

    private static Value narrow(AtenCall call) {
        return narrowed(call).of(call, call.value("self"));
    }

    private static Part selected(AtenCall call) {
        Value self = call.value("self");
        int axis = call.axis(self, call.integer("dim"));
        SizeExpr index = call.size("index");
        SizeExpr size = call.size(self, axis);
        SizeExpr fromFront = index.sign().orElse(0) < 0 ? index.plus(size) : index;
        boolean outside = fromFront.sign().orElse(0) < 0
                || size.isNumber()
                        && fromFront.isNumber()
                        && size.minus(fromFront).sign().orElse(1) <= 0;
        if (call.rank(self) == 0 || outside) {
            throw call.malformed("index " + index + " is out of range for dimension " + axis + " of " + self.shape());
        }
        return new Part(axis, fromFront, SizeExpr.ONE, 1);
    }

    private static Value select(AtenCall call) {
        Value self = call.value("self");
        Part part = selected(call);
        if (call.size(self, part.axis()).is(1)) {
            return call.squeeze(self, part.axis());
        }
        SizeExpr index = call.size("index");
        Value at = index.isNumber() ? call.graph().scalar(index) : call.graph().scalar(part.start());
        return call.add("Gather", Attributes.of("axis", part.axis()), self, at);
    }

    private static Value putBack(AtenCall call, Value changed) {
        Part part = selected(call);
        return part.replaced(call, call.value("self"), call.unsqueeze(changed, part.axis()));
    }
}
