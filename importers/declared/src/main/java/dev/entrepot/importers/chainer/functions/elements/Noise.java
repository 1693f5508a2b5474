package dev.entrepot.importers.chainer.functions.elements;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;
import static dev.entrepot.importers.chainer.functions.entries.Entries.plain;
import static dev.entrepot.importers.chainer.functions.entries.Entries.refuse;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.chainer.functions.entries.ElementTypes;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.List;

/** Noise, which test mode leaves out of most functions. Source: chainer/functions/noise. */
public final class Noise {

    private static final String RANDOM = "draws random numbers in test mode, too";

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            plain("dropout(x, ratio=0.5, *, mask=None, return_mask=False)", Noise::dropout),
            plain("gaussian(mean, ln_var, *, eps=None, return_eps=False)", Noise::gaussian),
            refuse("gumbel_softmax(log_pi, tau=0.1, axis=1)", RANDOM),
            one(
                    "simplified_dropconnect(x, W, b=None, ratio=0.5, train=True, mask=None, use_batchwise_mask=True)",
                    Noise::simplifiedDropconnect),
            one("zoneout(h, x, ratio=0.5)", call -> call.value("x")));
    // spotless:on

    private Noise() {}

    /** x; beside it None for the mask that there is not. Source: chainer/functions/noise/dropout.py. */
    private static Argument dropout(FunctionCall call) {
        Argument x = Argument.of(call.value("x"));
        return call.flag("return_mask") ? Argument.of(List.of(x, Argument.NONE)) : x;
    }

    /** {@code mean + exp(ln_var / 2) eps}, for an eps that is given. Source: chainer/functions/noise/gaussian.py. */
    private static Argument gaussian(FunctionCall call) {
        if (!call.has("eps")) {
            throw call.unsupported(RANDOM + ", unless it is given eps");
        }
        List<Value> operands = ElementTypes.floats(call, "mean", "ln_var", "eps");
        Value logarithm = operands.get(1);
        Value deviation = call.add("Exp", call.add("Mul", logarithm, call.scalarLike(0.5, logarithm)));
        Value drawn = call.add("Add", operands.get(0), call.add("Mul", deviation, operands.get(2)));
        return call.flag("return_eps") ? Argument.of(List.of(Argument.of(drawn), call.get("eps"))) : Argument.of(drawn);
    }

    /**
     * [N, ...] -> [N, O]: {@code linear} whose weights [O, I] go through a mask, [O, I] or one for every row, [N, O, I]. Source:
     * chainer/functions/noise/simplified_dropconnect.py.
     */
    private static Value simplifiedDropconnect(FunctionCall call) {
        double ratio = call.flag("train") ? call.real("ratio") : 0;
        if (ratio != 0 && !call.has("mask")) {
            throw call.unsupported("draws random numbers, unless it is given train=False or a mask");
        }
        Value x = ElementTypes.floats(call, "x");
        List<SizeExpr> sizes = call.sizes(x);
        Value rows = call.reshape(x, List.of(sizes.get(0), SizeExpr.product(sizes.subList(1, sizes.size()))));
        Value weight = ElementTypes.floats(call, "x", "W").get(1);
        if (!call.has("mask")) {
            Attributes transposed = Attributes.of("transB", 1);
            return call.has("b")
                    ? call.add("Gemm", transposed, rows, weight, bias(call))
                    : call.add("Gemm", transposed, rows, weight);
        }
        Value mask = call.cast(call.value("mask"), weight.dataType());
        Value scaled = call.add("Mul", weight, call.scalarLike(1 / (1 - ratio), weight));
        Value columns = call.unsqueeze(rows, 2);
        Value product = call.squeeze(call.add("MatMul", call.add("Mul", scaled, mask), columns), 2);
        return call.has("b") ? call.add("Add", product, bias(call)) : product;
    }

    private static Value bias(FunctionCall call) {
        return ElementTypes.floats(call, "x", "b").get(1);
    }
}
