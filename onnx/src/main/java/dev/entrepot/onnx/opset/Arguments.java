package dev.entrepot.onnx.opset;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Attributes that became inputs, and back: down from there, what is computed cannot be said. */
final class Arguments {

    /** What these give for an axis of one element is that element: reducing nothing is doing nothing. */
    private static final Set<String> IDENTITY_ON_NOTHING =
            Set.of("ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum");

    private Arguments() {}

    /** Squeeze, Unsqueeze, reductions: {@code axes} to input 1. */
    static void axesToInput(Node node, Rewrite to) {
        List<Value> inputs = new ArrayList<>(node.inputs());
        node.attributes().ints("axes").ifPresent(axes -> inputs.add(to.ints("axes", array(axes))));
        to.finish(node.op(), node.attributes().without("axes"), inputs, node.outputs());
    }

    /** Squeeze, Unsqueeze: input 1 to {@code axes}. */
    static void axesToAttribute(Node node, Rewrite to) {
        Attributes attributes = node.input(1).isNone()
                ? node.attributes()
                : node.attributes().with("axes", to.requireLongs(node.input(1), "axes"));
        to.finish(attributes, node.input(0));
    }

    /** Reductions: input 1 to {@code axes}; none, or an empty list, means all axes or, where it is asked for, no axis. */
    static void reducedAxesToAttribute(Node node, Rewrite to) {
        Attributes attributes = node.attributes().without("noop_with_empty_axes");
        long[] axes = node.input(1).isNone() ? new long[0] : to.requireLongs(node.input(1), "axes");
        if (axes.length > 0) {
            to.finish(attributes.with("axes", axes), node.input(0));
        } else if (node.attributes().intOr("noop_with_empty_axes", 0) == 0) {
            to.finish(attributes, node.input(0));
        } else if (IDENTITY_ON_NOTHING.contains(node.op())) {
            to.finish("Identity", Attributes.NONE, node.input(0));
        } else {
            throw to.cannot("no axes and noop_with_empty_axes");
        }
    }

    /** DFT: {@code axis} to input 2. Its default was 1. */
    static void dftAxisToInput(Node node, Rewrite to) {
        Value axis = to.constant("axis", Tensor.scalar(node.attributes().intOr("axis", 1)));
        to.finish(node.attributes().without("axis"), node.input(0), node.input(1), axis);
    }

    /** DFT: input 2 to {@code axis}. Its default is -2. */
    static void dftAxisToAttribute(Node node, Rewrite to) {
        long axis = node.input(2).isNone() ? -2 : to.requireLongs(node.input(2), "axis")[0];
        to.finish(node.attributes().with("axis", to.axis(axis, node.input(0))), node.input(0), node.input(1));
    }

    /** Slice: {@code starts}, {@code ends} and {@code axes} to inputs. */
    static void sliceToInputs(Node node, Rewrite to) {
        List<Value> inputs = new ArrayList<>(node.inputs());
        for (String name : List.of("starts", "ends", "axes")) {
            node.attributes().ints(name).ifPresent(values -> inputs.add(to.ints(name, array(values))));
        }
        to.finish("Slice", Attributes.NONE, inputs, node.outputs());
    }

    /** Slice: inputs to attributes; there are no steps then. */
    static void sliceToAttributes(Node node, Rewrite to) {
        if (!node.input(4).isNone()) {
            long[] steps = to.requireLongs(node.input(4), "steps");
            if (Arrays.stream(steps).anyMatch(step -> step != 1)) {
                throw to.cannot("steps are " + Arrays.toString(steps) + ", only 1 is possible");
            }
        }
        Attributes attributes = Attributes.of("starts", to.requireLongs(node.input(1), "starts"))
                .with("ends", to.requireLongs(node.input(2), "ends"));
        if (!node.input(3).isNone()) {
            attributes = attributes.with("axes", to.requireLongs(node.input(3), "axes"));
        }
        to.finish(attributes, node.input(0));
    }

