package dev.entrepot.importers.chainer.functions.layers;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;
import static dev.entrepot.importers.chainer.functions.entries.Entries.refuse;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Normalizations. Those called fixed use statistics that were learned, the others those of the batch. Source: chainer/functions/normalization. */
public final class Normalizations {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one(
                    "batch_normalization(x, gamma, beta, *, eps=2e-5, running_mean=None, running_var=None, decay=0.9, axis=None)",
                    Normalizations::batchNormalization),
            one(
                    "batch_renormalization(x, gamma, beta, rmax, dmax, eps=2e-5, running_mean=None, running_var=None, decay=0.9, update_statistics=False)",
                    Normalizations::batchRenormalization),
            one(
                    "fixed_batch_normalization(x, gamma, beta, mean, var, eps=2e-5, axis=None)",
                    Normalizations::fixedBatchNormalization),
            one(
                    "fixed_batch_renormalization(x, gamma, beta, mean, var, eps=2e-5)",
                    Normalizations::fixedBatchRenormalization),
            one(
                    "fixed_decorrelated_batch_normalization(x, mean, projection, groups=16)",
                    Normalizations::fixedDecorrelatedBatchNormalization),
            one("group_normalization(x, groups, gamma, beta, eps=1e-5)", Normalizations::groupNormalization),
            one("layer_normalization(x, gamma, beta, eps=1e-5)", Normalizations::layerNormalization),
            one(
                    "local_response_normalization(x, n=5, k=2, alpha=0.0001, beta=0.75)",
                    Normalizations::localResponseNormalization),
            one("normalize(x, eps=1e-5, axis=1)", Normalizations::normalize),
            refuse(
                    "decorrelated_batch_normalization(x, *, groups=16, eps=2e-5, running_mean=None, running_projection=None, decay=0.9)",
                    "decomposes the covariance of each batch, for which ONNX has no operator; in test mode the link uses its learned projection"));
    // spotless:on

    private Normalizations() {}

    // --- with gamma and beta over some axes

    /** The axes that gamma has. Source: batch_normalization.py, _compute_axis and _compute_key_axis. */
    private static long[] keyAxes(FunctionCall call, Value x, Value gamma, long[] reduced) {
        int rank = call.rank(x);
        if (reduced.length == 0) {
            return LongStream.rangeClosed(1, call.rank(gamma)).toArray();
        }
        long[] axes = LongStream.range(0, rank)
                .filter(axis -> Arrays.stream(reduced).noneMatch(other -> call.axis(x, other) == axis))
                .toArray();
        if (axes.length != call.rank(gamma)) {
            throw call.malformed(
                    "gamma has shape " + gamma.shape() + ", but axis leaves " + axes.length + " axes of " + x.shape());
        }
        return axes;
    }

    private static long[] others(int rank, long[] axes) {
        return LongStream.range(0, rank)
                .filter(axis -> Arrays.stream(axes).noneMatch(other -> other == axis))
                .toArray();
    }

    /** A parameter with axes of size 1 where the array has others. */
    private static Value spread(FunctionCall call, Value parameter, int rank, long[] keyAxes) {
        return call.unsqueeze(parameter, others(rank, keyAxes));
    }

    /** {@code (x - mean) * (gamma / sqrt(var + eps)) + beta}, computed in the parameters' type. Source: batch_normalization.py. */
    private static Value fixedBatchNormalization(FunctionCall call) {
        return fixed(call, call.wholes("axis"));
    }

    private static Value fixedBatchRenormalization(FunctionCall call) {
        return fixed(call, new long[0]);
    }

    private static Value fixed(FunctionCall call, long[] reduced) {
        Value x = call.value("x");
        Value gamma = call.value("gamma");
        long[] keyAxes = keyAxes(call, x, gamma, reduced);
        Value computed = call.cast(x, gamma.dataType());
        Value y;
        if (Arrays.equals(keyAxes, new long[] {1})) {
            y = call.add(
                    "BatchNormalization",
                    Attributes.of("epsilon", (float) call.real("eps")),
                    computed,
                    gamma,
                    call.value("beta"),
                    call.value("mean"),
                    call.value("var"));
        } else {
            int rank = call.rank(x);
            y = normalized(
                    call,
                    computed,
                    spread(call, call.value("mean"), rank, keyAxes),
                    spread(call, call.value("var"), rank, keyAxes),
                    spread(call, gamma, rank, keyAxes),
                    spread(call, call.value("beta"), rank, keyAxes));
        }
        return call.cast(y, x.dataType());
    }

    private static Value normalized(FunctionCall call, Value x, Value mean, Value variance, Value gamma, Value beta) {
        Value deviation = deviation(call, variance);
        Value scaled = call.add("Mul", call.add("Sub", x, mean), call.add("Div", gamma, deviation));
        return call.sized(call.add("Add", scaled, beta), call.sizes(x));
    }

    private static Value deviation(FunctionCall call, Value variance) {
        return call.add("Sqrt", call.add("Add", variance, call.scalarLike(call.real("eps"), variance)));
    }

    /** With the batch's own statistics, also in test mode. Source: batch_normalization.py, BatchNormalization.forward. */
    private static Value batchNormalization(FunctionCall call) {
        Value x = call.value("x");
        Value gamma = call.value("gamma");
        long[] keyAxes = keyAxes(call, x, gamma, call.wholes("axis"));
        int rank = call.rank(x);
        Value computed = call.cast(x, gamma.dataType());
        Value mean = mean(call, computed, others(rank, keyAxes));
        Value variance = variance(call, computed, mean, others(rank, keyAxes));
        Value y = normalized(
                call,
                computed,
                mean,
                variance,
                spread(call, gamma, rank, keyAxes),
                spread(call, call.value("beta"), rank, keyAxes));
        return call.cast(y, x.dataType());
    }

    private static Value mean(FunctionCall call, Value x, long... axes) {
        return call.add("ReduceMean", x, call.vector(axes));
    }

    private static Value variance(FunctionCall call, Value x, Value mean, long... axes) {
        Value apart = call.add("Sub", x, mean);
        return mean(call, call.add("Mul", apart, apart), axes);
    }

    /** Source: batch_renormalization.py, BatchRenormalizationFunction.forward. */
    private static Value batchRenormalization(FunctionCall call) {
        Value x = call.value("x");
        Value gamma = call.value("gamma");
        int rank = call.rank(x);
        long[] keyAxes = keyAxes(call, x, gamma, new long[0]);
        Value computed = call.cast(x, gamma.dataType());
        Value mean = mean(call, computed, others(rank, keyAxes));
        Value deviation = deviation(call, variance(call, computed, mean, others(rank, keyAxes)));
        Value runningMean = spread(call, call.value("running_mean"), rank, keyAxes);
        Value runningDeviation = deviation(call, spread(call, call.value("running_var"), rank, keyAxes));
        double rmax = call.real("rmax");
        double dmax = call.real("dmax");
        Value r = clip(call, call.add("Div", deviation, runningDeviation), 1 / rmax, rmax);
        Value d = clip(call, call.add("Div", call.add("Sub", mean, runningMean), runningDeviation), -dmax, dmax);
        Value hat = call.add("Div", call.add("Sub", computed, mean), deviation);
        Value renormalized = call.add("Add", call.add("Mul", hat, r), d);
        Value y = call.add(
                "Add",
                call.add("Mul", spread(call, gamma, rank, keyAxes), renormalized),
                spread(call, call.value("beta"), rank, keyAxes));
        return call.cast(call.sized(y, call.sizes(x)), x.dataType());
    }

    private static Value clip(FunctionCall call, Value value, double low, double high) {
        return call.add("Clip", value, call.scalarLike(low, value), call.scalarLike(high, value));
    }

    /** Source: decorrelated_batch_normalization.py, FixedDecorrelatedBatchNormalization.forward. */
    private static Value fixedDecorrelatedBatchNormalization(FunctionCall call) {
        Value x = call.value("x");
        long groups = call.whole("groups");
        List<SizeExpr> sizes = call.sizes(x);
        long[] swapped = LongStream.range(0, sizes.size()).toArray();
        swapped[0] = 1;
        swapped[1] = 0;
        long channels = call.knownSize(x, 1);
        SizeExpr rest = SizeExpr.product(sizes.subList(2, sizes.size())).times(sizes.get(0));
        Value apart = call.reshape(
                call.transpose(x, swapped), List.of(SizeExpr.of(groups), SizeExpr.of(channels / groups), rest));
        Value centred = call.add("Sub", apart, call.unsqueeze(call.value("mean"), 2));
        Value projected = call.add("MatMul", call.value("projection"), centred);
        List<SizeExpr> back = new ArrayList<>(sizes);
        back.set(0, sizes.get(1));
        back.set(1, sizes.get(0));
        return call.transpose(call.reshape(projected, back), swapped);
    }

    // --- within one example

    /** Source: group_normalization.py, GroupNormalization.forward. */
    private static Value groupNormalization(FunctionCall call) {
        Value x = call.value("x");
        Value gamma = call.value("gamma");
        long groups = call.whole("groups");
        List<SizeExpr> sizes = call.sizes(x);
        if (sizes.get(1).isNumber() && sizes.get(1).number().getAsLong() % groups != 0) {
            throw call.malformed("x has " + sizes.get(1) + " channels, which groups = " + groups + " does not divide");
        }
        DataType type = x.dataType() == DataType.FLOAT16 ? gamma.dataType() : x.dataType();
        SizeExpr inner = SizeExpr.product(sizes.subList(1, sizes.size()))
                .exactQuotient(SizeExpr.of(groups))
                .orElseThrow(() ->
                        call.unsupported("the number of channels must be known; give the input's sizes as numbers"));
        Value grouped = call.reshape(call.cast(x, type), List.of(sizes.get(0), SizeExpr.of(groups), inner));
        Value one = call.cast(call.constant(filled(groups, 1)), type);
        Value zero = call.cast(call.constant(filled(groups, 0)), type);
        Attributes epsilon = Attributes.of("epsilon", (float) call.real("eps"));
        Value hat = call.reshape(call.add("InstanceNormalization", epsilon, grouped, one, zero), sizes);
        long[] trailing = LongStream.range(1, sizes.size() - 1L).toArray();
        Value scaled = call.add("Mul", hat, call.unsqueeze(call.cast(gamma, type), trailing));
        return call.cast(call.add("Add", scaled, call.unsqueeze(call.value("beta", type), trailing)), x.dataType());
    }

    private static Tensor filled(long count, float number) {
        float[] numbers = new float[Math.toIntExact(count)];
        Arrays.fill(numbers, number);
        return Tensor.of(Shape.of(count), numbers);
    }

    /** Source: layer_normalization.py, LayerNormalization._compute. */
    private static Value layerNormalization(FunctionCall call) {
        Value x = call.value("x");
        if (call.rank(x) != 2) {
            throw call.malformed("x has shape " + x.shape() + ", expected 2 axes");
        }
        Attributes attributes = Attributes.of("axis", 1).with("epsilon", (float) call.real("eps"));
        return call.add("LayerNormalization", attributes, x, call.value("gamma"), call.value("beta"));
    }

    /**
     * Chainer does not divide alpha by the window's size, ONNX does; the window reaches n // 2 to either side, so an even n counts as the
     * next odd one. Source: local_response_normalization.py, forward_cpu.
     */
    private static Value localResponseNormalization(FunctionCall call) {
        Value x = call.value("x");
        long size = call.whole("n") / 2 * 2 + 1;
        Attributes attributes = Attributes.of("size", size)
                .with("bias", (float) call.real("k"))
                .with("alpha", (float) (call.real("alpha") * size))
                .with("beta", (float) call.real("beta"));
        if (call.rank(x) == 4) {
            return call.add("LRN", attributes, x);
        }
        List<SizeExpr> sizes = call.sizes(x);
        SizeExpr rest = SizeExpr.product(sizes.subList(2, sizes.size()));
        Value image = call.reshape(x, List.of(sizes.get(0), sizes.get(1), rest, SizeExpr.ONE));
        return call.reshape(call.add("LRN", attributes, image), sizes);
    }

    /** eps is added to the norm. Source: l2_normalization.py, NormalizeL2.forward. */
    private static Value normalize(FunctionCall call) {
        Value x = call.value("x");
        Value norm = call.add("ReduceL2", x, call.vector(call.axes(x, "axis")));
        return call.add("Div", x, call.add("Add", norm, call.scalarLike(call.real("eps"), norm)));
    }
}
