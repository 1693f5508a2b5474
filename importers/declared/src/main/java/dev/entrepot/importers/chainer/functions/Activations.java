package dev.entrepot.importers.chainer.functions;

import static dev.entrepot.importers.chainer.functions.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.List;

/** Activations: one function for every element, or along one axis. Source: chainer/functions/activation. */
final class Activations {

    // spotless:off
    static final List<Support> TABLE = List.of(
            one("leaky_relu(x, slope=0.2)", Activations::leakyRelu),
            one("relu(x)", call -> call.add("Relu", call.value("x"))),
            one("softmax(x, axis=1)", Activations::softmax));
    // spotless:on

    private Activations() {}

    private static Value leakyRelu(FunctionCall call) {
        return call.add("LeakyRelu", Attributes.of("alpha", (float) call.real("slope")), call.value("x"));
    }

    private static Value softmax(FunctionCall call) {
        Value x = call.value("x");
        return call.add("Softmax", Attributes.of("axis", call.axis(x, call.whole("axis"))), x);
    }
}
