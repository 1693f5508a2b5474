package dev.entrepot.onnx.opset;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Comparisons of types that were not yet comparable, and elementwise operators before they broadcast. */
final class Comparisons {

    private static final Set<DataType> EXACT_AS_DOUBLE =
            Set.of(DataType.INT8, DataType.INT16, DataType.INT32, DataType.UINT8, DataType.UINT16, DataType.UINT32);

    private Comparisons() {}

    /** Equal 11 to 7, which knows no floating point: neither less nor greater, and both numbers. */
    static void equal(Node node, Rewrite to) {
        Value a = node.input(0);
        Value b = node.input(1);
        if (!to.dataType(a).isFloatingPoint()) {
            to.finish(node.attributes());
            return;
        }
        Value unequal = to.add("Or", to.add("Less", a, b), to.add("Greater", a, b));
        Value nan = to.add("Or", to.add("IsNaN", a), to.add("IsNaN", b));
        to.finish("Not", Attributes.NONE, to.add("Or", unequal, nan));
    }

    /** IsNaN 9: every number is less than 1 or greater than 0. */
    static void isNaN(Node node, Rewrite to) {
        Value x = node.input(0);
        Value less = to.add("Less", x, to.scalarLike(x, 1));
        to.finish("Not", Attributes.NONE, to.add("Or", less, to.add("Greater", x, to.scalarLike(x, 0))));
    }

    /** Greater and Less 9 to 7, which know floating point only. */
    static void asDouble(Node node, Rewrite to) {
        if (!EXACT_AS_DOUBLE.contains(to.dataType(node.input(0)))) {
            to.finish(node.attributes());
            return;
        }
        Attributes type = Attributes.of("to", DataType.DOUBLE.code());
        to.finish(node.attributes(), to.add("Cast", type, node.input(0)), to.add("Cast", type, node.input(1)));
    }

    /** GreaterOrEqual and LessOrEqual 12. */
    static void orEqual(Node node, Rewrite to) {
        String strict = node.op().equals("GreaterOrEqual") ? "Greater" : "Less";
        Value a = node.input(0);
        Value b = node.input(1);
        to.finish("Or", Attributes.NONE, to.add(strict, a, b), to.add("Equal", a, b));
    }

    /** Max and Min 8 to 6: all inputs must have the output's shape. */
    static void expandAll(Node node, Rewrite to) {
        List<Value> inputs = new ArrayList<>();
        for (Value input : node.inputs()) {
            Shape shape = to.shape(input);
            Shape target = to.shape(node.outputs().get(0));
            boolean same = shape.isStatic() && shape.equals(target);
            inputs.add(same || node.inputs().size() == 1 ? input : Constants.tiled(input, to, target));
        }
        to.finish(node.op(), Attributes.NONE, inputs, node.outputs());
    }

    /** Sum and Mean 8 to 6: by Add, which broadcasts. */
    static void addUp(Node node, Rewrite to) {
        Value sum = node.input(0);
        for (int i = 1; i < node.inputs().size(); i++) {
            sum = to.add("Add", sum, node.input(i));
        }
        if (node.op().equals("Mean")) {
            to.finish(
                    "Div",
                    Attributes.NONE,
                    sum,
                    to.scalarLike(sum, node.inputs().size()));
        } else {
            to.finish("Identity", Attributes.NONE, sum);
        }
    }

    /** Pow 12 to 7: base and exponent are of one type. */
    static void powOfOneType(Node node, Rewrite to) {
        DataType type = to.dataType(node.input(0));
        Value exponent = node.input(1);
        if (to.dataType(exponent) != type) {
            exponent = to.add("Cast", Attributes.of("to", type.code()), exponent);
        }
        to.finish(node.attributes(), node.input(0), exponent);
    }

    /** CastLike 15. */
    static void castLike(Node node, Rewrite to) {
        DataType type = to.dataType(node.input(1));
        to.finish("Cast", Attributes.of("to", type.code()), node.input(0));
    }

    /** Cast and CastLike across 19 and 24: what they round concerns types only that came with it. */
    static void castWithoutRounding(Node node, Rewrite to) {
        to.finish(node.attributes().without("saturate", "round_mode"));
    }

    /** Cast and CastLike 24 to 23: as above, but the older {@code saturate} stays. */
    static void castWithoutMode(Node node, Rewrite to) {
        to.finish(node.attributes().without("round_mode"));
    }

    /** QuantizeLinear and DequantizeLinear 13 to 10: one scale for all. */
    static void oneScale(Node node, Rewrite to) {
        Shape scale = to.shape(node.input(1));
        if (!scale.isStatic() || scale.elementCount() != 1) {
            throw to.cannot("a scale for each element of an axis came with opset 13; the scales are " + scale);
        }
        to.finish(node.attributes().without("axis"));
    }

    /** Gemm 11 to 9: the bias must be given. */
    static void gemmWithBias(Node node, Rewrite to) {
        if (!node.input(2).isNone()) {
            to.finish(node.attributes());
            return;
        }
        Value zero = to.constant("bias", Numbers.tensor(to.dataType(node.input(0)), Shape.of(1), 0));
        to.finish(node.attributes(), node.input(0), node.input(1), zero);
    }

    /** ScatterElements and ScatterND 18 to 16: no greatest and no least. */
    static void withoutExtremes(Node node, Rewrite to) {
        String reduction = node.attributes().stringOr("reduction", "none");
        if (Set.of("max", "min").contains(reduction)) {
            throw to.cannot("reduction \"" + reduction + "\" came with opset 18");
        }
        to.finish(node.attributes());
    }

    /** Scatter 9, since 11 called ScatterElements. */
    static void scatterElements(Node node, Rewrite to) {
        to.finish("ScatterElements", node.attributes(), node.inputs(), node.outputs());
    }
}
