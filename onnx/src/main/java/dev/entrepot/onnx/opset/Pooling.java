package dev.entrepot.onnx.opset;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pooling whose output size is rounded up, said with pads at the end where {@code ceil_mode} is not there, or not right.
 *
 * <p>Up to opset 18 runtimes do not agree what an average over a window beyond the pads is divided by; explicit pads and a constant
 * multiplier are right on all. Source: onnx/defs/nn/old.cc, AveragePool 11 and 19; microsoft/onnxruntime#29629.
 */
final class Pooling {

    private Pooling() {}

    /**
     * One spatial axis of a pooling whose size is known.
     *
     * @param size the input's size
     * @param kernel the window's size
     * @param stride the step between windows
     * @param begin the pad before
     * @param end the pad after
     */
    private record Axis(long size, long kernel, long stride, long begin, long end) {

        private long padded() {
            return begin + size + end;
        }

        /** The number of windows; one that would start in the pad after is left out. */
        long windows() {
            long windows = -Math.floorDiv(kernel - padded(), stride) + 1;
            return (windows - 1) * stride >= begin + size ? windows - 1 : windows;
        }

        boolean isRounded() {
            return windows() != (padded() - kernel) / stride + 1;
        }

        /** The pad after that gives as many windows without rounding. */
        long explicitEnd() {
            return Math.max(0, (windows() - 1) * stride + kernel - size - begin);
        }

        /** The elements of a window that lie on the input or its pads. */
        long covered(long window) {
            return Math.min(window * stride + kernel, padded()) - window * stride;
        }
    }

    /** AveragePool down to opset 18. */
    static void averageWithoutCeil(Node node, Rewrite to) {
        requireNoDilations(node, to);
        Attributes attributes = node.attributes().without("ceil_mode", "dilations");
        Optional<List<Axis>> rounded = rounded(node, to);
        if (rounded.isEmpty()) {
            to.finish(attributes);
            return;
        }
        List<Axis> axes = rounded.get();
        Attributes padded = attributes.with("pads", pads(axes));
        double[] factors = factors(axes);
        boolean excluded = attributes.intOr("count_include_pad", 0) == 0;
        if (excluded || Arrays.stream(factors).allMatch(factor -> factor == 1)) {
            to.finish(padded);
            return;
        }
        List<Dim> dims = new ArrayList<>(List.of(Dim.of(1), Dim.of(1)));
        axes.forEach(axis -> dims.add(Dim.of(axis.windows())));
        ValueType type = node.outputs().get(0).type();
        Value averages = to.add("AveragePool", padded, type, node.input(0));
        Value map = to.constant("divisor", Numbers.tensor(to.dataType(node.input(0)), Shape.of(dims), factors));
        to.finish("Mul", Attributes.NONE, averages, map);
    }

    /** MaxPool down to opset 9, LpPool down to opset 17: pads never win a maximum, and add nothing to a norm. */
    static void withoutCeil(Node node, Rewrite to) {
        requireNoDilations(node, to);
        Attributes attributes = node.attributes().without("ceil_mode", "dilations");
        Optional<List<Axis>> rounded = rounded(node, to);
        to.finish(rounded.map(axes -> attributes.with("pads", pads(axes))).orElse(attributes));
    }

    /** MaxPool down to opset 7: there are no indices. */
    static void withoutIndices(Node node, Rewrite to) {
        if (to.isUsed(1)) {
            throw to.cannot("the output Indices came with opset 8");
        }
        to.finish(
                "MaxPool",
                node.attributes().without("storage_order"),
                node.inputs(),
                List.of(node.outputs().get(0)));
    }

    /** The spatial axes, if rounding up gives more windows than rounding down on any. */
    private static Optional<List<Axis>> rounded(Node node, Rewrite to) {
        String autoPad = node.attributes().stringOr("auto_pad", "NOTSET");
        if (node.attributes().intOr("ceil_mode", 0) == 0
                || Set.of("SAME_UPPER", "SAME_LOWER").contains(autoPad)) {
            return Optional.empty();
        }
        Shape shape = to.shape(node.input(0));
        if (!shape.ranked() || shape.dims().stream().skip(2).anyMatch(dim -> !dim.isKnown())) {
            throw to.cannot("ceil_mode needs the sizes of the spatial axes, the shape is " + shape);
        }
        List<Long> kernel = node.attributes().ints("kernel_shape").orElse(List.of());
        int rank = shape.rank() - 2;
        if (kernel.size() != rank) {
            throw to.cannot("kernel_shape " + kernel + " does not fit the input " + shape);
        }
        List<Long> strides = node.attributes().ints("strides").orElse(constant(rank, 1));
        List<Long> pads = node.attributes().ints("pads").orElse(constant(2 * rank, 0));
        List<Axis> axes = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            axes.add(new Axis(shape.dim(i + 2).size(), kernel.get(i), strides.get(i), pads.get(i), pads.get(rank + i)));
        }
        return axes.stream().anyMatch(Axis::isRounded) ? Optional.of(axes) : Optional.empty();
    }

    private static void requireNoDilations(Node node, Rewrite to) {
        List<Long> dilations = node.attributes().ints("dilations").orElse(List.of());
        if (dilations.stream().anyMatch(dilation -> dilation != 1)) {
            throw to.cannot("dilations are " + dilations + ", only 1 is possible");
        }
    }

    private static long[] pads(List<Axis> axes) {
        long[] pads = new long[2 * axes.size()];
        for (int i = 0; i < axes.size(); i++) {
            pads[i] = axes.get(i).begin();
            pads[axes.size() + i] = axes.get(i).explicitEnd();
        }
        return pads;
    }

    /** For each window: its size over the elements that it covers. */
    private static double[] factors(List<Axis> axes) {
        double[] factors = {1};
        for (Axis axis : axes) {
            int windows = Math.toIntExact(axis.windows());
            double[] next = new double[Math.multiplyExact(factors.length, windows)];
            for (int i = 0; i < next.length; i++) {
                next[i] = factors[i / windows] * axis.kernel() / axis.covered(i % windows);
            }
            factors = next;
        }
        return factors;
    }

    private static List<Long> constant(int count, long value) {
        return Collections.nCopies(count, value);
    }
}
