package dev.entrepot.onnx.opset;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Normalisations and softmax. */
final class Normalisations {

    private Normalisations() {}

    /** BatchNormalization 7 to 9: statistics of every activation of its own are gone. */
    static void batchPerChannel(Node node, Rewrite to) {
        requireInference(node, to);
        Attributes attributes = node.attributes().without("spatial");
        if (node.attributes().intOr("spatial", 1) == 1) {
            to.finish(attributes);
            return;
        }
        Value x = node.input(0);
        Value variance = to.add("Add", node.input(4), to.scalarLike(x, attributes.floatOr("epsilon", 1e-5f)));
        Value deviation = to.add("Sqrt", variance);
        Value normal = to.add("Div", to.add("Sub", x, node.input(3)), deviation);
        Value scaled = to.add("Mul", normal, node.input(1));
        to.finish(
                "Add",
                Attributes.NONE,
                List.of(scaled, node.input(2)),
                List.of(node.outputs().get(0)));
    }

    /** BatchNormalization 9 to 14 and back: training shows in the outputs, or in {@code training_mode}. */
    static void batchInference(Node node, Rewrite to) {
        requireInference(node, to);
        to.finish(
                "BatchNormalization",
                node.attributes().without("training_mode"),
                node.inputs(),
                List.of(node.outputs().get(0)));
    }

    private static void requireInference(Node node, Rewrite to) {
        boolean more = node.outputs().stream()
                .skip(1)
                .anyMatch(output -> !output.isNone() && to.isUsed(node.outputs().indexOf(output)));
        if (more || node.attributes().intOr("training_mode", 0) != 0) {
            throw to.cannot("it is in training mode");
        }
    }

    /** Softmax, LogSoftmax, Hardmax 11 to 13: all axes from one on counted as one. */
    static void softmaxOfOneAxis(Node node, Rewrite to) {
        Value x = node.input(0);
        long axis = node.attributes().intOr("axis", 1);
        Shape shape = to.shape(x);
        if (axis == -1 || shape.ranked() && isAlone(shape, to.axis(axis, x))) {
            to.finish(node.attributes().with("axis", axis));
            return;
        }
        Value flat = to.add("Flatten", Attributes.of("axis", axis), x);
        Value made = to.add(node.op(), Attributes.of("axis", 1), flat);
        to.finish("Reshape", Attributes.NONE, made, to.add("Shape", x));
    }

    /** Softmax, LogSoftmax, Hardmax 13 to 11: the axis must be the last, or all behind it of size 1. */
    static void softmaxOfLastAxes(Node node, Rewrite to) {
        Value x = node.input(0);
        long given = node.attributes().intOr("axis", -1);
        if (given == -1) {
            to.finish(node.attributes().with("axis", -1));
            return;
        }
        long axis = to.axis(given, x);
        if (isAlone(to.shape(x), axis)) {
            to.finish(node.attributes().with("axis", axis));
            return;
        }
        int rank = to.rank(x);
        long[] order = LongStream.range(0, rank).toArray();
        order[(int) axis] = rank - 1;
        order[rank - 1] = axis;
        Value turned = to.add("Transpose", Attributes.of("perm", order), x);
        Value made = to.add(node.op(), Attributes.of("axis", rank - 1), turned.type(), turned);
        to.finish("Transpose", Attributes.of("perm", order), made);
    }

    private static boolean isAlone(Shape shape, long axis) {
        return shape.dims().stream().skip(axis + 1).allMatch(dim -> dim.equals(Dim.of(1)));
    }

    /** LayerNormalization 17 in older words. Source: onnx/defs/nn/defs.cc, its function body. */
    static void layer(Node node, Rewrite to) {
        Value x = node.input(0);
        long axis = node.attributes().intOr("axis", -1);
        long[] axes = {-1};
        if (axis != -1) {
            axes = LongStream.range(to.axis(axis, x), to.rank(x)).toArray();
        }
        DataType type = to.dataType(x);
        Value wide = cast(to, x, stash(node, to, x));
        Attributes reduction = Attributes.of("axes", axes);
        ValueType reduced = reduced(to.shape(x), axes, to.dataType(wide));
        Value mean = to.add("ReduceMean", reduction, reduced, wide);
        Value centered = to.add("Sub", wide, mean);
        Value variance = to.add("ReduceMean", reduction, reduced, to.add("Mul", centered, centered));
        Value shifted =
                to.add("Add", variance, to.scalarLike(wide, node.attributes().floatOr("epsilon", 1e-5f)));
        Value inverse = to.add("Reciprocal", to.add("Sqrt", shifted));
        Value normal = cast(to, to.add("Mul", centered, inverse), type);
        alias(node, to, 1, mean);
        alias(node, to, 2, inverse);
        List<Value> output = List.of(node.outputs().get(0));
        if (node.input(2).isNone()) {
            to.finish("Mul", Attributes.NONE, List.of(normal, node.input(1)), output);
        } else {
            Value scaled = to.add("Mul", normal, node.input(1));
            to.finish("Add", Attributes.NONE, List.of(scaled, node.input(2)), output);
        }
    }

    private static void alias(Node node, Rewrite to, int output, Value value) {
        if (output < node.outputs().size() && !node.outputs().get(output).isNone()) {
            to.add(
                    "Identity",
                    Attributes.NONE,
                    List.of(value),
                    List.of(node.outputs().get(output)));
        }
    }

