package dev.entrepot.importers.chainer.functions.layers;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;

/** Functions with weights that are no convolutions, and shift. Source: chainer/functions/connection. */
public final class Connections {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("bilinear(e1, e2, W, V1=None, V2=None, b=None)", Connections::bilinear),
            one("embed_id(x, W, ignore_label=None)", Connections::embedId),
            one("linear(x, W, b=None, n_batch_axes=1)", Connections::linear),
            one("shift(x, ksize=3, dilate=1)", Connections::shift));
    // spotless:on

    private Connections() {}

    /** Flattens what follows the batch axes. Source: linear.py. */
    private static Value linear(FunctionCall call) {
        Value x = call.value("x");
        Value weight = call.value("W");
        int batchAxes = (int) call.whole("n_batch_axes");
        if (batchAxes <= 0 || batchAxes > call.rank(x)) {
            throw call.malformed("n_batch_axes is " + batchAxes + " for an array of shape " + x.shape());
        }
        List<SizeExpr> sizes = call.sizes(x);
        List<SizeExpr> batch = sizes.subList(0, batchAxes);
        SizeExpr features = SizeExpr.product(sizes.subList(batchAxes, sizes.size()));
        requireFit(call, features, call.size(weight, 1), x, weight);
        Value rows = call.reshape(x, List.of(SizeExpr.product(batch), features));
        List<Value> operands = new ArrayList<>(Convolutions.operands(call, rows, weight));
        Value product =
                call.add("Gemm", 1, Attributes.of("transB", 1), operands).get(0);
        List<SizeExpr> result = new ArrayList<>(batch);
        result.add(call.size(weight, 0));
        return call.cast(call.reshape(product, result), x.dataType());
    }

    private static void requireFit(FunctionCall call, SizeExpr given, SizeExpr expected, Value x, Value weight) {
        if (given.isNumber() && expected.isNumber() && !given.equals(expected)) {
            throw call.malformed("x of shape " + x.shape() + " has " + given + " features, W of shape " + weight.shape()
                    + " expects " + expected);
        }
    }

    /** Source: bilinear.py, BilinearFunction.forward. */
    private static Value bilinear(FunctionCall call) {
        Value left = flat(call, call.value("e1"));
        Value right = flat(call, call.value("e2"));
        Value weight = call.value("W");
        long columns = call.knownSize(weight, 1);
        long outputs = call.knownSize(weight, 2);
        SizeExpr batch = call.size(left, 0);
        // [N, J] x [J, K * L] -> [N, K, L]; [N, 1, K] x [N, K, L] -> [N, L]
        Value flatWeight = call.reshape(weight, call.knownSize(weight, 0), columns * outputs);
        Value half = call.reshape(
                call.add("MatMul", left, flatWeight), List.of(batch, SizeExpr.of(columns), SizeExpr.of(outputs)));
        Value y = call.squeeze(call.add("MatMul", call.unsqueeze(right, 1), half), 1);
        if (!call.has("V1")) {
            return y;
        }
        y = call.add("Add", y, call.add("MatMul", left, call.value("V1")));
        y = call.add("Add", y, call.add("MatMul", right, call.value("V2")));
        return call.add("Add", y, call.value("b"));
    }

    private static Value flat(FunctionCall call, Value x) {
        List<SizeExpr> sizes = call.sizes(x);
        return call.reshape(x, List.of(sizes.get(0), SizeExpr.product(sizes.subList(1, sizes.size()))));
    }

    /** Rows of the ignored label are zeros. Source: embed_id.py, EmbedIDFunction.forward. */
    private static Value embedId(FunctionCall call) {
        Value x = call.value("x", DataType.INT64);
        Value weight = call.value("W");
        if (!call.has("ignore_label")) {
            return call.add("Gather", weight, x);
        }
        Value ignored = call.add("Equal", x, call.scalar(call.whole("ignore_label"), DataType.INT64));
        Value rows = call.add("Gather", weight, call.add("Where", ignored, call.scalar(0, DataType.INT64), x));
        return call.add("Where", call.unsqueeze(ignored, -1), call.scalarLike(0, weight), rows);
    }

    /** Moves each group of channels its own way; the group in the middle, which stays, comes last. Source: shift.py, Shift.forward_cpu. */
    private static Value shift(FunctionCall call) {
        Value x = call.value("x");
        long[] kernel = call.repeated("ksize", 2);
        long[] dilation = call.repeated("dilate", 2);
        if (kernel[0] % 2 != 1 || kernel[1] % 2 != 1) {
            throw call.malformed("ksize is " + call.get("ksize").sort() + ", expected odd sizes");
        }
        long[] pad = {kernel[0] / 2 * Math.abs(dilation[0]), kernel[1] / 2 * Math.abs(dilation[1])};
        Value padded =
                call.add("Pad", x, call.vector(0, 0, pad[0], pad[1], 0, 0, pad[0], pad[1]), call.scalarLike(0, x));
        long groups = kernel[0] * kernel[1];
        long channels = call.knownSize(x, 1);
        List<Value> parts = new ArrayList<>();
        for (long i = 0; i < groups; i++) {
            long middle = (groups - 1) / 2;
            long group = i == middle ? groups - 1 : i == groups - 1 ? middle : i;
            long down = pad[0] - (group / kernel[1] - kernel[0] / 2) * dilation[0];
            long across = pad[1] - (group % kernel[1] - kernel[1] / 2) * dilation[1];
            long end = i < groups - 1 ? (i + 1) * (channels / groups) : channels;
            List<SizeExpr> starts =
                    List.of(SizeExpr.of(i * (channels / groups)), SizeExpr.of(down), SizeExpr.of(across));
            List<SizeExpr> ends = List.of(
                    SizeExpr.of(end),
                    call.size(x, 2).plus(SizeExpr.of(down)),
                    call.size(x, 3).plus(SizeExpr.of(across)));
            parts.add(call.add("Slice", padded, call.vector(starts), call.vector(ends), call.vector(1, 2, 3)));
        }
        return call.sized(call.concat(1, parts), call.sizes(x));
    }
}
