package dev.entrepot.importers.torch.operators;

import static dev.entrepot.importers.torch.operators.Entries.many;
import static dev.entrepot.importers.torch.operators.Entries.one;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.SizeExpr;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.Reductions.Kept;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Normalisation by mean and variance, over the batch, over groups of channels, or over the last axes.
 *
 * <p>Source: aten/src/ATen/native/Normalization.cpp, layer_norm.cpp, group_norm.cpp.
 */
final class Normalizations {

    // spotless:off
    static final Map<String, Support> TABLE = Map.ofEntries(
            many("aten::_native_batch_norm_legit.no_stats", Normalizations::nativeBatchNorm),
            many("aten::_native_batch_norm_legit", Normalizations::nativeBatchNorm),
            many("aten::_native_batch_norm_legit_functional", Normalizations::nativeBatchNorm),
            many("aten::_native_batch_norm_legit_no_training", Normalizations::nativeBatchNorm),
            one("aten::batch_norm", Normalizations::batchNorm),
            many("aten::cudnn_batch_norm", Normalizations::nativeBatchNorm),
            one("aten::group_norm", Normalizations::groupNorm),
            one("aten::instance_norm", Normalizations::instanceNorm),
            one("aten::layer_norm", call -> layerNorm(call).get(0)),
            many("aten::native_batch_norm", Normalizations::nativeBatchNorm),
            many("aten::native_group_norm", Normalizations::nativeGroupNorm),
            many("aten::native_layer_norm", Normalizations::layerNorm),
            one("aten::rms_norm", Normalizations::rmsNorm));
    // spotless:on

    private Normalizations() {}

    /** [N, C, ...] -> the same: each channel by the mean and variance that training left, or by those of the batch. */
    private static Value batchNorm(AtenCall call) {
        Value input = call.value("input");
        if (usesBatchStatistics(call)) {
            return byBatch(call, input);
        }
        DataType type = input.dataType();
        return ComputeTypes.arithmetic(type) == type
                ? byRunning(call, input)
                : call.cast(byRunning(call, call.cast(input, ComputeTypes.arithmetic(type))), type);
    }

    private static boolean usesBatchStatistics(AtenCall call) {
        return call.bool("training") || call.isNone("running_mean") || call.isNone("running_var");
    }

    private static Value byRunning(AtenCall call, Value input) {
        DataType type = input.dataType();
        return call.add(
                "BatchNormalization",
                Attributes.of("epsilon", (float) call.real(call.has("eps") ? "eps" : "epsilon")),
                input,
                perChannel(call, input, "weight", 1),
                perChannel(call, input, "bias", 0),
                call.value("running_mean", type),
                call.value("running_var", type));
    }

    private static Value byBatch(AtenCall call, Value input) {
        if (!call.isNone("running_mean")) {
            call.warn("normalises by the batch, as in training; call eval() before saving to use what was learnt");
        }
        int rank = call.rank(input);
        long[] axes = LongStream.range(0, rank).filter(axis -> axis != 1).toArray();
        Value normal = standardized(call, input, axes, call.real(call.has("eps") ? "eps" : "epsilon"));
        return affine(call, normal, LongStream.range(1, rank - 1L).toArray());
    }

    /** {@code (x - mean) / sqrt(variance + eps)}. */
    private static Value standardized(AtenCall call, Value value, long[] axes, double eps) {
        DataType type = value.dataType();
        Value mean = Reductions.reduced(call, "ReduceMean", value, axes, Kept.KEPT);
        Value variance = Reductions.variance(call, value, axes, 0, Kept.KEPT);
        Value deviation = ComputeTypes.computed(
                call, "Sqrt", type, ComputeTypes.computed(call, "Add", type, variance, call.scalar(eps, type)));
        return ComputeTypes.computed(
                call, "Div", type, ComputeTypes.computed(call, "Sub", type, value, mean), deviation);
    }

    /** Times weight plus bias, which get further axes at these places, counted after the first. */
    private static Value affine(AtenCall call, Value value, long[] axes) {
        DataType type = value.dataType();
        Value result = value;
        if (!call.isNone("weight")) {
            result = ComputeTypes.computed(call, "Mul", type, result, widened(call, call.value("weight", type), axes));
        }
        if (!call.isNone("bias")) {
            result = ComputeTypes.computed(call, "Add", type, result, widened(call, call.value("bias", type), axes));
        }
        return result;
    }

    private static Value widened(AtenCall call, Value value, long[] axes) {
        return axes.length == 0 ? value : call.unsqueeze(value, axes);
    }

    private static Value perChannel(AtenCall call, Value input, String name, double absent) {
        return call.isNone(name)
                ? filled(call, call.size(input, 1), absent, input.dataType())
                : call.value(name, input.dataType());
    }

    private static Value filled(AtenCall call, SizeExpr count, double number, DataType type) {
        return count.isNumber()
                ? filled(call, count.number().getAsLong(), number, type)
                : call.add("Expand", call.scalar(number, type), call.vector(List.of(count)));
    }

    private static Value filled(AtenCall call, long count, double number, DataType type) {
        float[] floats = new float[Math.toIntExact(count)];
        java.util.Arrays.fill(floats, (float) number);
        return call.cast(call.constant(Tensor.vector(floats)), type);
    }

    /** The output, and the statistics saved for the backward pass, of which inference has none. */
    private static List<Value> nativeBatchNorm(AtenCall call) {
        Value output = batchNorm(call);
        List<Value> results = new ArrayList<>(List.of(output));
        while (results.size() < call.schema().returns().size()) {
            results.add(call.constant(new Tensor(DataType.FLOAT, Shape.of(0), TensorData.of(new byte[0]))));
        }
        return results;
    }

