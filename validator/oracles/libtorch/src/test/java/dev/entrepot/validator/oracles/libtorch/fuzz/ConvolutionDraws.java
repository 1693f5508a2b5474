package dev.entrepot.validator.oracles.libtorch.fuzz;

import static dev.entrepot.validator.oracles.libtorch.fuzz.Sketch.list;
import static java.util.Map.entry;

import java.util.Map;

/** Convolutions of one to three spatial axes. */
final class ConvolutionDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry("_convolution", s -> general(s, "_convolution", ", False, False, True, True")),
            entry(
                    "_convolution_mode",
                    s -> byMode(s, "_convolution_mode", s.dice().between(1, 3))),
            entry("conv1d", s -> convolution(s, 1)),
            entry("conv2d", s -> convolution(s, 2)),
            entry("conv2d mode", s -> byMode(s, "conv2d", 2)),
            entry("conv3d", s -> convolution(s, 3)),
            entry("conv_tbc", ConvolutionDraws::convTbc),
            entry("conv_transpose1d", s -> transposed(s, 1)),
            entry("conv_transpose2d", s -> transposed(s, 2)),
            entry("conv_transpose3d", s -> transposed(s, 3)),
            entry("convolution", s -> general(s, "convolution", "")));

    private ConvolutionDraws() {}

    /** The attributes of a convolution; {@code spatial} is as large as the dilated kernel at least. */
    private record Window(long[] kernel, long[] stride, long[] padding, long[] dilation, long[] spatial) {
        static Window draw(Sketch s, int rank) {
            long[] kernel = s.sizes(rank, 1, 3);
            long[] dilation = s.dice().chance(60) ? s.sizes(rank, 1, 1) : s.sizes(rank, 1, 3);
            long[] padding = s.dice().chance(40) ? s.sizes(rank, 0, 0) : s.sizes(rank, 0, 2);
            long[] spatial = s.sizes(rank, 1, rank == 3 ? 3 : 5);
            for (int axis = 0; axis < rank; axis++) {
                spatial[axis] += dilation[axis] * (kernel[axis] - 1);
            }
            return new Window(kernel, s.sizes(rank, 1, 3), padding, dilation, spatial);
        }
    }

    private static String convolution(Sketch s, int rank) {
        Window w = Window.draw(s, rank);
        int groups = s.dice().oneOf(1, 1, 2, 3);
        long in = (long) groups * s.dice().between(1, 3);
        long out = (long) groups * s.dice().between(1, 3);
        String x = s.input(image(s, in, w.spatial()));
        String weight = s.weight(Sketch.shape(new long[] {out, in / groups}, w.kernel()));
        String attributes = switch (s.dice().between(0, 3)) {
            case 0 -> groups == 1 ? "" : stated(w) + ", " + groups;
            case 1 -> groups == 1 ? ", stride=" + list(w.stride()) : ", groups=" + groups;
            case 2 ->
                groups == 1
                        ? ", " + list(w.stride()[0]) + ", " + list(w.padding()[0])
                        : ", padding=" + list(w.padding()) + ", groups=" + groups;
            default -> stated(w) + ", " + groups;
        };
        return "torch.conv%dd(%s, %s, %s%s)".formatted(rank, x, weight, s.perhaps(out), attributes);
    }

    private static String stated(Window w) {
        return ", " + list(w.stride()) + ", " + list(w.padding()) + ", " + list(w.dilation());
    }

    /** A batch, or now and then a single item. */
    private static long[] image(Sketch s, long channels, long[] spatial) {
        return s.dice().chance(10)
                ? Sketch.shape(new long[] {channels}, spatial)
                : Sketch.shape(new long[] {s.dice().between(1, 2), channels}, spatial);
    }

    private static String transposed(Sketch s, int rank) {
        Window w = Window.draw(s.notHalf(), rank);
        int groups = s.dice().oneOf(1, 1, 2);
        long in = (long) groups * s.dice().between(1, 3);
        long out = s.dice().between(1, 3);
        long[] more = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            w.padding()[axis] = Math.min(w.padding()[axis], w.dilation()[axis] * (w.kernel()[axis] - 1) / 2);
            more[axis] = s.dice().between(0, (int) Math.max(w.stride()[axis], w.dilation()[axis]) - 1);
        }
        return "torch.conv_transpose%dd(%s, %s, %s, %s, %s, %s, %d, %s)"
                .formatted(
                        rank,
                        s.input(image(s, in, w.spatial())),
                        s.weight(Sketch.shape(new long[] {in, out}, w.kernel())),
                        s.perhaps(out * groups),
                        list(w.stride()),
                        list(w.padding()),
                        list(more),
                        groups,
                        list(w.dilation()));
    }

    private static String general(Sketch s, String name, String more) {
        int rank = s.dice().between(1, 3);
        Window w = Window.draw(s, rank);
        boolean isTransposed = s.dice().chance(40);
        int groups = s.dice().oneOf(1, 1, 2);
        long in = (long) groups * s.dice().between(1, 3);
        long out = (long) groups * s.dice().between(1, 2);
        long[] extra = new long[rank];
        for (int axis = 0; axis < rank && isTransposed; axis++) {
            w.padding()[axis] = Math.min(w.padding()[axis], w.dilation()[axis] * (w.kernel()[axis] - 1) / 2);
            extra[axis] = s.dice().between(0, (int) w.stride()[axis] - 1);
        }
        long[] weight = isTransposed ? new long[] {in, out / groups} : new long[] {out, in / groups};
        return "torch.%s(%s, %s, %s, %s, %s, %s, %s, %s, %d%s)"
                .formatted(
                        name,
                        s.input(Sketch.shape(new long[] {s.dice().between(1, 2), in}, w.spatial())),
                        s.weight(Sketch.shape(weight, w.kernel())),
                        s.perhaps(out),
                        list(w.stride()),
                        list(w.padding()),
                        list(w.dilation()),
                        isTransposed ? "True" : "False",
                        list(extra),
                        groups,
                        more);
    }

    private static String byMode(Sketch s, String name, int rank) {
        Window w = Window.draw(s, rank);
        int groups = s.dice().oneOf(1, 2);
        long in = (long) groups * s.dice().between(1, 2);
        long out = (long) groups * s.dice().between(1, 2);
        boolean isSame = s.dice().chance(60);
        return "torch.%s(%s, %s, %s, %s, \"%s\", %s, %d)"
                .formatted(
                        name,
                        s.input(Sketch.shape(new long[] {s.dice().between(1, 2), in}, w.spatial())),
                        s.weight(Sketch.shape(new long[] {out, in / groups}, w.kernel())),
                        s.perhaps(out),
                        list(isSame ? s.sizes(rank, 1, 1) : w.stride()),
                        isSame ? "same" : "valid",
                        list(w.dilation()),
                        groups);
    }

    private static String convTbc(Sketch s) {
        long in = s.dice().between(1, 3);
        long out = s.dice().between(1, 3);
        return "torch.conv_tbc(%s, %s, %s, %d)"
                .formatted(
                        s.notHalf().input(s.dice().between(3, 6), 2, in),
                        s.weight(s.dice().between(1, 3), in, out),
                        s.weight(out),
                        s.dice().between(0, 2));
    }
}
