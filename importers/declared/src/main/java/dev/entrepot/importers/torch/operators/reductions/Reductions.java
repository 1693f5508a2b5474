package dev.entrepot.importers.torch.operators.reductions;

import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Promotion;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.ComputeTypes;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Sums, means, variances and the like over axes; no axes, or none said, are all of them.
 *
 * <p>Source: aten/src/ATen/native/ReduceOps.cpp, ReduceOpsUtils.h.
 */
public final class Reductions {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::count_nonzero", Reductions::countNonzero),
            one("aten::logsumexp", Reductions::logsumexp),
            one("aten::mean", Reductions::mean),
            one("aten::nanmean", Reductions::nanmean),
            one("aten::nansum", Reductions::nansum),
            one("aten::prod", Reductions::prod),
            one("aten::special_logsumexp", Reductions::logsumexp),
            one("aten::std", call -> call.add("Sqrt", variance(call))),
            many("aten::std_mean", call -> List.of(call.add("Sqrt", variance(call)), meanOf(call, call.value("self")))),
            one("aten::sum", Reductions::sum),
            one("aten::sum_to_size", Reductions::sumToSize),
            one("aten::var", Reductions::variance),
            many("aten::var_mean", call -> List.of(variance(call), meanOf(call, call.value("self")))),
            one("prims::amax", call -> primsReduced(call, "ReduceMax")),
            one("prims::amin", call -> primsReduced(call, "ReduceMin")),
            one("prims::prod", call -> primsReduced(call, "ReduceProd")),
            one("prims::sum", call -> primsReduced(call, "ReduceSum")),
            one("prims::var", Reductions::primsVar),
            one("aten::linalg_vecdot", Reductions::vecdot));
    // spotless:on

    private Reductions() {}

    private static Value sum(AtenCall call) {
        Value self = call.value("self");
        DataType type = call.dtype("dtype").orElse(ComputeTypes.sum(self.dataType()));
        return reduced(call, "ReduceSum", call.cast(self, type), "dim");
    }

    private static Value prod(AtenCall call) {
        Value self = call.value("self");
        DataType type = call.dtype("dtype").orElse(ComputeTypes.sum(self.dataType()));
        return reduced(call, "ReduceProd", call.cast(self, type), "dim");
    }

    private static Value mean(AtenCall call) {
        Value self = call.value("self");
        DataType type = call.dtype("dtype").orElse(self.dataType());
        if (!type.isFloatingPoint()) {
            throw call.malformed("the mean of " + type.numpyName() + " is not defined; give a float dtype");
        }
        return meanOf(call, call.cast(self, type));
    }

    private static Value meanOf(AtenCall call, Value value) {
        return reduced(call, "ReduceMean", value, "dim");
    }

    private static Value nansum(AtenCall call) {
        Value self = call.value("self");
        DataType type = call.dtype("dtype").orElse(ComputeTypes.sum(self.dataType()));
        return reduced(call, "ReduceSum", numbersOnly(call, call.cast(self, type)), "dim");
    }

    private static Value nanmean(AtenCall call) {
        Value self = call.value("self");
        DataType type = call.dtype("dtype").orElse(self.dataType());
        Value value = call.cast(self, type);
        Value count = reduced(call, "ReduceSum", call.cast(call.add("Not", call.add("IsNaN", value)), type), "dim");
        return ComputeTypes.computed(
                call, "Div", type, reduced(call, "ReduceSum", numbersOnly(call, value), "dim"), count);
    }

    private static Value numbersOnly(AtenCall call, Value value) {
        DataType type = value.dataType();
        return type.isFloatingPoint()
                ? call.add("Where", call.add("IsNaN", value), call.scalar(0, type), value)
                : value;
    }

    private static Value logsumexp(AtenCall call) {
        Value self = ComputeTypes.floating(call, "self");
        return reduced(call, "ReduceLogSumExp", self, "dim");
    }

    private static Value countNonzero(AtenCall call) {
        Value nonzero = call.cast(call.value("self", DataType.BOOL), DataType.INT64);
        return reduced(call, "ReduceSum", nonzero, "dim");
    }

    /** Sums over the axes that a smaller shape lacks or has at 1. Source: aten/src/ATen/ExpandUtils.h, sum_to. */
    private static Value sumToSize(AtenCall call) {
        Value self = call.value("self");
        List<SizeExpr> target = call.sizes("size");
        int leading = call.rank(self) - target.size();
        long[] axes = IntStream.range(0, call.rank(self))
                .filter(axis -> axis < leading
                        || target.get(axis - leading).is(1)
                                && !call.size(self, axis).is(1))
                .asLongStream()
                .toArray();
        Value summed = axes.length == 0 ? self : reduced(call, "ReduceSum", self, axes, Kept.KEPT);
        return call.reshape(summed, target);
    }

    /**
     * The sum of squared differences from the mean, over n - correction. Overloads say {@code unbiased} for a correction of 1. Source:
     * aten/src/ATen/native/ReduceOps.cpp, std_var_out.
     */
    private static Value variance(AtenCall call) {
        Value self = call.value("self");
        DataType type = self.dataType();
        if (!type.isFloatingPoint()) {
            throw call.malformed("the variance of " + type.numpyName() + " is not defined");
        }
        double correction = call.has("unbiased") ? call.bool("unbiased") ? 1 : 0 : call.realOr("correction", 1);
        long[] axes = call.axes(self, "dim");
        if (call.rank(self) == 0) {
            return call.scalar(correction == 0 ? 0 : Double.NaN, type);
        }
        return variance(call, self, axes, correction, kept(call));
    }

    /** The variance over axes. */
    static Value variance(AtenCall call, Value value, long[] axes, double correction, Kept kept) {
        DataType type = value.dataType();
        Value mean = reduced(call, "ReduceMean", value, axes, Kept.KEPT);
        Value difference = ComputeTypes.computed(call, "Sub", type, value, mean);
        if (correction == 0) {
            Value square = ComputeTypes.computed(call, "Mul", type, difference, difference);
            return reduced(call, "ReduceMean", square, axes, kept);
        }
        Value sum = reduced(call, "ReduceSumSquare", difference, axes, kept);
        return ComputeTypes.computed(call, "Div", type, sum, degreesOfFreedom(call, value, axes, correction));
    }

    private static Value degreesOfFreedom(AtenCall call, Value value, long[] axes, double correction) {
        DataType type = value.dataType();
        SizeExpr count = SizeExpr.product(Arrays.stream(axes)
                .mapToObj(axis -> call.size(value, (int) axis))
                .toList());
        if (count.isNumber()) {
            return call.scalar(Math.max(0, count.number().getAsLong() - correction), type);
        }
        Value free = ComputeTypes.computed(
                call, "Sub", type, call.cast(call.graph().scalar(count), type), call.scalar(correction, type));
        return ComputeTypes.computed(call, "Max", type, free, call.scalar(0, type));
    }

    /** Whether reduced axes stay, with size 1. */
    public enum Kept {
        KEPT,
        DROPPED
    }

    /** What argument {@code keepdim} says, if there is one. */
    public static Kept kept(AtenCall call) {
        return call.bool("keepdim") ? Kept.KEPT : Kept.DROPPED;
    }

    /** Reduces over the axes of an argument, all where it is not there; keeps them as argument {@code keepdim} says. */
    public static Value reduced(AtenCall call, String op, Value value, String axes) {
        return reduced(call, op, value, call.axes(value, axes), kept(call));
    }

    /** Reduces over axes counted from the front. */
    public static Value reduced(AtenCall call, String op, Value value, long[] axes, Kept kept) {
        DataType type = value.dataType();
        if (call.rank(value) == 0) {
            return scalar(call, op, value);
        }
        Attributes attributes = Attributes.of("keepdims", kept == Kept.KEPT ? 1 : 0);
        Value wide = call.cast(value, ComputeTypes.arithmetic(type));
        return call.cast(call.add(op, attributes, wide, call.vector(axes)), type);
    }

    private static Value scalar(AtenCall call, String op, Value value) {
        return switch (op) {
            case "ReduceL1", "ReduceL2" -> ComputeTypes.computed(call, "Abs", value.dataType(), value);
            case "ReduceSumSquare" -> ComputeTypes.computed(call, "Mul", value.dataType(), value, value);
            default -> value;
        };
    }

    /** A value in float32, or in its own type if that is a float type. */
    public static Value floating(AtenCall call, Value value) {
        return call.cast(value, Promotion.floating(value.dataType()));
    }

    private static Value primsReduced(AtenCall call, String op) {
        Value inp = call.value("inp");
        return reduced(call, op, call.cast(inp, call.dtype("output_dtype").orElse(inp.dataType())), "dims");
    }

    private static Value primsVar(AtenCall call) {
        Value inp = call.value("inp");
        return variance(call, inp, call.axes(inp, "dims"), call.realOr("correction", 1), Kept.DROPPED);
    }

    private static Value vecdot(AtenCall call) {
        DataType type = call.promoted("x", "y");
        Value product = ComputeTypes.computed(call, "Mul", type, call.value("x", type), call.value("y", type));
        long[] axis = {call.axis(product, call.integer("dim"))};
        return reduced(call, "ReduceSum", product, axis, Kept.DROPPED);
    }
}
