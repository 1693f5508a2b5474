package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import dev.entrepot.tensor.DataType;
import dev.entrepot.validator.compare.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Elementary functions of every element, as NumPy has them. Source: chainer/functions/math: trigonometric.py, hyperbolic.py, exponential.py,
 * exponential_m1.py, logarithm_1p.py, sqrt.py and those named like their functions.
 */
final class ElementwiseTellings {

    private static final Tolerance NEAR_ZERO =
            new Tolerance(1e-5, 1e-30, "the function is there for what is precise near 0, so no floor");

    static final List<Telling> ALL = List.of(
            unary("arccos", -1, 1, Math::acos),
            unary("arcsin", -1, 1, Math::asin),
            unary("arctan", -30, 30, Math::atan),
            new Telling("arctan2", ElementwiseTellings::arctan2),
            unary("arctanh", -0.95, 0.95, x -> Math.log((1 + x) / (1 - x)) / 2),
            rounding("ceil", Math::ceil),
            new Telling("clip", ElementwiseTellings::clip),
            unary("cos", -20, 20, Math::cos),
            unary("cosh", -5, 5, Math::cosh),
            unary("exp", -20, 10, Math::exp),
            new Telling("expm1", dice -> nearZero(dice, -20, 20, Math::expm1)),
            rounding("fix", x -> x < 0 ? Math.ceil(x) : Math.floor(x)),
            rounding("floor", Math::floor),
            new Telling("identity", ElementwiseTellings::identity),
            unary("log", 1e-3, 50, Math::log),
            unary("log10", 1e-3, 50, Math::log10),
            new Telling("log1p", dice -> nearZero(dice, -0.9, 50, Math::log1p)),
            unary("log2", 1e-3, 50, x -> Math.log(x) / Math.log(2)),
            unary("rsqrt", 1e-3, 50, x -> 1 / Math.sqrt(x)),
            rounding("sign", Math::signum),
            unary("sin", -20, 20, Math::sin),
            unary("sinh", -5, 5, Math::sinh),
            unary("sqrt", 0, 50, Math::sqrt),
            unary("square", -9, 9, x -> x * x),
            unary("tan", -1.4, 1.4, Math::tan));

    private ElementwiseTellings() {}

    private static Telling unary(String name, double low, double high, DoubleUnaryOperator function) {
        return new Telling(name, dice -> {
            NdArray x = Draws.anyFloat(dice, dice.uniform(low, high, Draws.shape(dice, 4)));
            return Call.of(x).gives(x.map(function));
        });
    }

    private static Telling rounding(String name, DoubleUnaryOperator function) {
        return new Telling(name, dice -> {
            int[] shape = Draws.shape(dice, 4);
            NdArray x = dice.chance(25)
                    ? dice.wholes(-5, 5, shape)
                    : Draws.anyFloat(
                            dice, dice.uniform(-5, 5, shape).map(value -> dice.chance(20) ? Math.rint(value) : value));
            return Call.of(x).gives(x.map(value -> function.applyAsDouble(value) + 0.0));
        });
    }

    private static Call nearZero(Dice dice, double low, double high, DoubleUnaryOperator function) {
        NdArray x = dice.uniform(low, high, Draws.shape(dice, 4))
                .map(value -> dice.chance(50) ? value : (float) (value * Math.pow(10, -dice.between(1, 15))));
        NdArray any = Draws.anyFloat(dice, x);
        return Call.of(any).gives(any.map(function)).within(NEAR_ZERO);
    }

    private static Call arctan2(Dice dice) {
        int[] whole = Draws.shape(dice, 3);
        NdArray y = edged(dice, Draws.part(dice, whole));
        NdArray x = edged(dice, Draws.part(dice, whole));
        NdArray angle = Draws.paired(y, x, Math::atan2);
        if (dice.chance(15)) {
            return Call.of(y, x.as(DataType.DOUBLE)).gives(angle.as(DataType.DOUBLE));
        }
        return Call.of(y, x).gives(angle);
    }

    /** Numbers among which are zeros of both signs and infinities. */
    private static NdArray edged(Dice dice, int... shape) {
        return dice.normal(shape)
                .map(value -> dice.chance(75)
                        ? value
                        : dice.oneOf(0.0, -0.0, 1.0, -1.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    }

    private static Call clip(Dice dice) {
        NdArray x = Draws.anyFloat(dice, dice.normal(Draws.shape(dice, 4)));
        double low = dice.uniform(-2, 0);
        int high = dice.between(1, 2);
        return switch (dice.between(0, 2)) {
            case 0 -> Call.of(x, low, high).gives(x.map(value -> Math.min(Math.max(value, low), high)));
            case 1 -> Call.of(x, null, high).gives(x.map(value -> Math.min(value, high)));
            default -> Call.of(x, low).with("x_max", null).gives(x.map(value -> Math.max(value, low)));
        };
    }

    private static Call identity(Dice dice) {
        List<NdArray> inputs = new ArrayList<>();
        for (int i = dice.between(1, 3); i > 0; i--) {
            inputs.add(dice.normal(Draws.shape(dice, 3)));
        }
        return Call.of(inputs.toArray()).gives(inputs.toArray(NdArray[]::new));
    }
}
