package dev.entrepot.importers.chainer.functions.arrays;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;

/** Margins that hold what an axis's first or last elements have in common. Source: numpy/lib/arraypad.py, _get_stats. */
final class PaddingStatistics {

    private PaddingStatistics() {}

    /** One side of an axis, 0 before it and 1 behind. */
    static Value of(FunctionCall call, Value x, int axis, int side, long width) {
        Value elements = elements(call, x, axis, side);
        List<SizeExpr> one = new ArrayList<>(call.sizes(x));
        one.set(axis, SizeExpr.ONE);
        Value statistic = call.sized(
                switch (call.text("mode")) {
                    case "maximum" -> call.add("ReduceMax", elements, call.vector(axis));
                    case "minimum" -> call.add("ReduceMin", elements, call.vector(axis));
                    case "mean" -> call.add("ReduceMean", elements, call.vector(axis));
                    default -> median(call, elements, axis);
                },
                one);
        List<SizeExpr> wide = new ArrayList<>(one);
        wide.set(axis, SizeExpr.of(width));
        return Broadcasting.expanded(call, statistic, wide);
    }

    private static Value elements(FunctionCall call, Value x, int axis, int side) {
        if (!call.has("stat_length")) {
            return x;
        }
        long length = (long) Padding.pairs(call, "stat_length", call.get("stat_length"), call.rank(x))[axis][side];
        if (length < 1) {
            throw call.malformed("stat_length is " + length + ", expected at least 1");
        }
        SizeExpr size = call.size(x, axis);
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(x));
        sizes.set(axis, size.min(SizeExpr.of(length)));
        Value part = side == 0 ? call.slice(x, axis, 0, length) : call.slice(x, axis, -length, Long.MAX_VALUE);
        return call.sized(part, sizes);
    }

    /** The middle one, or the mean of the middle two. */
    private static Value median(FunctionCall call, Value elements, int axis) {
        long size = call.knownSize(elements, axis);
        long above = size / 2 + 1;
        Value sorted = call.add("TopK", 2, Attributes.of("axis", axis), List.of(elements, call.vector(above)))
                .get(0);
        Value high = call.slice(sorted, axis, above - 1, above);
        if (size % 2 == 1) {
            return high;
        }
        Value low = call.slice(sorted, axis, above - 2, above - 1);
        DataType type = elements.dataType();
        return call.add("Mul", call.add("Add", low, high), call.scalar(0.5, type));
    }
}
