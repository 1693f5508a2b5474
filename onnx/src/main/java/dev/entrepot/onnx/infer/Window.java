package dev.entrepot.onnx.infer;

import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A window that slides over the spatial axes of [N, C, D1, ...]: what convolutions and pools have in common. */
final class Window {

    private final List<Dim> kernel;
    private final long[] strides;
    private final long[] dilations;
    private final long[] pads;
    private final String autoPad;

    /**
     * Reads the attributes {@code strides}, {@code dilations}, {@code pads} and {@code auto_pad}.
     *
     * @param kernel the window's size along each spatial axis
     */
    Window(Application node, List<? extends Dim> kernel) {
        this.kernel = List.copyOf(kernel);
        int spatial = kernel.size();
        strides = node.perAxis("strides", spatial, 1);
        dilations = node.perAxis("dilations", spatial, 1);
        autoPad = node.attributes().stringOr("auto_pad", "NOTSET");
        pads = autoPad.equals("NOTSET") ? node.perAxis("pads", 2 * spatial, 0) : new long[2 * spatial];
        Application.expectAtLeast(1, "strides", strides);
        Application.expectAtLeast(1, "dilations", dilations);
        Application.expectAtLeast(0, "pads", pads);
        for (Dim size : kernel) {
            if (Sizes.isZero(size)) {
                throw Application.invalid("kernel %s must not be empty", kernel);
            }
        }
    }

    /** The window of a pool: its size is attribute {@code kernel_shape}, and each pad is smaller. */
    static Window ofPool(Application node, int spatial) {
        long[] kernel = node.perAxis("kernel_shape", spatial, 0);
        Application.expectAtLeast(1, "kernel_shape", kernel);
        Window window = new Window(node, Shape.of(kernel).dims());
        for (int i = 0; i < window.pads.length; i++) {
            if (window.pads[i] >= kernel[i % spatial]) {
                throw Application.invalid(
                        "pads %s must each be smaller than the kernel %s",
                        Arrays.toString(window.pads), Arrays.toString(kernel));
            }
        }
        return window;
    }

    /** Whether the window has gaps. */
    boolean dilates() {
        return IntStream.range(0, kernel.size()).anyMatch(i -> dilations[i] != 1 && !Sizes.isOne(kernel.get(i)));
    }

    boolean padsItself() {
        return autoPad.startsWith("SAME");
    }

    /** The number of positions along each spatial axis of x where the whole window fits. */
    List<Dim> positions(Shape x) {
        List<Dim> found = new ArrayList<>();
        for (int i = 0; i < kernel.size(); i++) {
            found.add(positions(i, x.dim(i + 2), 0));
        }
        return found;
    }

    /** Like {@link #positions}, with a partial window at the end where one begins within x or the padding before it. */
    List<Dim> positionsWithPartial(Shape x) {
        List<Dim> found = new ArrayList<>();
        for (int i = 0; i < kernel.size(); i++) {
            found.add(positions(i, x.dim(i + 2), strides[i] - 1));
        }
        return found;
    }

    /** The sizes that a transposed convolution makes of the spatial axes of x. */
    List<Dim> spread(Shape x, long[] outputPadding) {
        List<Dim> found = new ArrayList<>();
        for (int i = 0; i < kernel.size(); i++) {
            found.add(spread(i, x.dim(i + 2), outputPadding[i]));
        }
        return found;
    }

    private Dim positions(int i, Dim in, long partial) {
        if (padsItself()) {
            return in.isKnown()
                    ? Dim.of(Math.addExact(in.size(), strides[i] - 1) / strides[i])
                    : strides[i] == 1 ? in : Dim.UNKNOWN;
        }
        if (!kernel.get(i).isKnown()) {
            return Dim.UNKNOWN;
        }
        long reach = reach(i);
        long padding = padding(i);
        if (!in.isKnown()) {
            return strides[i] == 1 && padding == reach - 1 ? in : Dim.UNKNOWN;
        }
        long padded = Math.addExact(in.size(), padding);
        long last = Math.floorDiv(Math.addExact(Math.subtractExact(padded, reach), partial), strides[i]);
        if (last < 0) {
            throw Application.invalid(
                    "a window that reaches over %s does not fit into size %s with pads %s and %s",
                    reach, in, pads[i], pads[i + kernel.size()]);
        }
        boolean beginsInPadding = partial > 0 && last > 0 && last * strides[i] >= in.size() + pads[i];
        return Dim.of(beginsInPadding ? last : last + 1);
    }

    private Dim spread(int i, Dim in, long outputPadding) {
        if (!kernel.get(i).isKnown()) {
            return Dim.UNKNOWN;
        }
        if (padsItself()) {
            // Where the window does not even reach from one position to the next, ONNX Runtime leaves the gap out at
            // the end.
            return reach(i) + outputPadding >= strides[i] ? Sizes.times(in, strides[i]) : Dim.UNKNOWN;
        }
        long grows = Math.subtractExact(Math.addExact(reach(i), outputPadding), padding(i));
        if (!in.isKnown()) {
            return strides[i] == 1 && grows == 1 ? in : Dim.UNKNOWN;
        }
        long size = Math.addExact(Math.multiplyExact(strides[i], in.size() - 1), grows);
        if (size <= 0) {
            throw Application.invalid("size %s would become %s", in, size);
        }
        return Dim.of(size);
    }

    private long reach(int i) {
        return Math.addExact(Math.multiplyExact(dilations[i], kernel.get(i).size() - 1), 1);
    }

    private long padding(int i) {
        return Math.addExact(pads[i], pads[i + kernel.size()]);
    }
}
