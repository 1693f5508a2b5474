package dev.entrepot.validator.oracles.libtorch.fuzz;

import static dev.entrepot.validator.oracles.libtorch.fuzz.Sketch.list;
import static java.util.Map.entry;

import java.util.Map;

/** Padding, and patches of images as columns. */
final class PaddingDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry("col2im", PaddingDraws::col2im),
            entry("constant_pad_nd", PaddingDraws::constant),
            entry("im2col", PaddingDraws::im2col),
            entry("pad", PaddingDraws::pad),
            entry("reflection_pad1d", s -> inner(s, "reflection_pad1d", 1)),
            entry("reflection_pad2d", s -> inner(s, "reflection_pad2d", 2)),
            entry("reflection_pad3d", s -> inner(s, "reflection_pad3d", 3)),
            entry("replication_pad1d", s -> inner(s, "replication_pad1d", 1)),
            entry("replication_pad2d", s -> inner(s, "replication_pad2d", 2)),
            entry("replication_pad3d", s -> inner(s, "replication_pad3d", 3)));

    private PaddingDraws() {}

    private static String constant(Sketch s) {
        long[] shape = s.sizes(s.dice().between(1, 4), 3, 5);
        long[] pads = s.sizes(2 * s.dice().between(1, shape.length), -1, 3);
        return "torch.constant_pad_nd(" + s.input(shape) + ", " + list(pads)
                + s.dice().oneOf("", ", 0.5", ", -3", ", 0") + ")";
    }

    private static String inner(Sketch s, String name, int rank) {
        long[] spatial = s.notHalf().sizes(rank, 3, 5);
        long[] front = s.dice().chance(20) ? new long[] {2} : new long[] {2, 3};
        return "torch." + name + "(" + s.input(Sketch.shape(front, spatial)) + ", " + list(s.sizes(2 * rank, 0, 2))
                + ")";
    }

    private static String pad(Sketch s) {
        int rank = s.dice().between(1, 3);
        long[] shape = Sketch.shape(new long[] {2, 2}, s.notHalf().sizes(rank, 3, 5));
        long[] pads = s.sizes(2 * rank, 0, 2);
        return "torch.pad(%s, %s, %s)"
                .formatted(
                        s.input(shape),
                        list(pads),
                        s.dice()
                                .oneOf(
                                        "\"reflect\"",
                                        "\"replicate\"",
                                        "\"circular\"",
                                        "\"constant\", 1.5",
                                        "\"constant\", None"));
    }

    private static String im2col(Sketch s) {
        long[] kernel = s.notHalf().sizes(2, 1, 3);
        long[] dilation = s.sizes(2, 1, 2);
        return "torch.im2col(%s, %s, %s, %s, %s)"
                .formatted(
                        s.input(2, s.dice().between(1, 3), 6, 5),
                        list(kernel),
                        list(dilation),
                        list(s.sizes(2, 0, 2)),
                        list(s.sizes(2, 1, 2)));
    }

    private static String col2im(Sketch s) {
        long[] kernel = s.notHalf().sizes(2, 1, 3);
        long[] dilation = s.sizes(2, 1, 2);
        long[] padding = s.sizes(2, 0, 1);
        long[] stride = s.sizes(2, 1, 2);
        long[] image = s.sizes(2, 5, 7);
        long blocks = 1;
        for (int axis = 0; axis < 2; axis++) {
            blocks *= (image[axis] + 2 * padding[axis] - dilation[axis] * (kernel[axis] - 1) - 1) / stride[axis] + 1;
        }
        return "torch.col2im(%s, %s, %s, %s, %s, %s)"
                .formatted(
                        s.input(2, 2 * kernel[0] * kernel[1], blocks),
                        list(image),
                        list(kernel),
                        list(dilation),
                        list(padding),
                        list(stride));
    }
}
