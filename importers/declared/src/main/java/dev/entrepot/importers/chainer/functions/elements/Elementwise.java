package dev.entrepot.importers.chainer.functions.elements;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;
import static dev.entrepot.importers.chainer.functions.entries.Entries.plain;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.chainer.functions.entries.ElementTypes;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;

/** Elementary functions of every element. Source: chainer/functions/math. */
public final class Elementwise {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("arccos(x)", call -> single(call, "Acos")),
            one("arcsin(x)", call -> single(call, "Asin")),
            one("arctan(x)", call -> single(call, "Atan")),
            one("arctan2(x1, x2)", Elementwise::arctan2),
            one("arctanh(x)", call -> single(call, "Atanh")),
            one("ceil(x)", call -> rounded(call, "Ceil", call.value("x"))),
            one("clip(x, x_min, x_max)", Elementwise::clip),
            one("cos(x)", call -> single(call, "Cos")),
            one("cosh(x)", call -> single(call, "Cosh")),
            one("exp(x)", call -> call.add("Exp", ElementTypes.floats(call, "x"))),
            one("expm1(x)", call -> expm1(call, ElementTypes.floats(call, "x"))),
            one("fix(x)", Elementwise::fix),
            one("floor(x)", call -> rounded(call, "Floor", call.value("x"))),
            plain("identity(*inputs)", Elementwise::identity),
            one("log(x)", call -> call.add("Log", ElementTypes.floats(call, "x"))),
            one("log10(x)", call -> logarithm(call, 10)),
            one("log1p(x)", call -> log1p(call, ElementTypes.floats(call, "x"))),
            one("log2(x)", call -> logarithm(call, 2)),
            one("rsqrt(x)", call -> call.add("Reciprocal", call.add("Sqrt", ElementTypes.floats(call, "x")))),
            one("sign(x)", call -> call.add("Sign", call.value("x"))),
            one("sin(x)", call -> call.add("Sin", ElementTypes.floats(call, "x"))),
            one("sinh(x)", call -> single(call, "Sinh")),
            one("sqrt(x)", call -> call.add("Sqrt", ElementTypes.floats(call, "x"))),
            one("square(x)", Elementwise::square),
            one("tan(x)", call -> single(call, "Tan")));
    // spotless:on

    private Elementwise() {}

    private static Value single(FunctionCall call, String op) {
        return ElementTypes.single(call, op, Attributes.NONE, ElementTypes.floats(call, "x"));
    }

    /** A value rounded by an operator; whole numbers are rounded already. */
    static Value rounded(FunctionCall call, String op, Value value) {
        return value.dataType().isFloatingPoint() ? call.add(op, value) : value;
    }

    /** Rounds towards 0. Source: chainer/functions/math/fix.py. */
    private static Value fix(FunctionCall call) {
        Value x = call.value("x");
        return x.dataType().isFloatingPoint()
                ? call.add("Mul", call.add("Sign", x), call.add("Floor", call.add("Abs", x)))
                : x;
    }

    private static Argument identity(FunctionCall call) {
        List<Value> inputs = call.values("inputs");
        return inputs.size() == 1 ? Argument.of(inputs.get(0)) : Argument.ofAll(inputs);
    }

    /** Source: chainer/functions/math/clip.py. */
    private static Value clip(FunctionCall call) {
        Value x = ElementTypes.floats(call, "x");
        if (!call.has("x_min") && !call.has("x_max")) {
            throw call.malformed("has neither x_min nor x_max");
        }
        if (call.has("x_min") && call.has("x_max") && call.real("x_min") >= call.real("x_max")) {
            throw call.malformed(
                    "x_min is " + call.real("x_min") + ", expected less than x_max, which is " + call.real("x_max"));
        }
        Value min = call.has("x_min") ? call.scalarLike(call.real("x_min"), x) : Value.NONE;
        return call.has("x_max")
                ? call.add("Clip", x, min, call.scalarLike(call.real("x_max"), x))
                : call.add("Clip", x, min);
    }

    private static Value square(FunctionCall call) {
        Value x = ElementTypes.floats(call, "x");
        return call.add("Mul", x, x);
    }

    private static Value logarithm(FunctionCall call, double base) {
        Value natural = call.add("Log", ElementTypes.floats(call, "x"));
        return call.add("Div", natural, call.scalarLike(Math.log(base), natural));
    }

    /** {@code exp(x) - 1}, precise near 0: {@code tanh(x / 2) (exp(x) + 1)}. */
    static Value expm1(FunctionCall call, Value x) {
        Value half = call.add("Tanh", call.add("Mul", x, call.scalarLike(0.5, x)));
        return call.add("Mul", half, call.add("Add", call.add("Exp", x), call.scalarLike(1, x)));
    }

    /** {@code log(1 + x)}, precise near 0: what {@code 1 + x} loses of x by rounding is made good by a factor. */
    static Value log1p(FunctionCall call, Value x) {
        Value one = call.scalarLike(1, x);
        Value sum = call.add("Add", x, one);
        Value kept = call.add("Sub", sum, one);
        Value logarithm = call.add("Log", sum);
        Value precise = call.add("Mul", logarithm, call.add("Div", x, kept));
        Value small = call.add("Where", call.add("Equal", kept, call.scalarLike(0, x)), x, precise);
        Value isSmall = call.add("Less", call.add("Abs", x), call.scalarLike(0.5, x));
        return call.add("Where", isSmall, small, logarithm);
    }

    /**
     * The angle of the point (x2, x1) in all four quadrants, zeros with their signs, infinities too. Elements of two types are taken in the
     * wider one. Source: chainer/functions/math/trigonometric.py, Arctan2.
     */
    private static Value arctan2(FunctionCall call) {
        Value first = ElementTypes.floats(call, "x1");
        Value second = ElementTypes.floats(call, "x2");
        boolean wide = first.dataType() == DataType.DOUBLE || second.dataType() == DataType.DOUBLE;
        boolean half = first.dataType() == DataType.FLOAT16 && second.dataType() == DataType.FLOAT16;
        DataType type = wide ? DataType.DOUBLE : half ? DataType.FLOAT16 : DataType.FLOAT;
        Value y = call.cast(first, type);
        Value x = call.cast(second, type);
        Value zero = call.scalar(0, type);
        Value height = call.add("Abs", y);
        Value width = call.add("Abs", x);
        Value slope = call.add("Div", height, width);
        Value diagonal = call.add("Where", call.add("Equal", height, width), call.scalar(1, type), slope);
        Value known = call.add("Where", call.add("Equal", y, zero), zero, diagonal);
        Value angle = ElementTypes.single(call, "Atan", Attributes.NONE, known);
        Value left = call.add("Sub", call.scalar(Math.PI, type), angle);
        Value upper = call.add("Where", isNegative(call, x), left, angle);
        return call.add("Where", isNegative(call, y), call.add("Neg", upper), upper);
    }

    /** Whether a float has the sign, as -0 does. */
    private static Value isNegative(FunctionCall call, Value value) {
        Value zero = call.scalarLike(0, value);
        return call.add("Or", call.add("Less", value, zero), call.add("Less", call.add("Reciprocal", value), zero));
    }
}