    /** [N, C, ...] -> the same: each channel of each item by its own mean and variance. */
    private static Value instanceNorm(AtenCall call) {
        Value input = call.value("input");
        if (!call.bool("use_input_stats")) {
            return byRunning(call, input);
        }
        if (input.dataType() == DataType.DOUBLE) {
            int rank = call.rank(input);
            Value normal = standardized(call, input, LongStream.range(2, rank).toArray(), call.real("eps"));
            return affine(call, normal, LongStream.range(1, rank - 1L).toArray());
        }
        Value wide = call.cast(input, ComputeTypes.arithmetic(input.dataType()));
        Value result = call.add(
                "InstanceNormalization",
                Attributes.of("epsilon", (float) call.real("eps")),
                wide,
                perChannel(call, wide, "weight", 1),
                perChannel(call, wide, "bias", 0));
        return call.cast(result, input.dataType());
    }

    /** [N, C, ...] -> the same: each group of channels of each item by its own mean and variance. */
    private static Value groupNorm(AtenCall call) {
        return byGroups(call, call.integer("num_groups"));
    }

    private static Value byGroups(AtenCall call, long groups) {
        Value input = call.value("input");
        Value grouped = grouped(call, input, groups);
        Value normal = input.dataType() == DataType.DOUBLE
                ? standardized(call, grouped, new long[] {2}, call.real("eps"))
                : call.cast(
                        instances(call, call.cast(grouped, ComputeTypes.arithmetic(input.dataType())), groups),
                        input.dataType());
        Value back = call.reshape(normal, call.sizes(input));
        return affine(call, back, LongStream.range(1, call.rank(input) - 1L).toArray());
    }

    private static Value instances(AtenCall call, Value grouped, long groups) {
        return call.add(
                "InstanceNormalization",
                Attributes.of("epsilon", (float) call.real("eps")),
                grouped,
                filled(call, groups, 1, grouped.dataType()),
                filled(call, groups, 0, grouped.dataType()));
    }

    /** [N, C, ...] -> [N, groups, what is left]. */
    private static Value grouped(AtenCall call, Value input, long groups) {
        List<SizeExpr> sizes = call.sizes(input);
        SizeExpr rest = SizeExpr.product(sizes.subList(1, sizes.size())).floorDividedBy(SizeExpr.of(groups));
        return call.reshape(input, List.of(sizes.get(0), SizeExpr.of(groups), rest));
    }

    private static List<Value> nativeGroupNorm(AtenCall call) {
        long groups = call.integer("group");
        Value grouped = grouped(call, call.value("input"), groups);
        DataType type = grouped.dataType();
        Value mean = Reductions.reduced(call, "ReduceMean", grouped, new long[] {2}, Kept.DROPPED);
        Value variance = Reductions.variance(call, grouped, new long[] {2}, 0, Kept.DROPPED);
        Value raised = ComputeTypes.computed(call, "Add", type, variance, call.scalar(call.real("eps"), type));
        Value deviation = ComputeTypes.computed(call, "Sqrt", type, raised);
        return List.of(byGroups(call, groups), mean, ComputeTypes.computed(call, "Reciprocal", type, deviation));
    }

    /** Over the last axes; also gives the mean and the reciprocal of the deviation. */
    private static List<Value> layerNorm(AtenCall call) {
        Value input = call.value("input");
        DataType type = input.dataType();
        Value wide = call.cast(input, ComputeTypes.arithmetic(type));
        long[] shape = call.ints("normalized_shape");
        Value weight =
                call.isNone("weight") ? ones(call, shape, wide.dataType()) : call.value("weight", wide.dataType());
        List<Value> inputs = new ArrayList<>(List.of(wide, weight));
        if (!call.isNone("bias")) {
            inputs.add(call.value("bias", wide.dataType()));
        }
        Attributes attributes = Attributes.of("axis", -shape.length).with("epsilon", (float) call.real("eps"));
        int outputs = call.schema().returns().size();
        return call.add("LayerNormalization", outputs, attributes, inputs).stream()
                .map(output -> call.cast(output, type))
                .toList();
    }

    private static Value ones(AtenCall call, long[] shape, DataType type) {
        long count = LongStream.of(shape).reduce(1, Math::multiplyExact);
        return call.reshape(filled(call, count, 1, type), shape);
    }

    /** {@code x / sqrt(mean(x * x) + eps) * weight} over the last axes; eps is that of the type unless said. */
    private static Value rmsNorm(AtenCall call) {
        Value input = call.value("input");
        DataType type = input.dataType();
        DataType in = type == DataType.DOUBLE ? type : DataType.FLOAT;
        Value x = call.cast(input, in);
        int rank = call.rank(input);
        long[] axes = LongStream.range(rank - call.items("normalized_shape").size(), rank)
                .toArray();
        double eps = call.realOr("eps", in == DataType.DOUBLE ? Math.ulp(1.0) : Math.ulp(1.0f));
        Value square = Reductions.reduced(call, "ReduceMean", call.add("Mul", x, x), axes, Kept.KEPT);
        Value root = call.add("Sqrt", call.add("Add", square, call.scalar(eps, in)));
        Value normal = call.cast(call.add("Div", x, root), type);
        return call.isNone("weight")
                ? normal
                : ComputeTypes.computed(call, "Mul", type, normal, call.value("weight", type));
    }
}
