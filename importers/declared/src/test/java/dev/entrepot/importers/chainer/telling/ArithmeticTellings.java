package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import dev.entrepot.importers.chainer.telling.Telling.Weight;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** What combines arrays element by element. Source: chainer/functions/math/basic_math.py, and files named like their functions. */
final class ArithmeticTellings {

    static final List<Telling> ALL = List.of(
            new Telling("absolute", dice -> {
                NdArray x = Draws.anyFloat(dice, dice.normal(Draws.shape(dice, 4)));
                return Call.of(x).gives(x.map(Math::abs));
            }),
            new Telling("add", ArithmeticTellings::add),
            new Telling("bias", dice -> alongAxis(dice, (x, y) -> x + y)),
            new Telling("div", ArithmeticTellings::div),
            new Telling("floordiv", ArithmeticTellings::floordiv),
            new Telling("fmod", ArithmeticTellings::fmod),
            new Telling("linear_interpolate", ArithmeticTellings::linearInterpolate),
            new Telling("maximum", dice -> arrays(dice, Math::max)),
            new Telling("minimum", dice -> arrays(dice, Math::min)),
            new Telling("mul", dice -> operator(dice, (x, y) -> x * y)),
            new Telling("neg", dice -> {
                int[] shape = Draws.shape(dice, 4);
                NdArray x = dice.chance(30) ? dice.wholes(-9, 9, shape) : dice.normal(shape);
                return Call.of(x).gives(x.map(value -> 0 - value));
            }),
            new Telling("pow", dice -> power(dice, false)),
            new Telling("rdiv", dice -> quotient(dice, (x, y) -> y / x)),
            new Telling("rfloordiv", dice -> quotient(dice, (x, y) -> Math.floor((float) (y / x)))),
            new Telling("rpow", dice -> power(dice, true)),
            new Telling("rsub", dice -> operator(dice, (x, y) -> y - x)),
            new Telling("scale", dice -> alongAxis(dice, (x, y) -> x * y)),
            new Telling("sub", dice -> operator(dice, (x, y) -> x - y)));

    private ArithmeticTellings() {}

    /** Variables of one type against each other, a parameter, or a number that takes the type of the variable. */
    private static Call operator(Dice dice, DoubleBinaryOperator function) {
        if (dice.chance(35)) {
            NdArray x = dice.chance(40)
                    ? dice.wholes(-9, 9, Draws.shape(dice, 3))
                    : Draws.anyFloat(dice, dice.normal(Draws.shape(dice, 3)));
            return withNumber(dice, x, function);
        }
        return arrays(dice, function);
    }

    private static Call withNumber(Dice dice, NdArray x, DoubleBinaryOperator function) {
        if (dice.chance(40)) {
            int number = dice.between(-4, 4);
            return Call.of(x, number).gives(x.map(value -> function.applyAsDouble(value, number)));
        }
        double number = dice.uniform(-4, 4);
        double taken = x.type() == DataType.INT32 ? (int) number : number;
        return Call.of(x, number).gives(x.map(value -> function.applyAsDouble(value, taken)));
    }

    private static Call arrays(Dice dice, DoubleBinaryOperator function) {
        int[] whole = Draws.shape(dice, 4);
        NdArray x = dice.normal(Draws.part(dice, whole));
        NdArray y = dice.normal(Draws.part(dice, whole));
        if (dice.chance(15)) {
            x = x.as(DataType.DOUBLE);
            y = y.as(DataType.DOUBLE);
        }
        return Call.of(x, dice.chance(30) ? new Weight(y) : y).gives(Draws.paired(x, y, function));
    }

    private static Call add(Dice dice) {
        if (dice.chance(40)) {
            return operator(dice, Double::sum);
        }
        int[] whole = Draws.shape(dice, 3);
        List<NdArray> terms = new ArrayList<>();
        for (int i = dice.between(1, 4); i > 0; i--) {
            terms.add(dice.normal(Draws.part(dice, whole)));
        }
        NdArray sum =
                terms.stream().reduce((x, y) -> Draws.paired(x, y, Double::sum)).orElseThrow();
        return Call.of(terms.toArray()).gives(sum);
    }

    /** A quotient's divisor keeps away from 0. */
    private static NdArray divisor(Dice dice, int... shape) {
        return dice.uniform(0.5, 3, shape).map(value -> dice.chance(50) ? value : -value);
    }

