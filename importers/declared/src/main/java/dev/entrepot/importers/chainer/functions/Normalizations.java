package dev.entrepot.importers.chainer.functions;

import static dev.entrepot.importers.chainer.functions.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.List;

/** Normalizations with the statistics that were learned. Source: chainer/functions/normalization. */
final class Normalizations {

    // spotless:off
    static final List<Support> TABLE = List.of(
            one(
                    "fixed_batch_normalization(x, gamma, beta, mean, var, eps=2e-5, axis=None)",
                    Normalizations::fixedBatchNormalization),
            one(
                    "local_response_normalization(x, n=5, k=2, alpha=0.0001, beta=0.75)",
                    Normalizations::localResponseNormalization));
    // spotless:on

    private Normalizations() {}

    private static Value fixedBatchNormalization(FunctionCall call) {
        if (call.has("axis")) {
            throw call.unsupported("axis is not there yet");
        }
        return call.add(
                "BatchNormalization",
                Attributes.of("epsilon", (float) call.real("eps")),
                call.value("x"),
                call.value("gamma"),
                call.value("beta"),
                call.value("mean"),
                call.value("var"));
    }

    /** Chainer does not divide alpha by the window's size, ONNX does. Source: local_response_normalization.py. */
    private static Value localResponseNormalization(FunctionCall call) {
        long size = call.whole("n");
        return call.add(
                "LRN",
                Attributes.of("size", size)
                        .with("bias", (float) call.real("k"))
                        .with("alpha", (float) (call.real("alpha") * size))
                        .with("beta", (float) call.real("beta")),
                call.value("x"));
    }
}
