package dev.entrepot.importers.torch.operators.layers;

import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.Amounts;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.Precision;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Normalizations: {@code (x - mean) / sqrt(variance + eps) * weight + bias}, which differ in what the mean is taken over.
 *
 * <p>Source: aten/src/ATen/native/Normalization.cpp, layer_norm.cpp, group_norm.cpp, WeightNorm.cpp.
 */
public final class Normalizations {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            many("aten::_batch_norm_impl_index", Normalizations::batchNormResults),
            many("aten::_batch_norm_no_update", Normalizations::batchNormResults),
            many("aten::_native_batch_norm_legit", Normalizations::batchNormResults),
            many("aten::_native_batch_norm_legit_functional", Normalizations::batchNormResults),
            many("aten::_native_batch_norm_legit_no_training", Normalizations::batchNormResults),
            one("aten::_weight_norm", Normalizations::weightNorm),
            many("aten::_weight_norm_interface", Normalizations::weightNormInterface),
            one("aten::batch_norm", Normalizations::batchNorm),
            many("aten::cudnn_batch_norm", Normalizations::batchNormResults),
            one("aten::group_norm", Normalizations::groupNorm),
            one("aten::instance_norm", Normalizations::instanceNorm),
            one("aten::layer_norm", Normalizations::layerNorm),
            many("aten::miopen_batch_norm", Normalizations::batchNormResults),
            many("aten::native_batch_norm", Normalizations::batchNormResults),
            many("aten::native_group_norm", Normalizations::nativeGroupNorm),
            many("aten::native_layer_norm", Normalizations::nativeLayerNorm),
            one("aten::norm_except_dim", Normalizations::normExceptDim),
            one("aten::rms_norm", Normalizations::rmsNorm));
    // spotless:on

    private Normalizations() {}

    // --- over the batch

    /** input [N, C, ...]. */
    private static Value batchNorm(AtenCall call) {
        return isTraining(call) ? ofBatch(call) : ofRunning(call);
    }

    /** With the statistics of the batch, as many results as the operator has; those that only training needs are empty. */
    private static List<Value> batchNormResults(AtenCall call) {
        Value input = call.value("input");
        List<Value> results = new ArrayList<>(List.of(batchNorm(call)));
        if (isTraining(call)) {
            Value x = computable(call, input);
            long[] axes = allBut(call, input, 1);
            results.add(call.cast(call.squeeze(mean(call, x, axes), axes), input.dataType()));
            Value reciprocal = call.add("Reciprocal", deviation(call, x, axes, eps(call)));
            results.add(call.cast(call.squeeze(reciprocal, axes), input.dataType()));
        }
        Value empty = call.constant(new Tensor(input.dataType(), Shape.of(0), TensorData.of(new byte[0])));
        while (results.size() < call.schema().returns().size()) {
            results.add(empty);
        }
        return results;
    }

    private static boolean isTraining(AtenCall call) {
        return call.bool("training") || call.isNone("running_mean");
    }

    private static double eps(AtenCall call) {
        return call.real(call.has("epsilon") ? "epsilon" : "eps");
    }

    /** Statistics of float16 models are mostly float32, which ONNX allows beside a float16 input. */
    private static Value ofRunning(AtenCall call) {
        Value input = call.value("input");
        if (call.rank(input) < 2) {
            throw call.malformed("input has shape " + input.shape() + ", expected [N, C, ...]");
        }
        List<SizeExpr> channels = List.of(call.size(input, 1));
        DataType type = input.dataType();
        DataType computed = computed(type);
        Value mean = call.value("running_mean");
        List<Value> inputs = new ArrayList<>(List.of(
                call.cast(input, computed),
                orFilled(call, "weight", 1, computed(mean.dataType()), channels),
                orFilled(call, "bias", 0, computed(mean.dataType()), channels),
                mean,
                call.value("running_var")));
        if (computed != DataType.FLOAT16) {
            inputs.replaceAll(each -> call.cast(each, computed));
        }
        Value y = call.add("BatchNormalization", 1, Attributes.of("epsilon", (float) eps(call)), inputs)
                .get(0);
        return call.sized(call.cast(y, type), call.sizes(input));
    }

    /** The type itself where ONNX Runtime normalizes in it, else float32. */
    private static DataType computed(DataType type) {
        return Precision.hasKernels(type) || type == DataType.DOUBLE ? type : Precision.SINGLE;
    }

    private static Value ofBatch(AtenCall call) {
        Value input = call.value("input");
        if (!call.isNone("running_mean")) {
            call.warn("normalizes by the statistics of the batch, as in training; running statistics stay as they are");
        }
        long[] axes = allBut(call, input, 1);
        Value normal = standardized(call, computable(call, input), axes, eps(call));
        return call.cast(affine(call, normal, 1), input.dataType());
    }

    // --- over each item

    /** input [N, C, ...]. */
    private static Value instanceNorm(AtenCall call) {
        Value input = call.value("input");
        if (!call.bool("use_input_stats")) {
            return ofRunning(call);
        }
        List<SizeExpr> channels = List.of(call.size(input, 1));
        if (!Precision.hasKernels(input.dataType())) {
            long[] axes = LongStream.range(2, call.rank(input)).toArray();
            Value normal = standardized(call, computable(call, input), axes, eps(call));
            return call.cast(affine(call, normal, 1), input.dataType());
        }
        Value weight = call.cast(orFilled(call, "weight", 1, input.dataType(), channels), input.dataType());
        Value bias = call.cast(orFilled(call, "bias", 0, input.dataType(), channels), input.dataType());
        Value y = call.add("InstanceNormalization", Attributes.of("epsilon", (float) eps(call)), input, weight, bias);
        return call.sized(y, call.sizes(input));
    }

    /** input [N, C, ...]. */
    private static Value groupNorm(AtenCall call) {
        return groupNorm(call, call.integer("num_groups"));
    }

    private static Value groupNorm(AtenCall call, long groups) {
        Value input = call.value("input");
        List<SizeExpr> sizes = call.sizes(input);
        Value grouped = grouped(call, groups);
        Value normal;
        if (Precision.hasKernels(input.dataType())) {
            List<SizeExpr> count = List.of(SizeExpr.of(groups));
            normal = call.add(
                    "InstanceNormalization",
                    Attributes.of("epsilon", (float) eps(call)),
                    grouped,
                    filled(call, 1, input.dataType(), count),
                    filled(call, 0, input.dataType(), count));
        } else {
            normal = standardized(call, computable(call, grouped), new long[] {2}, eps(call));
        }
        normal = call.sized(normal, call.sizes(grouped));
        return call.cast(affine(call, call.reshape(normal, sizes), 1), input.dataType());
    }

    private static Value grouped(AtenCall call, long groups) {
        Value input = call.value("input");
        List<SizeExpr> sizes = call.sizes(input);
        if (sizes.size() < 2) {
            throw call.malformed("input has shape " + input.shape() + ", expected [N, C, ...]");
        }
        boolean divides = groups > 0
                && sizes.get(1).number().stream().allMatch(channels -> channels % groups == 0)
                && Amounts.count(call, groups) > 0;
        if (!divides) {
            throw call.malformed(sizes.get(1) + " channels cannot be divided into " + groups + " groups");
        }
        SizeExpr within = sizes.get(1).floorDividedBy(SizeExpr.of(groups));
        SizeExpr rest = SizeExpr.product(sizes.subList(2, sizes.size()));
        return call.reshape(input, List.of(sizes.get(0), SizeExpr.of(groups), within.times(rest)));
    }

    /** The normalized input, the means and the reciprocal deviations [N, groups]. */
    private static List<Value> nativeGroupNorm(AtenCall call) {
        long groups = call.integer("group");
        DataType type = call.value("input").dataType();
        Value grouped = computable(call, grouped(call, groups));
        Value mean = mean(call, grouped, 2);
        Value reciprocal = call.add("Reciprocal", deviation(call, grouped, new long[] {2}, eps(call)));
        return List.of(
                groupNorm(call, groups),
                call.cast(call.squeeze(mean, 2), type),
                call.cast(call.squeeze(reciprocal, 2), type));
    }

    /** input [..., normalized_shape]. */
    private static Value layerNorm(AtenCall call) {
        Value input = call.value("input");
        List<SizeExpr> shape = call.sizes("normalized_shape");
        DataType type = input.dataType();
        DataType computed = computed(type);
        Value weight = call.cast(orFilled(call, "weight", 1, computed, shape), computed);
        Value bias = call.optionalValue("bias");
        List<Value> inputs = new ArrayList<>(List.of(call.cast(input, computed), weight));
        if (!bias.isNone()) {
            inputs.add(call.cast(bias, computed));
        }
        Attributes attributes = Attributes.of("axis", -(long) shape.size()).with("epsilon", (float) eps(call));
        Value y = call.add("LayerNormalization", 1, attributes, inputs).get(0);
        return call.sized(call.cast(y, type), call.sizes(input));
    }

    /** The normalized input, the means and the reciprocal deviations; their nodes go if nothing uses them. */
    private static List<Value> nativeLayerNorm(AtenCall call) {
        Value input = call.value("input");
        long[] axes = last(call, input, call.items("normalized_shape").size());
        Value x = computable(call, input);
        Value reciprocal = call.add("Reciprocal", deviation(call, x, axes, eps(call)));
        return List.of(
                layerNorm(call),
                call.cast(mean(call, x, axes), input.dataType()),
                call.cast(reciprocal, input.dataType()));
    }

    /** {@code x / sqrt(mean(x^2) + eps) * weight}. Source: layer_norm.cpp, rms_norm_symint. */
    private static Value rmsNorm(AtenCall call) {
        Value input = call.value("input");
        DataType type = input.dataType();
        DataType computed = type == DataType.DOUBLE ? type : DataType.FLOAT;
        double eps = call.realOr("eps", computed == DataType.DOUBLE ? Math.ulp(1.0) : Math.ulp(1.0F));
        Value x = call.cast(input, computed);
        long[] axes = last(call, input, call.items("normalized_shape").size());
        Value square = call.add("ReduceMean", call.add("Mul", x, x), call.vector(axes));
        Value root = call.add("Sqrt", call.add("Add", square, call.scalar(eps, computed)));
        Value y = call.cast(call.add("Div", x, root), type);
        return call.isNone("weight") ? y : call.add("Mul", y, call.value("weight"));
    }

    // --- of weights

    /** {@code v * (g / norm(v))}, the norm over all axes but {@code dim}. */
    private static Value weightNorm(AtenCall call) {
        return weightNormInterface(call).get(0);
    }

    private static List<Value> weightNormInterface(AtenCall call) {
        DataType type = call.value("v").dataType();
        Value v = computable(call, call.value("v"));
        Value norm = normExcept(call, v, call.integer("dim"));
        Value scale = call.add("Div", call.value("g", v.dataType()), norm);
        return List.of(call.cast(call.add("Mul", v, scale), type), call.cast(norm, type));
    }

    private static Value normExceptDim(AtenCall call) {
        Value v = call.value("v");
        return call.cast(normExcept(call, computable(call, v), call.integer("dim")), v.dataType());
    }

    /** Source: WeightNorm.cpp, norm_except_dim; dimension -1 is the norm over all axes. */
    private static Value normExcept(AtenCall call, Value v, long dim) {
        long power = call.has("pow") ? call.integer("pow") : 2;
        if (power != 2) {
            throw call.unsupported("pow " + power + " is not 2");
        }
        if (dim == -1) {
            return call.add("ReduceL2", Attributes.of("keepdims", 0), v);
        }
        return call.add("ReduceL2", v, call.vector(allBut(call, v, call.axis(v, dim))));
    }

    // --- pieces

    private static Value computable(AtenCall call, Value x) {
        return call.cast(x, computed(x.dataType()));
    }

    private static Value mean(AtenCall call, Value x, long... axes) {
        return call.add("ReduceMean", x, call.vector(axes));
    }

    /** {@code sqrt(variance + eps)}, of the variance over all elements. */
    private static Value deviation(AtenCall call, Value x, long[] axes, double eps) {
        Value centred = call.add("Sub", x, mean(call, x, axes));
        Value variance = mean(call, call.add("Mul", centred, centred), axes);
        return call.add("Sqrt", call.add("Add", variance, call.scalar(eps, x.dataType())));
    }

    private static Value standardized(AtenCall call, Value x, long[] axes, double eps) {
        Value centred = call.add("Sub", x, mean(call, x, axes));
        return call.add("Div", centred, deviation(call, x, axes, eps));
    }

    /** {@code x * weight + bias} along an axis. */
    private static Value affine(AtenCall call, Value x, int axis) {
        long[] after = LongStream.range(1, call.rank(x) - (long) axis).toArray();
        Value result = x;
        if (!call.isNone("weight")) {
            result = call.add("Mul", result, call.cast(call.unsqueeze(call.value("weight"), after), x.dataType()));
        }
        if (!call.isNone("bias")) {
            result = call.add("Add", result, call.cast(call.unsqueeze(call.value("bias"), after), x.dataType()));
        }
        return result;
    }

    private static long[] allBut(AtenCall call, Value x, int axis) {
        return LongStream.range(0, call.rank(x)).filter(each -> each != axis).toArray();
    }

    private static long[] last(AtenCall call, Value x, int count) {
        return LongStream.range(call.rank(x) - (long) count, call.rank(x)).toArray();
    }

    private static Value orFilled(AtenCall call, String name, double number, DataType type, List<SizeExpr> sizes) {
        return call.isNone(name) ? filled(call, number, type, sizes) : call.value(name);
    }

    /** A constant where the sizes are numbers, else nodes that make one. */
    private static Value filled(AtenCall call, double number, DataType type, List<SizeExpr> sizes) {
        Value scalar = call.scalar(number, type);
        if (!sizes.stream().allMatch(SizeExpr::isNumber) || type != DataType.FLOAT) {
            return call.sized(call.add("Expand", scalar, call.vector(sizes)), sizes);
        }
        long[] shape =
                sizes.stream().mapToLong(size -> size.number().orElseThrow()).toArray();
        float[] numbers = new float[Amounts.product(call, shape)];
        Arrays.fill(numbers, (float) number);
        return call.constant(Tensor.of(Shape.of(shape), numbers));
    }
}