    /** Whole numbers are multiplied by the reciprocal's whole part. */
    private static Call div(Dice dice) {
        if (dice.chance(15)) {
            NdArray x = dice.wholes(-9, 9, Draws.shape(dice, 3));
            double number = dice.oneOf(2.0, 1.0, -1.0, 0.25);
            return Call.of(x, number).gives(x.map(value -> value * (int) (1 / number)));
        }
        int[] whole = Draws.shape(dice, 3);
        NdArray x = Draws.anyFloat(dice, dice.normal(Draws.part(dice, whole)));
        if (dice.chance(30)) {
            int number = dice.oneOf(-3, 2, 7);
            return Call.of(x, number).gives(x.map(value -> value / number));
        }
        NdArray y = divisor(dice, Draws.part(dice, whole)).as(x.type());
        return Call.of(x, y).gives(Draws.paired(x, y, (a, b) -> a / b));
    }

    /** A number's reciprocal is rounded to float32 before, and the product after. */
    private static Call floordiv(Dice dice) {
        int[] whole = Draws.shape(dice, 3);
        NdArray x = dice.uniform(-20, 20, Draws.part(dice, whole));
        if (dice.chance(40)) {
            NdArray wholes = x.map(Math::rint);
            double number = dice.oneOf(3.0, -7.0, 0.1, 10.0);
            return Call.of(wholes, number)
                    .gives(wholes.map(value -> Math.floor((float) (value * (float) (1 / number)))));
        }
        NdArray y = divisor(dice, Draws.part(dice, whole));
        return Call.of(x, y).gives(Draws.paired(x, y, (a, b) -> Math.floor((float) (a / b))));
    }

    /** A number, or an array, by a variable. */
    private static Call quotient(Dice dice, DoubleBinaryOperator function) {
        int[] whole = Draws.shape(dice, 3);
        NdArray x = divisor(dice, Draws.part(dice, whole));
        if (dice.chance(50)) {
            double number = dice.uniform(-9, 9);
            return Call.of(x, number).gives(x.map(value -> function.applyAsDouble(value, number)));
        }
        NdArray y = dice.uniform(-9, 9, Draws.part(dice, whole));
        return Call.of(x, y).gives(Draws.paired(x, y, function));
    }

    private static Call power(Dice dice, boolean reversed) {
        int[] whole = Draws.shape(dice, 3);
        NdArray base = Draws.anyFloat(dice, dice.uniform(0.2, 3, Draws.part(dice, whole)));
        NdArray exponent = dice.uniform(-2, 3, Draws.part(dice, whole)).as(base.type());
        if (dice.chance(50)) {
            return reversed
                    ? Call.of(exponent, base).gives(Draws.paired(base, exponent, Math::pow))
                    : Call.of(base, exponent).gives(Draws.paired(base, exponent, Math::pow));
        }
        if (reversed) {
            double number = dice.uniform(0.2, 3);
            return Call.of(exponent, number).gives(exponent.map(value -> Math.pow(number, value)));
        }
        if (dice.chance(50)) {
            NdArray signed = base.map(value -> dice.chance(50) ? value : -value);
            int number = dice.between(-2, 4);
            return Call.of(signed, number).gives(signed.map(value -> Math.pow(value, number)));
        }
        double number = dice.oneOf(0.5, -0.5, 1.5, -1.0, 2.0);
        return Call.of(base, number).gives(base.map(value -> Math.pow(value, number)));
    }

    private static Call fmod(Dice dice) {
        int[] whole = Draws.shape(dice, 3);
        NdArray x = Draws.anyFloat(dice, dice.uniform(-20, 20, Draws.part(dice, whole)));
        NdArray y = divisor(dice, Draws.part(dice, whole)).as(x.type());
        return Call.of(x, y).gives(Draws.paired(x, y, (a, b) -> a % b));
    }

    private static Call linearInterpolate(Dice dice) {
        int[] shape = Draws.shape(dice, 3);
        NdArray p = Draws.anyFloat(dice, dice.uniform(0, 1, shape));
        NdArray x = dice.normal(shape).as(p.type());
        NdArray y = dice.normal(shape).as(p.type());
        return Call.of(p, x, y).gives(NdArray.of(p.type(), shape, i -> p.at(i) * x.at(i) + (1 - p.at(i)) * y.at(i)));
    }

    /** The axes of y are those of x from {@code axis} on. */
    private static Call alongAxis(Dice dice, DoubleBinaryOperator function) {
        int rank = dice.between(1, 4);
        NdArray x = dice.normal(dice.sizes(rank, 1, 5));
        boolean told = rank == 1 || dice.chance(60);
        int axis = told ? dice.between(0, rank) : 1;
        int end = dice.between(axis, rank);
        NdArray y = dice.normal(java.util.Arrays.copyOfRange(x.shape(), axis, end));
        NdArray expected = NdArray.of(
                x.shape(),
                index -> function.applyAsDouble(x.at(index), y.at(java.util.Arrays.copyOfRange(index, axis, end))));
        Object given = dice.chance(50) ? new Weight(y) : y;
        return (told ? Call.of(x, given, axis) : Call.of(x, given)).gives(expected);
    }
}
