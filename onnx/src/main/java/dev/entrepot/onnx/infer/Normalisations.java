package dev.entrepot.onnx.infer;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Normalisations: the output is like the input; here is what the other inputs must be. */
final class Normalisations {

    private Normalisations() {}

    /** BatchNormalization: X [N, C, ...], and scale, B, mean and variance [C]. */
    static void batchNormalization(Application node) {
        Dim channels = channels(node);
        String[] names = {"X", "scale", "B", "input_mean", "input_var"};
        for (int i = 1; i < names.length; i++) {
            channels = expectVector(node, i, names[i], channels);
        }
        node.give(
                channels.isKnown() && node.ranked(0) && node.shape(0).rank() > 1
                        ? node.shape(0).with(1, channels)
                        : node.shape(0));
        for (int i = 1; i < node.outputCount(); i++) {
            node.give(i, node.type(i < 3 ? i + 2 : 0), Shape.of(List.of(channels)));
        }
    }

    /** InstanceNormalization: X [N, C, ...], scale and B [C]. */
    static void instanceNormalization(Application node) {
        Dim channels = channels(node);
        channels = expectVector(node, 1, "scale", channels);
        expectVector(node, 2, "B", channels);
        node.give(node.shape(0));
    }

    /** GroupNormalization: X [N, C, ...], scale and bias of one element for each group (opset 18) or channel (21). */
    static void groupNormalization(Application node) {
        Dim channels = channels(node);
        long groups = node.attributes().intOr("num_groups", 1);
        if (groups < 1 || channels.isKnown() && channels.size() % groups != 0) {
            throw Application.invalid("channels %s are not divisible by num_groups %s", channels, groups);
        }
        node.expectRank(1, 1, "scale");
        node.expectRank(2, 1, "bias");
        for (int i = 1; i < 3; i++) {
            Dim length = node.dim(i, 0);
            if (length.isKnown() && channels.isKnown() && length.size() != groups && !length.equals(channels)) {
                throw Application.invalid(
                        "%s has %s elements, expected num_groups %s or channels %s",
                        i == 1 ? "scale" : "bias", length, groups, channels);
            }
        }
        node.give(node.shape(0));
    }

    /** LayerNormalization: scale and bias broadcast to the axes from {@code axis} on; mean and deviation are 1 there. */
    static void layerNormalization(Application node) {
        node.give(node.shape(0));
        DataType statistics = node.typeAttribute("stash_type", DataType.FLOAT);
        Shape shape = Shape.UNRANKED;
        if (node.ranked(0)) {
            Shape x = node.shape(0);
            int axis = Application.axis(node.attributes().intOr("axis", -1), x.rank());
            Sizes.expectBroadcastsTo(node.shape(1), x, "scale");
            Sizes.expectBroadcastsTo(node.shape(2), x, "bias");
            List<Dim> dims = new ArrayList<>(x.dims().subList(0, axis));
            dims.addAll(Collections.nCopies(x.rank() - axis, Dim.of(1)));
            shape = Shape.of(dims);
        }
        node.give(1, statistics, shape);
        node.give(2, statistics, shape);
    }

    /** Softmax, LogSoftmax, Hardmax, LpNormalization, CumSum: along one axis. */
    static Rules.Rule alongAxis(long defaultAxis) {
        return node -> {
            if (node.ranked(0) && node.shape(0).rank() > 0) {
                Application.axis(
                        node.attributes().intOr("axis", defaultAxis),
                        node.shape(0).rank());
            }
            node.give(node.shape(0));
        };
    }

    private static Dim channels(Application node) {
        // ONNX lets X of one dimension be [N] with one channel.
        if (node.ranked(0) && node.shape(0).rank() == 1) {
            return Dim.of(1);
        }
        node.expectRankAtLeast(0, 2, "X");
        return node.dim(0, 1);
    }

    private static Dim expectVector(Application node, int input, String name, Dim channels) {
        if (!node.has(input)) {
            return channels;
        }
        node.expectRank(input, 1, name);
        return Sizes.same(channels, node.dim(input, 0), "the channels of X and the length of " + name);
    }
}
