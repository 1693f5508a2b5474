package dev.entrepot.onnx.opset;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Counting axes and indices from the end, which came with opset 11. Down from it they are counted from the front. */
final class NegativeAxes {

    private NegativeAxes() {}

    /** ArgMax, ArgMin, Compress, Concat, Flatten, Hardmax, LogSoftmax, Softmax, Split: the axis is one of the first input's. */
    static void axis(Node node, Rewrite to) {
        Optional<Attribute> given = node.attributes().get("axis");
        if (given.isPresent() && given.get() instanceof Attribute.IntValue axis && axis.value() < 0) {
            to.finish(node.attributes().with("axis", to.axis(axis.value(), node.input(0))));
        } else {
            to.finish(node.attributes());
        }
    }

    /** OneHot and TopK knew -1 always, but no other axis from the end. For OneHot it is one of the output's. */
    static void butLast(Node node, Rewrite to) {
        long axis = node.attributes().intOr("axis", -1);
        if (axis >= -1) {
            to.finish(node.attributes());
            return;
        }
        int rank = to.rank(node.input(0)) + (node.op().equals("OneHot") ? 1 : 0);
        to.finish(node.attributes().with("axis", axis + rank));
    }

    /** Reductions and Squeeze: the axes are the first input's. */
    static void axes(Node node, Rewrite to) {
        axes(node, to, 0);
    }

    /** Unsqueeze: the axes are the output's, which has as many more. */
    static void outputAxes(Node node, Rewrite to) {
        axes(node, to, node.attributes().ints("axes").map(List::size).orElse(0));
    }

    private static void axes(Node node, Rewrite to, int more) {
        Optional<List<Long>> axes = node.attributes().ints("axes");
        if (axes.isEmpty() || axes.get().stream().allMatch(axis -> axis >= 0)) {
            to.finish(node.attributes());
            return;
        }
        int rank = to.rank(node.input(0)) + more;
        long[] positive = axes.get().stream()
                .mapToLong(axis -> axis < 0 ? axis + rank : axis)
                .sorted()
                .toArray();
        to.finish(node.attributes().with("axes", positive));
    }

    /** Gather: also the indices may count from the end. */
    static void gather(Node node, Rewrite to) {
        Value data = node.input(0);
        long axis = to.axis(node.attributes().intOr("axis", 0), data);
        Value indices = node.input(1);
        Optional<long[]> known = to.longs(indices);
        if (known.isPresent() && Arrays.stream(known.get()).anyMatch(index -> index < 0)) {
            Shape shape = to.shape(data);
            Dim size = shape.ranked() ? shape.dim((int) axis) : Dim.UNKNOWN;
            if (!size.isKnown()) {
                throw to.cannot(
                        "indices counted from the end of axis " + axis + " need its size, the shape is " + shape);
            }
            long[] positive = Arrays.stream(known.get())
                    .map(index -> index < 0 ? index + size.size() : index)
                    .toArray();
            indices = to.constant("indices", Tensor.of(to.staticShape(indices), positive));
        }
        to.finish(node.attributes().with("axis", axis), data, indices);
    }

    /** ScatterElements: before opset 11 it was called Scatter. */
    static void scatter(Node node, Rewrite to) {
        if (to.longs(node.input(1))
                .filter(all -> Arrays.stream(all).anyMatch(index -> index < 0))
                .isPresent()) {
            throw to.cannot("indices are counted from the end");
        }
        long axis = to.axis(node.attributes().intOr("axis", 0), node.input(0));
        to.finish("Scatter", node.attributes().with("axis", axis), node.inputs(), node.outputs());
    }

    /** Slice, whose axes are an input here. */
    static void slice(Node node, Rewrite to) {
        Optional<long[]> axes = to.longs(node.input(3));
        if (axes.isEmpty() || Arrays.stream(axes.get()).allMatch(axis -> axis >= 0)) {
            to.finish(node.attributes());
            return;
        }
        int rank = to.rank(node.input(0));
        long[] positive = Arrays.stream(axes.get())
                .map(axis -> axis < 0 ? axis + rank : axis)
                .toArray();
        Value all = to.ints("axes", positive);
        Value starts =
                to.longs(node.input(1)).map(values -> to.ints("starts", values)).orElse(node.input(1));
        Value ends =
                to.longs(node.input(2)).map(values -> to.ints("ends", values)).orElse(node.input(2));
        Value steps =
                to.longs(node.input(4)).map(values -> to.ints("steps", values)).orElse(node.input(4));
        to.finish(node.attributes(), node.input(0), starts, ends, all, steps);
    }
}
