package dev.entrepot.importers.chainer.functions.arrays;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parts of axes as Python's slices have them. Source: CPython, PySlice_AdjustIndices. */
final class Slices {

    private static final SizeExpr BEFORE_ALL = SizeExpr.of(Long.MIN_VALUE);
    private static final SizeExpr BEHIND_ALL = SizeExpr.of(Long.MAX_VALUE);

    private Slices() {}

    /** The elements in all of these parts, by one node. */
    static Value of(FunctionCall call, Value x, List<Brackets.Part> parts) {
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(x));
        List<SizeExpr> starts = new ArrayList<>();
        List<SizeExpr> stops = new ArrayList<>();
        List<SizeExpr> axes = new ArrayList<>();
        List<SizeExpr> steps = new ArrayList<>();
        for (Brackets.Part part : parts) {
            if (part.slice().isAll()) {
                continue;
            }
            Bounds bounds = bounds(call, part.slice(), sizes.get(part.axis()));
            sizes.set(part.axis(), bounds.length);
            starts.add(bounds.start);
            stops.add(bounds.stop);
            axes.add(SizeExpr.of(part.axis()));
            steps.add(SizeExpr.of(bounds.step));
        }
        if (axes.isEmpty()) {
            return x;
        }
        boolean plain = steps.stream().allMatch(step -> step.is(1));
        Value sliced = plain
                ? call.add("Slice", x, call.vector(starts), call.vector(stops), call.vector(axes))
                : call.add("Slice", x, call.vector(starts), call.vector(stops), call.vector(axes), call.vector(steps));
        return call.sized(sliced, sizes);
    }

    /** What ONNX's Slice is told, and how many elements there are. */
    private record Bounds(SizeExpr start, SizeExpr stop, long step, SizeExpr length) {}

    private static Bounds bounds(FunctionCall call, Brackets.Slice slice, SizeExpr size) {
        SizeExpr given = slice.step().orElse(SizeExpr.ONE);
        long step = given.number()
                .orElseThrow(() -> call.unsupported(
                        "the step " + given + " of a slice must be known; give the input's sizes as numbers"));
        if (step == 0) {
            throw call.malformed("a slice's step cannot be zero");
        }
        SizeExpr first = limited(slice.start(), size, step, step > 0 ? SizeExpr.ZERO : size.minus(SizeExpr.ONE));
        SizeExpr last = limited(slice.stop(), size, step, step > 0 ? size : SizeExpr.of(-1));
        SizeExpr span = step > 0 ? last.minus(first) : first.minus(last);
        long stride = Math.abs(step);
        SizeExpr length = span.max(SizeExpr.ZERO).plus(SizeExpr.of(stride - 1)).floorDividedBy(SizeExpr.of(stride));
        if (length.is(0)) {
            return new Bounds(SizeExpr.ZERO, SizeExpr.ZERO, 1, length);
        }
        SizeExpr start = slice.start().isEmpty()
                ? step > 0 ? SizeExpr.ZERO : BEHIND_ALL
                : told(slice.start().get(), first);
        SizeExpr stop = slice.stop().isEmpty()
                ? step > 0 ? BEHIND_ALL : BEFORE_ALL
                : step < 0 && last.is(-1) ? BEFORE_ALL : told(slice.stop().get(), last);
        return new Bounds(start, stop, step, length);
    }

    /** ONNX takes negative bounds as Python does, so a bound that is a number needs no size. */
    private static SizeExpr told(SizeExpr given, SizeExpr limited) {
        return given.isNumber() && !limited.isNumber() ? given : limited;
    }

    private static SizeExpr limited(Optional<SizeExpr> bound, SizeExpr size, long step, SizeExpr absent) {
        if (bound.isEmpty()) {
            return absent;
        }
        SizeExpr given = bound.get();
        if (given.isNumber() && given.number().getAsLong() >= Integer.MAX_VALUE) {
            return step > 0 ? size : size.minus(SizeExpr.ONE);
        }
        boolean negative = given.sign().orElse(0) < 0;
        SizeExpr fromFront = negative ? given.plus(size) : given;
        return step > 0
                ? fromFront.max(SizeExpr.ZERO).min(size)
                : fromFront.max(SizeExpr.of(-1)).min(size.minus(SizeExpr.ONE));
    }
}
