package dev.entrepot.validator.oracles.libtorch.fuzz;

import static dev.entrepot.validator.oracles.libtorch.fuzz.Sketch.list;
import static java.util.Map.entry;

import java.util.Arrays;
import java.util.Map;

/** Normalisations over batches, channels, groups and last axes. */
final class NormalizationDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry("_native_batch_norm_legit_no_training", NormalizationDraws::legitNoTraining),
            entry("batch_norm", NormalizationDraws::batchNorm),
            entry("group_norm", NormalizationDraws::groupNorm),
            entry("instance_norm", NormalizationDraws::instanceNorm),
            entry("layer_norm", NormalizationDraws::layerNorm),
            entry("native_batch_norm", NormalizationDraws::nativeBatchNorm),
            entry("native_group_norm", NormalizationDraws::nativeGroupNorm),
            entry("native_layer_norm", NormalizationDraws::nativeLayerNorm),
            entry("rms_norm", NormalizationDraws::rmsNorm),
            entry("_weight_norm", NormalizationDraws::weightNorm));

    private NormalizationDraws() {}

    private static long[] image(Sketch s, int least) {
        return s.sizes(s.dice().between(least, 5), 1, 4);
    }

    private static String statistics(Sketch s, long channels) {
        String affine = s.dice().chance(80) ? s.weight(channels) + ", " + s.weight(channels) : "None, None";
        return affine + ", " + s.weight(channels) + ", " + s.weight(Values.POSITIVE, channels);
    }

    private static String batchNorm(Sketch s) {
        long[] shape = image(s.notHalf(), 2);
        if (s.dice().chance(10)) {
            shape[0] = 3;
            return "torch.batch_norm(%s, %s, None, None, True, 0.1, 1e-05, True)"
                    .formatted(s.input(shape), s.weight(shape[1]) + ", " + s.weight(shape[1]));
        }
        return "torch.batch_norm(%s, %s, False, 0.1, %s, True)"
                .formatted(s.input(shape), statistics(s, shape[1]), s.dice().oneOf("1e-05", "0.001", "0.1"));
    }

    private static String nativeBatchNorm(Sketch s) {
        long[] shape = image(s.notHalf(), 2);
        s.line("y, mean, rstd = torch.native_batch_norm(%s, %s, False, 0.1, 1e-05)"
                .formatted(s.input(shape), statistics(s, shape[1])));
        return "y";
    }

    private static String legitNoTraining(Sketch s) {
        long[] shape = image(s.notHalf(), 2);
        s.line("y, mean, rstd = torch._native_batch_norm_legit_no_training(%s, %s, 0.1, 0.001)"
                .formatted(s.input(shape), statistics(s, shape[1])));
        return "y";
    }

    private static String groupNorm(Sketch s) {
        long[] shape = image(s.notHalf(), 2);
        int groups = s.dice().between(1, 3);
        // Few numbers in a group would be a division of rounding errors.
        shape[1] = (long) groups * s.dice().between(shape.length > 2 ? 1 : 3, 4);
        shape[shape.length - 1] = shape.length > 2 ? 4 : shape[1];
        String affine = s.dice().chance(70) ? s.weight(shape[1]) + ", " + s.weight(shape[1]) : "None, None";
        return "torch.group_norm(%s, %d, %s, %s, True)"
                .formatted(s.input(shape), groups, affine, s.dice().oneOf("1e-05", "0.01"));
    }

    private static String nativeGroupNorm(Sketch s) {
        long per = s.dice().between(1, 3);
        int groups = s.dice().between(1, 3);
        long channels = groups * per;
        return "torch.native_group_norm(%s, %s, %s, 2, %d, 12, %d, 1e-05)"
                .formatted(
                        s.notHalf().input(2, channels, 3, 4),
                        s.perhaps(channels),
                        s.perhaps(channels),
                        channels,
                        groups);
    }

    private static String instanceNorm(Sketch s) {
        long[] shape = image(s.notHalf(), 3);
        shape[shape.length - 1] += 2;
        String affine = s.dice().chance(60) ? s.weight(shape[1]) + ", " + s.weight(shape[1]) : "None, None";
        boolean hasStatistics = s.dice().chance(30);
        String running = hasStatistics ? s.weight(shape[1]) + ", " + s.weight(Values.POSITIVE, shape[1]) : "None, None";
        return "torch.instance_norm(%s, %s, %s, %s, 0.1, 1e-05, True)"
                .formatted(s.input(shape), affine, running, hasStatistics ? "False" : "True");
    }

    private static long[] lastAxes(Sketch s, long[] shape) {
        shape[shape.length - 1] += 1;
        return Arrays.copyOfRange(shape, shape.length - s.dice().between(1, shape.length), shape.length);
    }

    private static String layerNorm(Sketch s) {
        long[] shape = s.notHalf().sizes(s.dice().between(1, 4), 1, 4);
        long[] last = lastAxes(s, shape);
        String x = s.input(shape);
        return s.dice()
                .oneOf(
                        "torch.layer_norm(" + x + ", " + list(last) + ")",
                        "torch.layer_norm(%s, %s, %s, %s, 1e-06)"
                                .formatted(x, list(last), s.weight(last), s.weight(last)),
                        "torch.layer_norm(%s, %s, %s, None)".formatted(x, list(last), s.weight(last)),
                        "torch.layer_norm(%s, %s, None, None, 0.01, False)".formatted(x, list(last)));
    }

    private static String nativeLayerNorm(Sketch s) {
        long[] shape = s.notHalf().sizes(s.dice().between(1, 4), 1, 4);
        long[] last = lastAxes(s, shape);
        return "torch.native_layer_norm(%s, %s, %s, %s, 1e-05)"
                .formatted(s.input(shape), list(last), s.perhaps(last), s.perhaps(last));
    }

    private static String rmsNorm(Sketch s) {
        long[] shape = s.notHalf().sizes(s.dice().between(1, 4), 1, 4);
        long[] last = lastAxes(s, shape);
        return "torch.rms_norm(%s, %s, %s, %s)"
                .formatted(s.input(shape), list(last), s.perhaps(last), s.dice().oneOf("None", "1e-05"));
    }

    private static String weightNorm(Sketch s) {
        return "torch._weight_norm(%s, %s, 0)"
                .formatted(s.notHalf().weight(3, 2, 4), s.weight(Values.POSITIVE, 3, 1, 1));
    }
}
