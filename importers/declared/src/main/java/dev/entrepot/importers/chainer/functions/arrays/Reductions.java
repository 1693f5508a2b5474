package dev.entrepot.importers.chainer.functions.arrays;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.chainer.functions.entries.ElementTypes;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What becomes of all elements along some axes, or of those so far along one. Source: chainer/functions/math. */
public final class Reductions {

    private static final String MEAN = "(x, axis=None, weights=None, keepdims=False)";
    private static final String REDUCTION = "(x, axis=None, keepdims=False)";

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("argmax(x, axis=None)", call -> place(call, "ArgMax")),
            one("argmin(x, axis=None)", call -> place(call, "ArgMin")),
            one("average" + MEAN, Reductions::average),
            one("batch_l2_norm_squared(x)", Reductions::batchL2NormSquared),
            one("cumprod(x, axis=None)", Reductions::cumprod),
            one("cumsum(x, axis=None)", Reductions::cumsum),
            one("logsumexp(x, axis=None)", call -> reduced(call, "ReduceLogSumExp", 0)),
            one("max" + REDUCTION, call -> reduced(call, "ReduceMax", keepdims(call))),
            one("mean" + MEAN, Reductions::average),
            one("min" + REDUCTION, call -> reduced(call, "ReduceMin", keepdims(call))),
            one("prod" + REDUCTION, Reductions::prod),
            one("sum" + REDUCTION, call -> reduced(call, "ReduceSum", keepdims(call))),
            one("sum_to(x, shape)", Reductions::sumTo));
    // spotless:on

    private Reductions() {}

    private static int keepdims(FunctionCall call) {
        return call.flag("keepdims") ? 1 : 0;
    }

    private static Value reduced(FunctionCall call, String op, int keepdims) {
        Value x = ElementTypes.floats(call, "x");
        return reduced(call, op, x, axes(call, x), keepdims);
    }

    /** Without axes nothing is reduced, which ONNX's operators would understand as all. */
    private static Value reduced(FunctionCall call, String op, Value x, long[] axes, int keepdims) {
        return axes.length == 0 ? x : call.add(op, Attributes.of("keepdims", keepdims), x, call.vector(axes));
    }

    private static long[] axes(FunctionCall call, Value x) {
        long[] axes = call.axes(x, "axis");
        if (Arrays.stream(axes).distinct().count() < axes.length) {
            throw call.malformed("has a duplicate value in axis " + Arrays.toString(axes));
        }
        return axes;
    }

    /** In float32, as runtimes have no product of float64. */
    private static Value prod(FunctionCall call) {
        Value x = ElementTypes.floats(call, "x");
        long[] axes = axes(call, x);
        if (x.dataType() != DataType.DOUBLE || axes.length == 0) {
            return reduced(call, "ReduceProd", x, axes, keepdims(call));
        }
        call.approximation("computed in float32, as runtimes do not have ReduceProd in float64");
        Value product = reduced(call, "ReduceProd", call.cast(x, DataType.FLOAT), axes, keepdims(call));
        return call.cast(product, DataType.DOUBLE);
    }

    /** Weights are as large as x, or have as many elements as its one axis. Source: chainer/functions/math/average.py. */
    private static Value average(FunctionCall call) {
        if (!call.has("weights")) {
            return reduced(call, "ReduceMean", keepdims(call));
        }
        List<Value> operands = ElementTypes.floats(call, "x", "weights");
        Value x = operands.get(0);
        Value weights = operands.get(1);
        long[] axes = axes(call, x);
        if (call.has("axis") && axes.length != 1) {
            throw call.malformed("takes one axis beside weights, got " + Arrays.toString(axes));
        }
        Value sum = reduced(call, "ReduceSum", weights, allAxes(call, weights), 0);
        if (call.has("axis")) {
            List<SizeExpr> sizes = new ArrayList<>(List.of(call.size(x, (int) axes[0])));
            for (long axis = axes[0] + 1; axis < call.rank(x); axis++) {
                sizes.add(SizeExpr.ONE);
            }
            weights = call.reshape(weights, sizes);
        }
        Value weighted = call.add("Mul", x, weights);
        return call.add("Div", reduced(call, "ReduceSum", weighted, axes, keepdims(call)), sum);
    }

    private static long[] allAxes(FunctionCall call, Value value) {
        return LongStream.range(0, call.rank(value)).toArray();
    }

    /** [N, ...] -> [N]. Source: chainer/functions/math/batch_l2_norm_squared.py. */
    private static Value batchL2NormSquared(FunctionCall call) {
        Value x = ElementTypes.floats(call, "x");
        if (call.rank(x) < 2) {
            throw call.malformed("x is " + x.shape() + ", expected two axes or more");
        }
        return reduced(
                call, "ReduceSumSquare", x, LongStream.range(1, call.rank(x)).toArray(), 0);
    }

    /** The first place of the extreme, as int32; in the flat array where there is no axis. Source: chainer/functions/math/minmax.py. */
    private static Value place(FunctionCall call, String op) {
        Value x = sequence(call);
        Value place = call.add(op, Attributes.of("axis", axis(call, x)).with("keepdims", 0), x);
        return call.cast(place, DataType.INT32);
    }

    private static Value cumsum(FunctionCall call) {
        return soFar(call, sequence(call));
    }

    /** x, flat where there is no axis. */
    private static Value sequence(FunctionCall call) {
        Value x = ElementTypes.floats(call, "x");
        return call.has("axis") ? x : call.reshape(x, List.of(SizeExpr.product(call.sizes(x))));
    }

    private static Value soFar(FunctionCall call, Value x) {
        return call.add("CumSum", x, call.scalar(axis(call, x), DataType.INT64));
    }

    private static int axis(FunctionCall call, Value x) {
        return call.has("axis") ? call.axis(x, call.whole("axis")) : 0;
    }

    /** In float64 by the sum of logarithms so far, and the number of negative factors. Source: chainer/functions/math/cumprod.py. */
    private static Value cumprod(FunctionCall call) {
        Value x = sequence(call);
        Value wide = call.cast(x, DataType.DOUBLE);
        Value magnitude = call.add("Exp", soFar(call, call.add("Log", call.add("Abs", wide))));
        Value below = call.cast(call.add("Less", wide, call.scalarLike(0, wide)), DataType.INT64);
        Value odd = call.add("Mod", soFar(call, below), call.scalarLike(2, below));
        Value product = call.add("Where", call.cast(odd, DataType.BOOL), call.add("Neg", magnitude), magnitude);
        return call.cast(product, x.dataType());
    }

    /** The sum over what broadcasting {@code shape} to x would repeat. Source: chainer/utils/array.py, sum_to. */
    private static Value sumTo(FunctionCall call) {
        Value x = call.value("x");
        List<SizeExpr> shape = call.sizes("shape");
        if (call.sizes(x).equals(shape)) {
            return x;
        }
        int leading = call.rank(x) - shape.size();
        if (leading < 0) {
            throw call.malformed("x is " + x.shape() + ", which has fewer axes than the shape to sum to");
        }
        long[] inner = IntStream.range(0, shape.size())
                .filter(axis -> shape.get(axis).equals(SizeExpr.ONE))
                .mapToLong(axis -> axis + leading)
                .toArray();
        DataType type = x.dataType().isFloatingPoint() ? x.dataType() : DataType.INT64;
        Value kept = reduced(call, "ReduceSum", call.cast(x, type), inner, 1);
        return reduced(call, "ReduceSum", kept, LongStream.range(0, leading).toArray(), 0);
    }
}