    /** Split: {@code split} to input 1. */
    static void splitToInput(Node node, Rewrite to) {
        List<Value> inputs = new ArrayList<>(node.inputs());
        node.attributes().ints("split").ifPresent(sizes -> inputs.add(to.ints("split", array(sizes))));
        to.finish("Split", node.attributes().without("split"), inputs, node.outputs());
    }

    /** Split: input 1 to {@code split}. */
    static void splitToAttribute(Node node, Rewrite to) {
        Attributes attributes = node.input(1).isNone()
                ? node.attributes()
                : node.attributes().with("split", to.requireLongs(node.input(1), "split"));
        to.finish(attributes, node.input(0));
    }

    /** Split into equal parts must say into how many. */
    static void splitCounted(Node node, Rewrite to) {
        to.finish(
                node.input(1).isNone()
                        ? node.attributes().with("num_outputs", node.outputs().size())
                        : node.attributes());
    }

    /** Split: without {@code num_outputs} equal parts are counted by the outputs, and unequal ones must be told. */
    static void splitUncounted(Node node, Rewrite to) {
        Attributes attributes = node.attributes().without("num_outputs");
        int parts = node.outputs().size();
        Shape shape = to.shape(node.input(0));
        long axis = shape.ranked() ? to.axis(attributes.intOr("axis", 0), node.input(0)) : 0;
        if (!node.input(1).isNone() || !shape.ranked() || !shape.dim((int) axis).isKnown()) {
            to.finish(attributes);
            return;
        }
        long size = shape.dim((int) axis).size();
        if (size % parts == 0) {
            to.finish(attributes);
            return;
        }
        long[] sizes = new long[parts];
        Arrays.fill(sizes, (size + parts - 1) / parts);
        sizes[parts - 1] = size - (parts - 1) * sizes[0];
        to.finish(attributes, node.input(0), to.ints("split", sizes));
    }

    /** TopK: {@code k} to input 1. */
    static void topKToInput(Node node, Rewrite to) {
        Value k = to.ints("k", node.attributes().intOr("k", 0));
        to.finish(node.attributes().without("k"), node.input(0), k);
    }

    /** TopK: input 1 to {@code k}. */
    static void topKToAttribute(Node node, Rewrite to) {
        to.finish(node.attributes().with("k", to.requireLongs(node.input(1), "k")[0]), node.input(0));
    }

    /** TopK: only the largest, sorted. The smallest are the largest of the negatives. */
    static void topKLargest(Node node, Rewrite to) {
        Attributes attributes = node.attributes().without("largest", "sorted");
        long axis = attributes.intOr("axis", -1);
        if (axis < -1) {
            attributes = attributes.with("axis", to.axis(axis, node.input(0)));
        }
        if (node.attributes().intOr("largest", 1) == 1) {
            to.finish(attributes, node.input(0), node.input(1));
            return;
        }
        Value least = to.fresh(node.outputs().get(0));
        Value indices = node.outputs().size() > 1 ? node.outputs().get(1) : Value.NONE;
        Value unwanted = indices.isNone() ? Value.NONE.withName(least.name() + "/indices") : indices;
        to.add("TopK", attributes, List.of(to.add("Neg", node.input(0)), node.input(1)), List.of(least, unwanted));
        to.finish("Neg", Attributes.NONE, List.of(least), List.of(node.outputs().get(0)));
    }

    /** Pad: {@code pads} and {@code value} to inputs. */
    static void padToInputs(Node node, Rewrite to) {
        List<Value> inputs = new ArrayList<>(node.inputs());
        node.attributes().ints("pads").ifPresent(pads -> inputs.add(to.ints("pads", array(pads))));
        float value = node.attributes().floatOr("value", 0);
        if (value != 0) {
            inputs.add(to.scalarLike(node.input(0), value));
        }
        to.finish("Pad", node.attributes().without("pads", "value"), inputs, node.outputs());
    }

