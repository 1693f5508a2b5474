package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.List;

/** Normalising layers that only forks have. */
final class ForkNormalizations {

    private ForkNormalizations() {}

    /**
     * {@code scale * x / sqrt(sum(x^2) + eps)} over the channels of each place, or over all of an item. Source: weiliu89/caffe (ssd)
     * normalize_layer.cpp, Forward_cpu.
     */
    static Value normalize(LoweringContext layer) {
        Parameters parameters = layer.parameters("norm_param");
        Value x = layer.input(0);
        int rank = layer.rank(x);
        if (rank < 2 || rank > 4) {
            throw layer.malformed("needs a bottom of 2 to 4 axes, got " + x.shape());
        }
        layer.requireAtMostBlobs(1);
        boolean acrossSpatial = parameters.boolOr("across_spatial", true);
        boolean shared = parameters.boolOr("channel_shared", true);
        float epsilon = parameters.floatOr("eps", 1e-10f);
        Filler filler = parameters.filler("scale_filler", 1);
        Value unit = overRoot(layer, x, acrossSpatial ? Axes.from(1, rank) : new long[] {1}, epsilon);
        Value scale = shared
                ? layer.weight(0, "scale", filler, new long[0])
                : layer.weight(
                        0,
                        "scale",
                        filler,
                        new long[] {layer.size(x, 1)},
                        Axes.shapeAlong(rank - 1, 0, layer.size(x, 1)));
        return layer.add("Mul", unit, scale);
    }

    /** {@code x / sqrt(sum over channels(x^2) + bias)}. Source: openvinotoolkit/training_toolbox_caffe grn_layer.cpp, Forward_cpu. */
    static Value grn(LoweringContext layer) {
        Parameters parameters = layer.parameters("grn_param");
        float bias = parameters.floatOr("bias", 1e-7f);
        parameters.boolOr("dummy_backward", false);
        return overRoot(layer, layer.input(0), new long[] {1}, bias);
    }

    private static Value overRoot(LoweringContext layer, Value x, long[] axes, float epsilon) {
        Value squares = layer.add("ReduceSumSquare", x, layer.ints(axes));
        Value norm = layer.add("Sqrt", layer.add("Add", squares, layer.scalar(epsilon)));
        return layer.add("Div", x, norm);
    }

    /**
     * Two layers share this name. With four blobs: slope, bias, mean and variance, eps from the parameters. With two: scale and shift, of
     * the batch's own statistics with eps 1e-9, or with {@code bn_mode: INFERENCE} of the bottom itself. Sources: yjxiong/caffe
     * bn_layer.cpp; alexgkendall/caffe-segnet bn_layer.cpp.
     */
    static Value bn(LoweringContext layer) {
        Parameters parameters = layer.parameters("bn_param");
        Value x = layer.input(0);
        boolean infers =
                parameters.enumOr("bn_mode", "LEARN", "LEARN", "INFERENCE").equals("INFERENCE");
        float epsilon = parameters.floatOr("eps", 1e-5f);
        for (String training : List.of("momentum", "frozen")) {
            parameters.has(training);
        }
        if (layer.rank(x) < 2) {
            throw layer.malformed("needs a bottom of at least 2 axes, got " + x.shape());
        }
        boolean looksLikeSegNet = parameters.has("bn_mode") || parameters.has("scale_filler");
        boolean hasStatistics = layer.blobCount() > 2 || layer.blobCount() == 0 && !looksLikeSegNet;
        layer.requireAtMostBlobs(hasStatistics ? 4 : 2);
        long channels = layer.size(x, 1);
        if (hasStatistics) {
            return layer.add(
                    "BatchNormalization",
                    Attributes.of("epsilon", epsilon),
                    x,
                    layer.weight(0, "slope", parameters.filler("slope_filler", 0), channels),
                    layer.weight(1, "bias", parameters.filler("bias_filler", 0), channels),
                    layer.weight(2, "mean", Filler.ZERO, channels),
                    layer.weight(3, "variance", Filler.ZERO, channels));
        }
        Value base = infers ? x : Normalizations.batchStatistics(layer, x, 1e-9f);
        return scaled(layer, base, parameters, channels);
    }

