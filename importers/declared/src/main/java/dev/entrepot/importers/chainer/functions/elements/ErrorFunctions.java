package dev.entrepot.importers.chainer.functions.elements;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.chainer.functions.entries.ElementTypes;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The error function and its kin, which Chainer takes from SciPy. ONNX has erf alone; the others are computed in float64 from three
 * polynomials, whose relative errors stay below 3e-10. The coefficients come from tools/special-functions.py.
 */
public final class ErrorFunctions {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("erf(x)", call -> ElementTypes.single(call, "Erf", Attributes.NONE, ElementTypes.floats(call, "x"))),
            one("erfc(x)", call -> inFloat64(call, ErrorFunctions::erfc)),
            one("erfcinv(x)", call -> inFloat64(call, ErrorFunctions::erfcinv)),
            one("erfcx(x)", call -> inFloat64(call, ErrorFunctions::erfcx)),
            one("erfinv(x)", call -> inFloat64(call, ErrorFunctions::erfinv)),
            one("log_ndtr(x)", call -> inFloat64(call, ErrorFunctions::logNdtr)),
            one("ndtr(x)", call -> inFloat64(call, ErrorFunctions::ndtr)),
            one("ndtri(x)", call -> inFloat64(call, ErrorFunctions::ndtri)));

    /** {@code (1 + 2x) erfcx(x)} for x from 0 on, of {@code (x - 3) / (x + 3)}. */
    private static final Polynomial SCALED_ERFCX = new Polynomial(
            1.25300805826972965,
            -0.135621106120849706,
            -0.0475622943525077629,
            0.12964515847824745,
            -0.1192736634721992,
            0.0683080313220015004,
            -0.0237705139041396088,
            0.00252935962785620455,
            0.00188868206083981312,
            -0.000779690310753492018,
            -0.000105122585733512206,
            0.000124728135306308565,
            4.84969230326035842e-6,
            -0.0000195047130716643651,
            -5.65004531267366038e-7,
            2.88697098814813908e-6,
            1.82683383558419126e-7,
            -2.79842135696919781e-7,
            -2.98394252702944413e-8);

    /** {@code erfinv(x) / x} for {@code w = -log(1 - x^2)} from 0 to 6.25, of {@code w / 3.125 - 1}. */
    private static final Polynomial INVERSE_CENTER = new Polynomial(
            1.65365456267670245,
            0.750494320077566593,
            -0.0589225662824201296,
            -0.0226044471470113455,
            0.017808344342235954,
            -0.00413732077258690328,
            -0.00127154889455584502,
            0.0012325360899825296,
            -0.000264980727911199832,
            -0.000117082870229840426,
            0.0000947057910755737004,
            -0.0000146308594864907708,
            -0.0000130246544647202043,
            6.70132122024770034e-6,
            6.52376575194263501e-7,
            -8.56663063378429898e-7);

    /** {@code erfinv(x) / (x s)} for {@code s = sqrt(w)} from 2.5 to 27.5, of {@code 1.28 - 7.98 / (s + 1)}. */
    private static final Polynomial INVERSE_TAIL = new Polynomial(
            0.971784673319520366,
            0.0357489906955902721,
            -0.00654664708191376251,
            -0.00335794461257902583,
            0.000513643110118849734,
            -0.000183186111841896185,
            -0.0000125272150747017391,
            -0.0000349422677301730731,
            -0.0000477945703490196419,
            -0.000404666418768662217,
            0.00147064600450877587,
            -0.00097519343980995928,
            -0.00176843472814973096,
            0.00211994283843433747,
            0.000996810648896393043,
            -0.00178287464892990661,
            -0.00029333462517376567,
            0.000761856573519231023,
            0.0000357314200848131656,
            -0.000137361955817454959);
    // spotless:on

    private ErrorFunctions() {}

    /** A function of x, computed in float64, in the type of x. */
    static Value inFloat64(FunctionCall call, BiFunction<FunctionCall, Value, Value> function) {
        Value x = ElementTypes.floats(call, "x");
        if (x.dataType() == DataType.DOUBLE) {
            call.approximation("right to about 9 digits");
        }
        return call.cast(function.apply(call, call.cast(x, DataType.DOUBLE)), x.dataType());
    }

    private static Value number(FunctionCall call, double number) {
        return call.scalar(number, DataType.DOUBLE);
    }

    /** {@code exp(x^2) erfc(x)} for x from 0 on. */
    private static Value scaled(FunctionCall call, Value x) {
        Value t = Polynomial.line(call, -6, call.add("Reciprocal", Polynomial.line(call, 1, x, 3)), 1);
        return call.add("Div", SCALED_ERFCX.at(call, t), Polynomial.line(call, 2, x, 1));
    }

    private static Value negative(FunctionCall call, Value x) {
        return call.add("Less", x, number(call, 0));
    }

    private static Value square(FunctionCall call, Value x) {
        return call.add("Mul", x, x);
    }

    /** {@code exp(x^2) erfc(x)}. Source: chainer/functions/math/erfcx.py. */
    private static Value erfcx(FunctionCall call, Value x) {
        Value right = scaled(call, call.add("Abs", x));
        Value growth = call.add("Mul", call.add("Exp", square(call, x)), number(call, 2));
        return call.add("Where", negative(call, x), call.add("Sub", growth, right), right);
    }

    /** {@code 1 - erf(x)}, precise where that is small. Source: chainer/functions/math/erfc.py. */
    private static Value erfc(FunctionCall call, Value x) {
        Value decay = call.add("Exp", call.add("Neg", square(call, x)));
        Value right = call.add("Mul", decay, scaled(call, call.add("Abs", x)));
        return call.add("Where", negative(call, x), Polynomial.line(call, -1, right, 2), right);
    }

    /** The normal distribution's share below x. Source: chainer/functions/math/ndtr.py. */
    private static Value ndtr(FunctionCall call, Value x) {
        Value twice = erfc(call, call.add("Mul", x, number(call, -Math.sqrt(0.5))));
        return call.add("Mul", twice, number(call, 0.5));
    }

    /** {@code log(ndtr(x))}, precise in both tails. Source: chainer/functions/math/log_ndtr.py. */
    private static Value logNdtr(FunctionCall call, Value x) {
        Value y = call.add("Mul", call.add("Abs", x), number(call, Math.sqrt(0.5)));
        Value half = call.add("Mul", scaled(call, y), number(call, 0.5));
        Value square = square(call, y);
        Value below = call.add("Sub", call.add("Log", half), square);
        Value above = call.add("Mul", half, call.add("Exp", call.add("Neg", square)));
        return call.add("Where", negative(call, x), below, Elementwise.log1p(call, call.add("Neg", above)));
    }

    /** {@code erfinv(x) / x} of {@code 1 - x^2}. */
    private static Value ratio(FunctionCall call, Value rest) {
        Value w = call.add("Neg", call.add("Log", rest));
        Value s = call.add("Sqrt", w);
        Value center = INVERSE_CENTER.at(call, Polynomial.line(call, 1 / 3.125, w, -1));
        Value v = Polynomial.line(call, -7.98, call.add("Reciprocal", Polynomial.line(call, 1, s, 1)), 1.28);
        Value tail = call.add("Mul", INVERSE_TAIL.at(call, v), s);
        return call.add("Where", call.add("Less", w, number(call, 6.25)), center, tail);
    }

    /** Source: chainer/functions/math/erfinv.py. */
    private static Value erfinv(FunctionCall call, Value x) {
        Value rest = call.add("Mul", Polynomial.line(call, -1, x, 1), Polynomial.line(call, 1, x, 1));
        return call.add("Mul", x, ratio(call, rest));
    }

    /** {@code erfinv(1 - x)}, precise near 0. Source: chainer/functions/math/erfcinv.py. */
    private static Value erfcinv(FunctionCall call, Value x) {
        Value rest = call.add("Mul", x, Polynomial.line(call, -1, x, 2));
        return call.add("Mul", Polynomial.line(call, -1, x, 1), ratio(call, rest));
    }

    /** The inverse of {@link #ndtr}. Source: chainer/functions/math/ndtri.py. */
    private static Value ndtri(FunctionCall call, Value x) {
        Value inverse = erfcinv(call, call.add("Mul", x, number(call, 2)));
        return call.add("Mul", inverse, number(call, -Math.sqrt(2)));
    }
}