    /** Pad: inputs to {@code pads} and {@code value}. */
    static void padToAttributes(Node node, Rewrite to) {
        Attributes attributes = node.attributes().with("pads", to.requireLongs(node.input(1), "pads"));
        if (!node.input(2).isNone()) {
            Tensor value = to.requireConstant(node.input(2), "constant_value");
            if (value.type() != DataType.FLOAT && value.type() != DataType.DOUBLE) {
                throw to.cannot("constant_value is " + value.type().numpyName() + ", float32 or float64 is possible");
            }
            attributes = attributes.with("value", value.toFloats()[0]);
        }
        to.finish(attributes, node.input(0));
    }

    /** Pad: the axes that are padded are all, in order. */
    static void padAllAxes(Node node, Rewrite to) {
        if (node.input(3).isNone()) {
            to.finish(node.attributes(), node.input(0), node.input(1), node.input(2));
            return;
        }
        long[] axes = to.requireLongs(node.input(3), "axes");
        long[] pads = to.requireLongs(node.input(1), "pads");
        int rank = to.rank(node.input(0));
        long[] all = new long[2 * rank];
        for (int i = 0; i < axes.length; i++) {
            int axis = (int) to.axis(axes[i], node.input(0));
            all[axis] = pads[i];
            all[rank + axis] = pads[axes.length + i];
        }
        to.finish(node.attributes(), node.input(0), to.ints("pads", all), node.input(2));
    }

    /** Pad: wrapping came with opset 19. */
    static void padWithoutWrap(Node node, Rewrite to) {
        if (node.attributes().stringOr("mode", "constant").equals("wrap")) {
            throw to.cannot("mode \"wrap\" came with opset 19");
        }
        to.finish(node.attributes());
    }

    /** Shape of some axes is a slice of the shape. */
    static void shapeOfAll(Node node, Rewrite to) {
        long start = node.attributes().intOr("start", 0);
        if (start == 0 && node.attributes().get("end").isEmpty()) {
            to.finish(Attributes.NONE);
            return;
        }
        long end = node.attributes().intOr("end", Integer.MAX_VALUE);
        Value all = to.add("Shape", node.input(0));
        to.finish("Slice", Attributes.NONE, all, to.ints("start", start), to.ints("end", end), to.ints("axes", 0));
    }

    /** Reshape: a 0 that means no elements came with opset 14. */
    static void reshapeWithoutZero(Node node, Rewrite to) {
        boolean zeroCounts = node.attributes().intOr("allowzero", 0) != 0
                && to.longs(node.input(1))
                        .filter(shape -> Arrays.stream(shape).noneMatch(size -> size == 0))
                        .isEmpty();
        if (zeroCounts) {
            throw to.cannot("allowzero, and the new shape may hold a 0");
        }
        to.finish(node.attributes().without("allowzero"));
    }

    /** DepthToSpace by columns first, as a transpose. */
    static void depthToSpace(Node node, Rewrite to) {
        if (node.attributes().stringOr("mode", "DCR").equals("DCR")) {
            to.finish(node.attributes().without("mode"));
            return;
        }
        Shape shape = to.shape(node.input(0));
        if (!shape.ranked() || shape.dims().stream().skip(1).anyMatch(dim -> !dim.isKnown())) {
            throw to.cannot("mode \"CRD\" needs the sizes of channels, height and width, the shape is " + shape);
        }
        long b = node.attributes().intOr("blocksize", 1);
        long channels = shape.dim(1).size() / (b * b);
        Dim height = shape.dim(2);
        Dim width = shape.dim(3);
        Value blocks =
                to.add("Reshape", node.input(0), to.ints("blocks", 0, channels, b, b, height.size(), width.size()));
        Value ordered = to.add("Transpose", Attributes.of("perm", 0, 1, 4, 2, 5, 3), blocks);
        to.finish(
                "Reshape",
                Attributes.NONE,
                ordered,
                to.ints("shape", 0, channels, height.size() * b, width.size() * b));
    }

    private static long[] array(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
