package dev.entrepot.onnx.opset;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Activations in the words of before they had a name, and Clip. */
final class Activations {

    private Activations() {}

    /** Celu 12: max(0, x) + alpha (exp(min(0, x) / alpha) - 1). */
    static void celu(Node node, Rewrite to) {
        Value x = node.input(0);
        Value alpha = to.scalarLike(x, node.attributes().floatOr("alpha", 1));
        Value positive = to.add("Relu", x);
        Value negative = to.add("Elu", to.add("Div", to.add("Sub", x, positive), alpha));
        to.finish("Add", Attributes.NONE, positive, to.add("Mul", negative, alpha));
    }

    /** Gelu 20: by the error function, or close to it by tanh. */
    static void gelu(Node node, Rewrite to) {
        Value x = node.input(0);
        Value bent;
        if (node.attributes().stringOr("approximate", "none").equals("tanh")) {
            Value cube = to.add("Mul", to.add("Mul", x, x), x);
            Value sum = to.add("Add", x, to.add("Mul", cube, to.scalarLike(x, 0.044715)));
            bent = to.add("Tanh", to.add("Mul", sum, to.scalarLike(x, Math.sqrt(2 / Math.PI))));
        } else {
            bent = to.add("Erf", to.add("Div", x, to.scalarLike(x, Math.sqrt(2))));
        }
        Value half = to.add("Mul", x, to.scalarLike(x, 0.5));
        to.finish("Mul", Attributes.NONE, half, to.add("Add", bent, to.scalarLike(x, 1)));
    }

    /** HardSwish 14: x max(0, min(1, x / 6 + 1 / 2)). */
    static void hardSwish(Node node, Rewrite to) {
        Value x = node.input(0);
        Attributes line = Attributes.of("alpha", 1 / 6f).with("beta", 0.5f);
        to.finish("Mul", Attributes.NONE, x, to.add("HardSigmoid", line, x));
    }

    /** Mish 18: x tanh(softplus(x)). */
    static void mish(Node node, Rewrite to) {
        Value x = node.input(0);
        to.finish("Mul", Attributes.NONE, x, to.add("Tanh", to.add("Softplus", x)));
    }

    /** Swish 24: x sigmoid(alpha x). */
    static void swish(Node node, Rewrite to) {
        Value x = node.input(0);
        float alpha = node.attributes().floatOr("alpha", 1);
        Value inner = alpha == 1 ? x : to.add("Mul", x, to.scalarLike(x, alpha));
        to.finish("Mul", Attributes.NONE, x, to.add("Sigmoid", inner));
    }

    /** ThresholdedRelu 10, if what is below the threshold is above zero or nothing. */
    static void thresholdedRelu(Node node, Rewrite to) {
        Value x = node.input(0);
        float alpha = node.attributes().floatOr("alpha", 1);
        if (alpha < 0) {
            throw to.cannot("alpha is " + alpha + ", before opset 10 at least 0 is possible");
        }
        Value above = to.add("Greater", x, to.scalarLike(x, alpha));
        Value mask = to.add("Cast", Attributes.of("to", to.dataType(x).code()), above);
        to.finish("Mul", Attributes.NONE, to.add("Relu", x), mask);
    }

    /** Sign 9: what is positive less what is negative. */
    static void sign(Node node, Rewrite to) {
        Value x = node.input(0);
        Attributes type = Attributes.of("to", to.dataType(x).code());
        Value zero = to.scalarLike(x, 0);
        Value positive = to.add("Cast", type, to.add("Greater", x, zero));
        to.finish("Sub", Attributes.NONE, positive, to.add("Cast", type, to.add("Less", x, zero)));
    }

    /** Clip 6 to 11: the bounds become inputs of the clipped type. */
    static void clipToInputs(Node node, Rewrite to) {
        Value x = node.input(0);
        List<Value> inputs = new ArrayList<>(List.of(x));
        for (String bound : List.of("min", "max")) {
            boolean given = node.attributes().get(bound).isPresent();
            inputs.add(given ? to.scalarLike(x, node.attributes().floatOr(bound, 0)) : Value.NONE);
        }
        to.finish("Clip", Attributes.NONE, inputs, node.outputs());
    }

    /** Clip 11 to 6: bounds that are computed, no float32, or in the wrong order are met by Max and Min. */
    static void clipToAttributes(Node node, Rewrite to) {
        Attributes attributes = Attributes.NONE;
        Optional<Float> least = bound(node.input(1), to);
        Optional<Float> most = bound(node.input(2), to);
        boolean known =
                (node.input(1).isNone() || least.isPresent()) && (node.input(2).isNone() || most.isPresent());
        boolean ordered = least.isEmpty() || most.isEmpty() || least.get() <= most.get();
        if (known && ordered) {
            attributes = least.map(value -> Attributes.of("min", value)).orElse(attributes);
            to.finish(most.isPresent() ? attributes.with("max", most.get()) : attributes, node.input(0));
            return;
        }
        Value value = node.input(0);
        if (!node.input(1).isNone()) {
            value = to.add("Max", value, node.input(1));
        }
        if (node.input(2).isNone()) {
            to.finish("Identity", Attributes.NONE, value);
        } else {
            to.finish("Min", Attributes.NONE, value, node.input(2));
        }
    }

    private static Optional<Float> bound(Value value, Rewrite to) {
        return to.constantOf(value)
                .filter(tensor -> tensor.type() == DataType.FLOAT)
                .map(Tensor::toFloats)
                .map(floats -> floats[0]);
    }
}
