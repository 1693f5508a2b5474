package dev.entrepot.importers.chainer.functions;

import static dev.entrepot.importers.chainer.functions.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;

/** Functions with weights. Source: chainer/functions/connection. */
final class Connections {

    // spotless:off
    static final List<Support> TABLE = List.of(
            one(
                    "convolution_2d(x, W, b=None, stride=1, pad=0, cover_all=False, *, dilate=1, groups=1)",
                    call -> convolution(call, 2)),
            one("linear(x, W, b=None, n_batch_axes=1)", Connections::linear));
    // spotless:on

    private Connections() {}

    private static Value convolution(FunctionCall call, int axes) {
        if (call.flag("cover_all")) {
            throw call.unsupported("cover_all=True is not there yet");
        }
        long[] pads = call.repeated("pad", axes);
        long[] both = new long[2 * axes];
        System.arraycopy(pads, 0, both, 0, axes);
        System.arraycopy(pads, 0, both, axes, axes);
        Attributes attributes = Attributes.of("strides", call.repeated("stride", axes))
                .with("pads", both)
                .with("dilations", call.repeated("dilate", axes))
                .with("group", call.whole("groups"));
        List<Value> inputs = new ArrayList<>(List.of(call.value("x"), call.value("W")));
        if (call.has("b")) {
            inputs.add(call.value("b"));
        }
        return call.add("Conv", 1, attributes, inputs).get(0);
    }

    /** Flattens what follows the batch axes. Source: chainer/functions/connection/linear.py. */
    private static Value linear(FunctionCall call) {
        Value x = call.value("x");
        Value weight = call.value("W");
        int batchAxes = (int) call.whole("n_batch_axes");
        List<SizeExpr> sizes = call.sizes(x);
        List<SizeExpr> batch = sizes.subList(0, batchAxes);
        SizeExpr features = SizeExpr.product(sizes.subList(batchAxes, sizes.size()));
        Value rows = call.reshape(x, List.of(SizeExpr.product(batch), features));
        Value product = call.has("b")
                ? call.add("Gemm", Attributes.of("transB", 1), rows, weight, call.value("b"))
                : call.add("Gemm", Attributes.of("transB", 1), rows, weight);
        if (batchAxes == 1) {
            return product;
        }
        List<SizeExpr> result = new ArrayList<>(batch);
        result.add(call.size(weight, 0));
        return call.reshape(product, result);
    }
}
