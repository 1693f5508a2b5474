package dev.entrepot.onnx.infer;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Operators that work on each element by itself, with NumPy's broadcasting where there are several inputs. */
final class Elementwise {

    private Elementwise() {}

    /** Abs, Acos, Relu, ...: the output is like the input. */
    static void same(Application node) {
        node.give(node.shape(0));
    }

    /** Neg, Floor, Not, ...: like {@link #same}, and followed for small tensors. */
    static Rules.Rule unary(UnaryOperator<Element> function) {
        return node -> {
            node.give(node.shape(0));
            node.contents(0).ifPresent(elements -> node.learn(elements.mapped(function)));
        };
    }

    /** Add, Max, ...: all inputs broadcast together. */
    static Rules.Rule arithmetic(BinaryOperator<Element> function) {
        return node -> {
            Shape shape = broadcast(node);
            node.give(firstKnownType(node), shape);
            follow(node, shape, function);
        };
    }

    /** Mod: with the divisor's sign, unless {@code fmod}. */
    static void mod(Application node) {
        boolean divisorsSign = node.attributes().intOr("fmod", 0) == 0;
        arithmetic(divisorsSign ? Element::modulo : Element::unknown).infer(node);
    }

    /** Equal, And, ...: all inputs broadcast together, the output is boolean. */
    static Rules.Rule comparison(BinaryOperator<Element> function) {
        return node -> {
            Shape shape = broadcast(node);
            node.give(DataType.BOOL, shape);
            follow(node, shape, function);
        };
    }

    /** IsInf, IsNaN, RegexFullMatch: a boolean for each element. */
    static void test(Application node) {
        node.give(DataType.BOOL, node.shape(0));
    }

    /** Identity: the same value, of whatever type. */
    static void identity(Application node) {
        node.give(0, node.valueType(0));
        node.contents(0).ifPresent(node::learn);
    }

    /** Cast: the element type of attribute {@code to}. */
    static void cast(Application node) {
        convert(node, node.typeAttribute("to", DataType.UNDEFINED));
    }

    /** CastLike: the element type of the second input. */
    static void castLike(Application node) {
        convert(node, node.type(1));
    }

    /** Clip: bounds are scalars. */
    static void clip(Application node) {
        node.expectRank(1, 0, "min");
        node.expectRank(2, 0, "max");
        node.give(node.shape(0));
    }

    /** PRelu: the slope broadcasts to X; before opset 7 it is one for each channel, the second axis. */
    static void prelu(Application node) {
        Shape slope = node.shape(1);
        boolean forEachChannel = node.opset() < 7
                && node.ranked(0)
                && node.shape(0).rank() > 1
                && slope.ranked()
                && slope.rank() == 1
                && slope.dim(0).equals(node.shape(0).dim(1));
        if (!forEachChannel) {
            Sizes.expectBroadcastsTo(slope, node.shape(0), "slope");
        }
        node.give(node.shape(0));
    }

    /** Where: condition, X and Y broadcast together. */
    static void where(Application node) {
        Shape shape = broadcast(node);
        node.give(node.type(1) == DataType.UNDEFINED ? node.type(2) : node.type(1), shape);
        if (node.inputCount() != 3 || !Contents.fits(shape) || !allHaveContents(node)) {
            return;
        }
        List<Contents> inputs = expanded(node, shape);
        Contents condition = inputs.get(0);
        Contents chosenOrNot = condition.combined(inputs.get(1), (test, x) -> test.is(1) ? x : Element.UNKNOWN);
        Contents otherOrNot = condition.combined(inputs.get(2), (test, y) -> test.is(0) ? y : Element.UNKNOWN);
        node.learn(chosenOrNot.combined(otherOrNot, (x, y) -> x.equals(Element.UNKNOWN) ? y : x));
    }

    /** Dropout: the output like the data, the mask boolean. */
    static void dropout(Application node) {
        node.expectOneElement(1, "ratio");
        node.expectOneElement(2, "training_mode");
        node.give(node.shape(0));
        node.give(1, DataType.BOOL, node.shape(0));
    }

    /** QuantizeLinear: the element type of the zero point, of {@code output_dtype}, or uint8. */
    static void quantizeLinear(Application node) {
        DataType type = node.typeAttribute("output_dtype", DataType.UNDEFINED);
        node.give(node.has(2) ? node.type(2) : type == DataType.UNDEFINED ? DataType.UINT8 : type, node.shape(0));
    }

    /** DequantizeLinear: the element type of the scale. */
    static void dequantizeLinear(Application node) {
        node.give(node.type(1), node.shape(0));
    }

    /** DynamicQuantizeLinear: uint8 like x, the scale, and the zero point. */
    static void dynamicQuantizeLinear(Application node) {
        node.give(0, DataType.UINT8, node.shape(0));
        node.give(1, DataType.FLOAT, Shape.SCALAR);
        node.give(2, DataType.UINT8, Shape.SCALAR);
    }

    /** Bernoulli: a draw for each probability. */
    static void bernoulli(Application node) {
        node.give(node.typeAttribute("dtype", node.type(0)), node.shape(0));
    }

    /** The opsets before 7 broadcast the second input to the first where attribute {@code broadcast} says so. */
    private static Shape broadcast(Application node) {
        if (node.opset() < 7 && node.attributes().get("broadcast").isPresent()) {
            return node.shape(0);
        }
        return Sizes.broadcast(
                IntStream.range(0, node.inputCount()).mapToObj(node::shape).toList());
    }

    private static DataType firstKnownType(Application node) {
        return IntStream.range(0, node.inputCount())
                .mapToObj(node::type)
                .filter(type -> type != DataType.UNDEFINED)
                .findFirst()
                .orElse(DataType.UNDEFINED);
    }

    private static void follow(Application node, Shape shape, BinaryOperator<Element> function) {
        if (Contents.fits(shape) && allHaveContents(node)) {
            expanded(node, shape).stream()
                    .reduce((a, b) -> a.combined(b, function))
                    .ifPresent(node::learn);
        }
    }

    private static boolean allHaveContents(Application node) {
        return IntStream.range(0, node.inputCount())
                .allMatch(input -> node.contents(input).isPresent());
    }

    private static List<Contents> expanded(Application node, Shape shape) {
        return IntStream.range(0, node.inputCount())
                .mapToObj(input -> node.contents(input).orElseThrow().expanded(shape))
                .toList();
    }

    private static void convert(Application node, DataType type) {
        node.give(type, node.shape(0));
        if (type == DataType.UNDEFINED) {
            return;
        }
        UnaryOperator<Element> conversion = switch (type) {
            case FLOAT, DOUBLE -> Element::toReal;
            case BOOL ->
                element -> element instanceof Element.Whole
                        ? element.equalTo(Element.of(0)).not()
                        : Element.UNKNOWN;
            default -> Element::toWhole;
        };
        node.contents(0).ifPresent(elements -> node.learn(elements.mapped(conversion)));
    }
}
