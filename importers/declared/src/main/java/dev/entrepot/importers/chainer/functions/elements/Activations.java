package dev.entrepot.importers.chainer.functions.elements;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;
import static dev.entrepot.importers.chainer.functions.entries.Entries.plain;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.chainer.functions.entries.ElementTypes;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Activations: one function for every element, or along one axis. Several of ONNX's have no kernel of float64 in runtimes; those are
 * composed for it. Source: chainer/functions/activation.
 */
public final class Activations {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("clipped_relu(x, z=20.0)", call -> clippedRelu(call, call.real("z"))),
            one("crelu(x, axis=1)", Activations::crelu),
            one("elu(x, alpha=1.0)", call -> elu(call, call.real("alpha"))),
            one("hard_sigmoid(x)", Activations::hardSigmoid),
            one("leaky_relu(x, slope=0.2)", call -> leakyRelu(call, call.real("slope"))),
            one("log_softmax(x, axis=1)", call -> softmax(call, "LogSoftmax")),
            one("maxout(x, pool_size, axis=1)", Activations::maxout),
            one("prelu(x, W)", Activations::prelu),
            one("relu(x)", call -> call.add("Relu", ElementTypes.floats(call, "x"))),
            one("relu6(x)", call -> clippedRelu(call, 6)),
            plain("rrelu(x, l=0.125, u=0.3333333333333333, *, r=None, return_r=False)", Activations::rrelu),
            one(
                    "selu(x, alpha=1.6732632423543772848170429916717, scale=1.0507009873554804934193349852946)",
                    Activations::selu),
            one("sigmoid(x)", call -> call.add("Sigmoid", ElementTypes.floats(call, "x"))),
            one("softmax(x, axis=1)", call -> softmax(call, "Softmax")),
            one("softplus(x, beta=1.0)", Activations::softplus),
            one("swish(x, beta)", Activations::swish),
            one("tanh(x)", call -> call.add("Tanh", ElementTypes.floats(call, "x"))));
    // spotless:on

    private Activations() {}

    private static boolean isDouble(Value value) {
        return value.dataType() == DataType.DOUBLE;
    }

    private static Value clippedRelu(FunctionCall call, double cap) {
        Value x = ElementTypes.floats(call, "x");
        if (cap <= 0) {
            throw call.malformed("z is " + cap + ", expected more than 0");
        }
        return call.add("Clip", x, call.scalarLike(0, x), call.scalarLike(cap, x));
    }

    /** [N, C, ...] -> [N, 2C, ...]: relu of x, then of -x. */
    private static Value crelu(FunctionCall call) {
        Value x = ElementTypes.floats(call, "x");
        int axis = call.axis(x, call.whole("axis"));
        return call.concat(axis, List.of(call.add("Relu", x), call.add("Relu", call.add("Neg", x))));
    }

    private static Value elu(FunctionCall call, double alpha) {
        Value x = ElementTypes.floats(call, "x");
        if (!isDouble(x)) {
            return call.add("Elu", Attributes.of("alpha", (float) alpha), x);
        }
        Value below = call.add("Mul", Elementwise.expm1(call, x), call.scalarLike(alpha, x));
        return aboveZero(call, x, below);
    }

    /** x where it is above 0, else {@code below}. */
    private static Value aboveZero(FunctionCall call, Value x, Value below) {
        return call.add("Where", call.add("Greater", x, call.scalarLike(0, x)), x, below);
    }

    private static Value hardSigmoid(FunctionCall call) {
        Value x = ElementTypes.floats(call, "x");
        if (!isDouble(x)) {
            return call.add("HardSigmoid", Attributes.of("alpha", 0.2f).with("beta", 0.5f), x);
        }
        Value line = call.add("Add", call.add("Mul", x, call.scalarLike(0.2, x)), call.scalarLike(0.5, x));
        return call.add("Clip", line, call.scalarLike(0, x), call.scalarLike(1, x));
    }

    private static Value leakyRelu(FunctionCall call, double slope) {
        Value x = ElementTypes.floats(call, "x");
        return isDouble(x)
                ? aboveZero(call, x, call.add("Mul", x, call.scalarLike(slope, x)))
                : call.add("LeakyRelu", Attributes.of("alpha", (float) slope), x);
    }

    private static Value softmax(FunctionCall call, String op) {
        Value x = ElementTypes.floats(call, "x");
        return call.add(op, Attributes.of("axis", call.axis(x, call.whole("axis"))), x);
    }

    /**
     * The largest of each {@code pool_size} neighbours along an axis. With a negative axis Chainer takes the maximum along another one, and
     * so does this. Source: chainer/functions/activation/maxout.py.
     */
    private static Value maxout(FunctionCall call) {
        Value x = ElementTypes.floats(call, "x");
        SizeExpr pool = call.size("pool_size");
        int axis = call.axis(x, call.whole("axis"));
        if (call.whole("axis") == -1) {
            throw call.malformed("axis is -1, which Chainer reshapes wrongly; give it as " + axis);
        }
        SizeExpr groups = call.size(x, axis).exactQuotient(pool).orElseThrow(() -> indivisible(call, x, axis, pool));
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(x));
        sizes.set(axis, groups);
        sizes.add(axis + 1, pool);
        Value pooled = call.reshape(x, sizes);
        int along = call.axis(pooled, call.whole("axis") + 1);
        return call.add("ReduceMax", Attributes.of("keepdims", 0), pooled, call.vector(along));
    }

    private static ModelException indivisible(FunctionCall call, Value x, int axis, SizeExpr pool) {
        return call.malformed("the size " + call.knownSize(x, axis) + " of axis " + axis
                + " is not divided by pool_size, which is " + pool);
    }

    /** The slopes' axes are those of x from 1 on. Source: chainer/functions/activation/prelu.py. */
    private static Value prelu(FunctionCall call) {
        Value x = ElementTypes.floats(call, "x", "W").get(0);
        Value slope = fromAxis1(call, "W");
        return isDouble(x) ? aboveZero(call, x, call.add("Mul", x, slope)) : call.add("PRelu", x, slope);
    }

    /** An array whose axes are those of x from 1 on. */
    private static Value fromAxis1(FunctionCall call, String name) {
        List<Value> operands = ElementTypes.floats(call, "x", name);
        Value x = operands.get(0);
        Value array = operands.get(1);
        int behind = call.rank(x) - 1 - call.rank(array);
        if (behind < 0) {
            throw call.malformed(
                    name + " " + array.shape() + " has more axes than x " + x.shape() + " behind its first");
        }
        return Arithmetic.trailed(call, array, behind);
    }

    /** In test mode the slope is the middle of its range, whatever {@code r} is. Source: chainer/functions/activation/rrelu.py. */
    private static Argument rrelu(FunctionCall call) {
        double lower = call.real("l");
        double upper = call.real("u");
        if (!(0 <= lower && lower < upper && upper < 1)) {
            throw call.malformed("draws slopes from " + lower + " to " + upper + ", expected 0 <= l < u < 1");
        }
        double slope = (lower + upper) / 2;
        Value y = leakyRelu(call, slope);
        if (!call.flag("return_r")) {
            return Argument.of(y);
        }
        Value x = call.value("x");
        return Argument.ofAll(List.of(y, call.add("Expand", call.scalarLike(slope, x), call.vector(call.sizes(x)))));
    }

    private static Value selu(FunctionCall call) {
        Value x = ElementTypes.floats(call, "x");
        double alpha = call.real("alpha");
        double scale = call.real("scale");
        return isDouble(x)
                ? call.add("Mul", elu(call, alpha), call.scalarLike(scale, x))
                : call.add("Selu", Attributes.of("alpha", (float) alpha).with("gamma", (float) scale), x);
    }

    /** {@code log(1 + exp(beta x)) / beta}. Source: chainer/functions/activation/softplus.py. */
    private static Value softplus(FunctionCall call) {
        Value x = ElementTypes.floats(call, "x");
        double beta = call.real("beta");
        if (beta == 0) {
            throw call.malformed("beta is 0");
        }
        Value scaled = beta == 1 ? x : call.add("Mul", x, call.scalarLike(beta, x));
        Value plus = isDouble(x) ? softplus(call, scaled) : call.add("Softplus", scaled);
        return beta == 1 ? plus : call.add("Mul", plus, call.scalarLike(1 / beta, x));
    }

    private static Value softplus(FunctionCall call, Value x) {
        Value exp = call.add("Exp", call.add("Neg", call.add("Abs", x)));
        return call.add("Add", call.add("Relu", x), Elementwise.log1p(call, exp));
    }

    /** {@code x sigmoid(beta x)}. Source: chainer/functions/activation/swish.py. */
    private static Value swish(FunctionCall call) {
        Value x = ElementTypes.floats(call, "x", "beta").get(0);
        Value scaled = call.add("Mul", fromAxis1(call, "beta"), x);
        if (!isDouble(x)) {
            return call.add("Mul", x, call.add("Sigmoid", scaled));
        }
        // ONNX Runtime fuses the product of x and its sigmoid into QuickGelu, which it has no float64 kernel of.
        Value inverse = call.add("Add", call.add("Exp", call.add("Neg", scaled)), call.scalarLike(1, x));
        return call.add("Div", x, inverse);
    }
}