    /** RMSNormalization 23 in older words. Source: onnx/defs/nn/defs.cc, its function body. */
    static void rootMeanSquare(Node node, Rewrite to) {
        Value x = node.input(0);
        long axis = node.attributes().intOr("axis", -1);
        long[] axes = {-1};
        if (axis != -1) {
            axes = LongStream.range(to.axis(axis, x), to.rank(x)).toArray();
        }
        DataType type = to.dataType(x);
        Value wide = cast(to, x, stash(node, to, x));
        Value square = to.add("Mul", wide, wide);
        Value mean = to.add("ReduceMean", Attributes.NONE, square, to.ints("axes", axes));
        Value shifted =
                to.add("Add", mean, to.scalarLike(wide, node.attributes().floatOr("epsilon", 1e-5f)));
        Value normal = cast(to, to.add("Div", wide, to.add("Sqrt", shifted)), type);
        to.finish("Mul", Attributes.NONE, normal, node.input(1));
    }

    /** GroupNormalization 18, which no longer exists: scale and bias of each group, as InstanceNormalization has them. */
    static void groupOfGroups(Node node, Rewrite to) {
        Value x = node.input(0);
        Value normal = groups(node, to, x, node.input(1), node.input(2));
        to.finish("Reshape", Attributes.NONE, normal, to.add("Shape", x));
    }

    /** GroupNormalization 21, scale and bias of each channel. */
    static void groupOfChannels(Node node, Rewrite to) {
        Value x = node.input(0);
        DataType type = to.dataType(x);
        Value wide = cast(to, x, stash(node, to, x));
        DataType inner = to.dataType(wide);
        Shape count = Shape.of(node.attributes().intOr("num_groups", 1));
        Value ones = to.constant("ones", Numbers.filled(inner, count, 1));
        Value zeros = to.constant("zeros", Numbers.filled(inner, count, 0));
        Value normal = to.add("Reshape", groups(node, to, wide, ones, zeros), to.add("Shape", x));
        long[] perChannel = new long[to.rank(x) - 1];
        Arrays.fill(perChannel, 1);
        perChannel[0] = -1;
        Value shape = to.ints("per_channel", perChannel);
        Value scaled = to.add("Mul", cast(to, normal, type), to.add("Reshape", node.input(1), shape));
        to.finish("Add", Attributes.NONE, scaled, to.add("Reshape", node.input(2), shape));
    }

    private static Value groups(Node node, Rewrite to, Value x, Value scale, Value bias) {
        long count = node.attributes().intOr("num_groups", 1);
        Value grouped = to.add("Reshape", x, to.ints("groups", 0, count, -1));
        Attributes epsilon = Attributes.of("epsilon", node.attributes().floatOr("epsilon", 1e-5f));
        return to.add("InstanceNormalization", epsilon, grouped, scale, bias);
    }

    /** The type in which it is computed: float32 where the input has less, unless it says otherwise. */
    private static DataType stash(Node node, Rewrite to, Value x) {
        DataType type = to.dataType(x);
        return node.attributes().intOr("stash_type", 1) == 1 && type != DataType.DOUBLE ? DataType.FLOAT : type;
    }

    private static Value cast(Rewrite to, Value value, DataType type) {
        return to.dataType(value) == type ? value : to.add("Cast", Attributes.of("to", type.code()), value);
    }

    private static ValueType reduced(Shape shape, long[] axes, DataType type) {
        if (!shape.ranked()) {
            return ValueType.tensor(type, Shape.UNRANKED);
        }
        List<Dim> dims = new ArrayList<>(shape.dims());
        for (long axis : axes) {
            dims.set((int) (axis < 0 ? axis + dims.size() : axis), Dim.of(1));
        }
        return ValueType.tensor(type, Shape.of(dims));
    }

    /** Dropout 10 to 12: {@code ratio} to an input. */
    static void dropoutRatioToInput(Node node, Rewrite to) {
        requireNoMask(node, to);
        Value ratio = to.constant("ratio", Tensor.scalar(node.attributes().floatOr("ratio", 0.5f)));
        to.finish(node.attributes().without("ratio"), node.input(0), ratio);
    }

    /** Dropout 12 to 10: it does nothing when it does not train, so a ratio that is computed is not missed. */
    static void dropoutRatioToAttribute(Node node, Rewrite to) {
        requireNoMask(node, to);
        if (!node.input(2).isNone()
                && to.elements(node.input(2)).stream()
                        .flatMap(training -> training.elements().stream())
                        .noneMatch(training -> training.is(0))) {
            throw to.cannot("training_mode must be constant and false");
        }
        Attributes attributes = node.attributes().without("seed");
        to.finish(
                to.constantOf(node.input(1))
                        .filter(ratio -> ratio.type() == DataType.FLOAT)
                        .map(ratio -> attributes.with("ratio", ratio.toFloats()[0]))
                        .orElse(attributes),
                node.input(0));
    }

    /** Dropout across 10, where the mask's type changed. */
    static void dropoutWithoutMask(Node node, Rewrite to) {
        requireNoMask(node, to);
        to.finish(
                "Dropout",
                node.attributes(),
                node.inputs(),
                List.of(node.outputs().get(0)));
    }

    private static void requireNoMask(Node node, Rewrite to) {
        if (to.isUsed(1)) {
            throw to.cannot("the output mask is used, which means something else before opset 10 and before 12");
        }
    }
}
