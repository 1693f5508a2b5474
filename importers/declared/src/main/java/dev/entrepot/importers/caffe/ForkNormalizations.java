package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
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
        boolean hasStatistics = layer.blobCount() != 2 && !parameters.has("bn_mode") && !parameters.has("scale_filler");
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
}
