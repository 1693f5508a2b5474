package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.LongStream;

/** Layers that normalise by statistics: stored, of the batch, of a neighbourhood or of a plane. */
final class Normalizations {

    private Normalizations() {}

    /**
     * [N, C, ...] -> [N, C, ...] with stored mean and variance, both divided by the third blob, or multiplied by 0 where that is 0. Without
     * global statistics the batch's own are used. Source: caffe batch_norm_layer.cpp, Forward_cpu.
     */
    static Value batchNorm(LoweringContext layer) {
        Parameters parameters = layer.parameters("batch_norm_param");
        float epsilon = parameters.floatOr("eps", 1e-5f);
        boolean global = parameters.boolOr("use_global_stats", true);
        parameters.floatOr("moving_average_fraction", 0);
        Value x = layer.input(0);
        if (layer.rank(x) < 2) {
            throw layer.malformed("needs a bottom of at least 2 axes, got " + x.shape());
        }
        layer.requireAtMostBlobs(3);
        if (!global) {
            return batchStatistics(layer, x, epsilon);
        }
        long channels = layer.size(x, 1);
        float factor = layer.weightTensor(2, "scale factor", Filler.ZERO, 1).toFloats()[0];
        float scale = factor == 0 ? 0 : 1 / factor;
        float[] ones = new float[Math.toIntExact(channels)];
        Arrays.fill(ones, 1);
        return layer.add(
                "BatchNormalization",
                Attributes.of("epsilon", epsilon),
                x,
                layer.graph().constant("ones", Tensor.vector(ones)),
                layer.graph().constant("zeros", Tensor.vector(new float[ones.length])),
                layer.graph().constant("mean", scaled(layer.weightTensor(0, "mean", Filler.ZERO, channels), scale)),
                layer.graph()
                        .constant("variance", scaled(layer.weightTensor(1, "variance", Filler.ZERO, channels), scale)));
    }

    private static Tensor scaled(Tensor tensor, float scale) {
        float[] values = tensor.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] *= scale;
        }
        return Tensor.vector(values);
    }

    static Value batchStatistics(LoweringContext layer, Value x, float epsilon) {
        long[] axes = LongStream.concat(LongStream.of(0), LongStream.range(2, layer.rank(x)))
                .toArray();
        Value centred = centred(layer, x, axes);
        Value variance = layer.add("ReduceMean", layer.add("Mul", centred, centred), layer.ints(axes));
        Value deviation = layer.add("Sqrt", layer.add("Add", variance, layer.scalar(epsilon)));
        return layer.add("Div", centred, deviation);
    }

    private static Value centred(LoweringContext layer, Value x, long[] axes) {
        return layer.add("Sub", x, layer.add("ReduceMean", x, layer.ints(axes)));
    }

    /** Local response normalisation over [N, C, H, W]. Source: caffe lrn_layer.cpp. */
    static Value lrn(LoweringContext layer) {
        Parameters parameters = layer.parameters("lrn_param");
        long size = parameters.longOr("local_size", 5);
        float alpha = parameters.floatOr("alpha", 1);
        float beta = parameters.floatOr("beta", 0.75f);
        float k = parameters.floatOr("k", 1);
        String region = parameters.enumOr("norm_region", "ACROSS_CHANNELS", "ACROSS_CHANNELS", "WITHIN_CHANNEL");
        Value x = layer.input(0);
        if (size <= 0 || size % 2 == 0) {
            throw layer.malformed("lrn_param.local_size is " + size + ", it must be odd");
        }
        if (layer.rank(x) != 4) {
            throw layer.malformed("needs a bottom of 4 axes, got " + x.shape());
        }
        if (region.equals("WITHIN_CHANNEL")) {
            return withinChannel(layer, x, size, alpha, beta);
        }
        return layer.add(
                "LRN",
                Attributes.of("size", size)
                        .with("alpha", alpha)
                        .with("beta", beta)
                        .with("bias", k),
                x);
    }

    /** {@code x * (1 + alpha * average(x^2))^-beta}; k has no part in it. Source: caffe lrn_layer.cpp, WithinChannelForward. */
    private static Value withinChannel(LoweringContext layer, Value x, long size, float alpha, float beta) {
        Value average = Pooling.averageOfSquare(layer, layer.add("Mul", x, x), size);
        Value power = layer.add("Pow", Arithmetic.affine(layer, average, alpha, 1), layer.scalar(-beta));
        return layer.add("Mul", x, power);
    }

    /**
     * Takes the mean away and divides by the standard deviation plus eps, per channel or across channels. The top has four axes whatever
     * the bottom has. Source: caffe mvn_layer.cpp.
     */
    static Value mvn(LoweringContext layer) {
        Parameters parameters = layer.parameters("mvn_param");
        Value x = fourAxes(layer, layer.input(0));
        long[] axes = parameters.boolOr("across_channels", false) ? new long[] {1, 2, 3} : new long[] {2, 3};
        boolean normalizesVariance = parameters.boolOr("normalize_variance", true);
        float epsilon = parameters.floatOr("eps", 1e-9f);
        Value centred = centred(layer, x, axes);
        if (!normalizesVariance) {
            return centred;
        }
        Value variance = layer.add("ReduceMean", layer.add("Mul", centred, centred), layer.ints(axes));
        Value deviation = layer.add("Add", layer.add("Sqrt", variance), layer.scalar(epsilon));
        return layer.add("Div", centred, deviation);
    }

    private static Value fourAxes(LoweringContext layer, Value x) {
        int rank = layer.rank(x);
        if (rank > 4) {
            throw layer.malformed("needs a bottom of at most 4 axes, got " + x.shape());
        }
        return rank == 4 ? x : layer.add("Unsqueeze", x, layer.ints(Axes.from(rank, 4)));
    }
}
