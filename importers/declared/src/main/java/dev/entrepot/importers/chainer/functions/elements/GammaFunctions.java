package dev.entrepot.importers.chainer.functions.elements;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.chainer.functions.entries.ElementTypes;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;

/**
 * The logarithm of the gamma function, its derivatives and Hurwitz's zeta function, which Chainer takes from SciPy. They are computed in
 * float64: the first terms of a sum one by one, the others by the Euler-Maclaurin formula (NIST Digital Library of Mathematical Functions,
 * 5.11 and 25.11).
 */
public final class GammaFunctions {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("digamma(x)", call -> ErrorFunctions.inFloat64(call, GammaFunctions::digamma)),
            one("lgamma(x)", call -> ErrorFunctions.inFloat64(call, GammaFunctions::lgamma)),
            one("polygamma(n, x)", GammaFunctions::polygamma),
            one("zeta(x, q)", GammaFunctions::zeta));
    // spotless:on

    /** How many steps from x on, which is at least 1/2 then, the asymptotic series are taken. */
    private static final int STEPS = 8;

    /** {@code B(2k) / (2k (2k - 1))}. */
    private static final Polynomial STIRLING =
            new Polynomial(1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156);

    /** {@code B(2k) / 2k}. */
    private static final Polynomial DERIVED =
            new Polynomial(1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12);

    /** How many terms of the zeta function are added one by one. */
    private static final int TERMS = 32;

    /** {@code B(2k) / (2k)!}. */
    private static final double[] BERNOULLI = {1.0 / 12, -1.0 / 720, 1.0 / 30240, -1.0 / 1209600, 1.0 / 47900160};

    private GammaFunctions() {}

    private static Value number(FunctionCall call, double number) {
        return call.scalar(number, DataType.DOUBLE);
    }

    private static Value reflects(FunctionCall call, Value x) {
        return call.add("Less", x, number(call, 0.5));
    }

    private static Value reflected(FunctionCall call, Value x) {
        return call.add("Where", reflects(call, x), Polynomial.line(call, -1, x, 1), x);
    }

    /** {@code pi} times the part of x beyond the nearest whole number: its sine is that of {@code pi x} but for the sign. */
    private static Value phase(FunctionCall call, Value x) {
        return call.add("Mul", call.add("Sub", x, call.add("Round", x)), number(call, Math.PI));
    }

    /** {@code log(|gamma(x)|)}, infinite where gamma has its poles. Source: chainer/functions/math/lgamma.py. */
    private static Value lgamma(FunctionCall call, Value x) {
        Value z = reflected(call, x);
        Value a = Polynomial.line(call, 1, z, STEPS);
        Value inverse = call.add("Reciprocal", a);
        Value series = call.add("Mul", inverse, STIRLING.at(call, call.add("Mul", inverse, inverse)));
        Value leading = call.add("Sub", call.add("Mul", Polynomial.line(call, 1, a, -0.5), call.add("Log", a)), a);
        Value far = call.add("Add", Polynomial.line(call, 1, leading, Math.log(2 * Math.PI) / 2), series);
        Value steps = Polynomial.total(call, call.add("Log", Polynomial.counted(call, z, STEPS)));
        Value right = call.add("Sub", far, steps);
        Value sine = call.add("Log", call.add("Abs", call.add("Sin", phase(call, x))));
        Value left = call.add("Sub", Polynomial.line(call, -1, sine, Math.log(Math.PI)), right);
        Value infinite = call.add("IsInf", x);
        return call.add("Where", infinite, x, call.add("Where", reflects(call, x), left, right));
    }

    /** The derivative of lgamma; at whole numbers below 0 it is not a number, at 0 it is -inf. Source: chainer/functions/math/digamma.py. */
    private static Value digamma(FunctionCall call, Value x) {
        Value z = reflected(call, x);
        Value a = Polynomial.line(call, 1, z, STEPS);
        Value inverse = call.add("Reciprocal", a);
        Value square = call.add("Mul", inverse, inverse);
        Value series = call.add("Mul", square, DERIVED.at(call, square));
        Value leading = call.add("Sub", call.add("Log", a), call.add("Mul", inverse, number(call, 0.5)));
        Value steps = Polynomial.total(call, call.add("Reciprocal", Polynomial.counted(call, z, STEPS)));
        Value right = call.add("Sub", call.add("Sub", leading, series), steps);
        Value phase = phase(call, x);
        Value cosine = call.add("Sin", Polynomial.line(call, 1, phase, Math.PI / 2));
        Value cotangent = call.add("Div", cosine, call.add("Sin", phase));
        Value left = call.add("Sub", right, call.add("Mul", cotangent, number(call, Math.PI)));
        Value pole = call.add("And", call.add("Less", x, number(call, 0)), call.add("Equal", phase, number(call, 0)));
        Value finite = call.add("Where", pole, number(call, Double.NaN), left);
        return call.add("Where", reflects(call, x), finite, right);
    }

    /** Source: chainer/functions/math/zeta.py. */
    private static Value zeta(FunctionCall call) {
        Value q = ElementTypes.floats(call, "q");
        Value s = call.value("x", DataType.DOUBLE);
        return call.cast(zeta(call, s, call.cast(q, DataType.DOUBLE)), q.dataType());
    }

    /** {@code 1 / q^s + 1 / (q + 1)^s + ...}: infinite for s = 1, not a number below. */
    private static Value zeta(FunctionCall call, Value s, Value q) {
        call.approximation("zeta and polygamma are not a number where q is below " + (8 - TERMS));
        Value minus = call.add("Neg", s);
        Value terms = call.add("Pow", Polynomial.counted(call, q, TERMS), call.unsqueeze(minus, -1));
        Value a = Polynomial.line(call, 1, q, TERMS);
        Value factor = call.add("Div", s, a);
        Value bracket = call.add("Div", a, Polynomial.line(call, 1, s, -1));
        bracket = Polynomial.line(call, 1, bracket, 0.5);
        for (int k = 0; k < BERNOULLI.length; k++) {
            if (k > 0) {
                Value next =
                        call.add("Mul", Polynomial.line(call, 1, s, 2 * k - 1), Polynomial.line(call, 1, s, 2 * k));
                factor = call.add("Div", call.add("Mul", factor, next), call.add("Mul", a, a));
            }
            bracket = call.add("Add", bracket, call.add("Mul", factor, number(call, BERNOULLI[k])));
        }
        Value rest = call.add("Mul", call.add("Pow", a, minus), bracket);
        Value sum = call.add("Add", Polynomial.total(call, terms), rest);
        Value undefined =
                call.add("Or", call.add("Less", s, number(call, 1)), call.add("Less", q, number(call, 8 - TERMS)));
        return call.add("Where", undefined, number(call, Double.NaN), sum);
    }

    /** The n-th derivative of digamma: {@code (-1)^(n + 1) n! zeta(n + 1, x)}, digamma itself for 0. Source: chainer/functions/math/polygamma.py. */
    private static Value polygamma(FunctionCall call) {
        Value x = ElementTypes.floats(call, "x");
        Value wide = call.cast(x, DataType.DOUBLE);
        Value n = call.value("n", DataType.DOUBLE);
        Value s = Polynomial.line(call, 1, n, 1);
        Value parity = call.add("Mod", Attributes.of("fmod", 1), s, number(call, 2));
        Value sign = Polynomial.line(call, -2, parity, 1);
        Value factorial = call.add("Exp", lgamma(call, s));
        Value derivative = call.add("Mul", call.add("Mul", sign, factorial), zeta(call, s, wide));
        Value first = call.add("Equal", n, number(call, 0));
        return call.cast(call.add("Where", first, digamma(call, wide), derivative), x.dataType());
    }
}