    private static Value scaled(LoweringContext layer, Value x, Parameters parameters, long channels) {
        long[] broadcast = Axes.shapeAlong(layer.rank(layer.input(0)) - 1, 0, channels);
        Value scale = weight(layer, 0, "scale", parameters.filler("scale_filler", 0), channels, broadcast);
        Value shift = weight(layer, 1, "shift", parameters.filler("shift_filler", 0), channels, broadcast);
        return layer.add("Add", layer.add("Mul", x, scale), shift);
    }

    /** SegNet stores [1, C, 1, 1]. */
    private static Value weight(
            LoweringContext layer, int blob, String role, Filler filler, long channels, long[] broadcast) {
        boolean asStored = layer.blobCount() > blob && layer.blobShape(blob).length == 4;
        long[] stored = asStored ? new long[] {1, channels, 1, 1} : new long[] {channels};
        return layer.weight(blob, role, filler, stored, broadcast);
    }

    /**
     * Takes the mean away that training found: of each channel, or with {@code mean_per_pixel} of each element; or the {@code mean} that
     * the parameters give. Crops and distortions are for training. Source: lmb-freiburg/flownet2 data_augmentation_layer.cpp,
     * adjust_blobs, and .cu, Forward_gpu.
     */
    static Value dataAugmentation(LoweringContext layer) {
        Parameters parameters = layer.parameters("augmentation_param");
        List.of("max_multiplier", "write_augmented", "write_mean").forEach(parameters::has);
        Value x = layer.input(0);
        requireUndistorted(layer, parameters, x);
        boolean perPixel = parameters.boolOr("mean_per_pixel", true);
        long iterations = parameters.longOr("recompute_mean", 0);
        List<Float> given = parameters.floats("mean");
        if (iterations <= 0) {
            return given.size() == 3 && !perPixel ? layer.add("Sub", x, perChannel(layer, given)) : x;
        }
        float seen = layer.weightTensor(0, "iteration", Filler.ZERO, 1, 1, 1, 1).toFloats()[0];
        if (seen < iterations) {
            throw layer.unsupported("has seen " + (long) seen + " of the " + iterations
                    + " items that its mean is made of, so each run would change it");
        }
        long channels = layer.size(x, 1);
        Value mean = perPixel
                ? layer.weight(1, "mean", Filler.ZERO, 1, channels, layer.size(x, 2), layer.size(x, 3))
                : layer.weight(2, "mean", Filler.ZERO, 1, channels, 1, 1);
        return layer.add("Sub", x, mean);
    }

    private static void requireUndistorted(LoweringContext layer, Parameters parameters, Value x) {
        if (parameters.boolOr("augment_during_test", false)) {
            throw layer.unsupported("augment_during_test distorts at random");
        }
        if (layer.inputs().size() > 1 || layer.topCount() > 1) {
            throw layer.unsupported("takes or gives the coefficients of a distortion, which are for training");
        }
        boolean crops = parameters.has("crop_width") && parameters.has("crop_height");
        if (crops
                && (layer.size(x, 3) != parameters.longOr("crop_width", 0)
                        || layer.size(x, 2) != parameters.longOr("crop_height", 0))) {
            throw layer.unsupported(
                    "cuts " + parameters.longOr("crop_height", 0) + " * " + parameters.longOr("crop_width", 0)
                            + " out of its bottom, " + x.shape() + "; the same size is known");
        }
    }

    private static Value perChannel(LoweringContext layer, List<Float> mean) {
        float[] values = new float[mean.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = mean.get(i);
        }
        return layer.graph().constant("mean", Tensor.of(Shape.of(1, values.length, 1, 1), values));
    }
}
