package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** What sources do to arrays with NumPy. Source: NumPy's reference. */
final class NumpyTellings {

    static final List<Telling> ALL = List.of(
            new Telling("numpy.all", dice -> truth(dice, true)),
            new Telling("numpy.any", dice -> truth(dice, false)),
            new Telling("numpy.arange", NumpyTellings::arange),
            new Telling("numpy.array", NumpyTellings::array),
            new Telling("numpy.equal", dice -> compared(dice, (a, b) -> a == b ? 1 : 0)),
            new Telling("numpy.full", NumpyTellings::full),
            new Telling("numpy.greater", dice -> compared(dice, (a, b) -> a > b ? 1 : 0)),
            new Telling("numpy.greater_equal", dice -> compared(dice, (a, b) -> a >= b ? 1 : 0)),
            new Telling("numpy.isinf", dice -> told(dice, value -> Double.isInfinite(value) ? 1 : 0)),
            new Telling("numpy.isnan", dice -> told(dice, value -> Double.isNaN(value) ? 1 : 0)),
            new Telling("numpy.less", dice -> compared(dice, (a, b) -> a < b ? 1 : 0)),
            new Telling("numpy.less_equal", dice -> compared(dice, (a, b) -> a <= b ? 1 : 0)),
            new Telling("numpy.logical_and", dice -> logical(dice, (a, b) -> a * b)),
            new Telling("numpy.logical_not", NumpyTellings::not),
            new Telling("numpy.logical_or", dice -> logical(dice, Math::max)),
            new Telling("numpy.logical_xor", dice -> logical(dice, (a, b) -> a == b ? 0 : 1)),
            new Telling("numpy.not_equal", dice -> compared(dice, (a, b) -> a == b ? 0 : 1)),
            new Telling("numpy.rint", NumpyTellings::rint));

    private NumpyTellings() {}

    private static Call compared(Dice dice, DoubleBinaryOperator compare) {
        int[] shape = dice.sizes(dice.between(1, 3), 1, 4);
        NdArray a = dice.wholes(-2, 2, shape).as(dice.oneOf(DataType.INT32, DataType.INT64, DataType.FLOAT));
        if (dice.chance(40)) {
            double b = dice.oneOf(0.5, 1.0, -1.5);
            return Call.of(a, b)
                    .gives(a.map(value -> compare.applyAsDouble(value, b)).as(DataType.BOOL));
        }
        NdArray b = dice.wholes(-2, 2, shape[shape.length - 1]).as(dice.oneOf(DataType.INT32, DataType.DOUBLE));
        return Call.of(a, b)
                .gives(NdArray.of(DataType.BOOL, shape, i -> compare.applyAsDouble(a.at(i), b.broadcast(i))));
    }

    private static Call logical(Dice dice, DoubleBinaryOperator operator) {
        int[] shape = dice.sizes(dice.between(0, 3), 1, 4);
        NdArray a = NdArray.of(DataType.BOOL, shape, i -> dice.between(0, 1));
        NdArray b = NdArray.of(DataType.BOOL, shape, i -> dice.between(0, 1));
        return Call.of(a, b).gives(NdArray.of(DataType.BOOL, shape, i -> operator.applyAsDouble(a.at(i), b.at(i))));
    }

    private static Call truth(Dice dice, boolean all) {
        NdArray a = dice.wholes(0, 3, 2, 3).as(dice.oneOf(DataType.FLOAT, DataType.INT32));
        NdArray expected = NdArray.of(DataType.BOOL, new int[] {2}, i -> {
            int count = 0;
            for (int k = 0; k < 3; k++) {
                count += a.at(i[0], k) != 0 ? 1 : 0;
            }
            return (all ? count == 3 : count > 0) ? 1 : 0;
        });
        return Call.of(a).with("axis", 1).gives(expected);
    }

    private static Call full(Dice dice) {
        int[] shape = dice.sizes(dice.between(0, 3), 1, 4);
        double value = dice.uniform(-2, 2);
        return Call.of(shape, value, "float32").gives(NdArray.of(shape, i -> value));
    }

    private static Call arange(Dice dice) {
        int start = dice.between(-3, 3);
        int step = dice.oneOf(1, 2, -1, -3);
        int count = dice.between(1, 5);
        int stop = start + step * (count - 1) + Integer.signum(step);
        return Call.of(start, stop, step, "float32").gives(NdArray.of(new int[] {count}, i -> start + i[0] * step));
    }

    /** Whole numbers, flat, under a shape. */
    private static Call array(Dice dice) {
        int[] shape = dice.sizes(dice.between(1, 2), 1, 3);
        DataType type = dice.oneOf(DataType.INT32, DataType.INT64, DataType.FLOAT);
        int[] items = dice.sizes(NdArray.count(shape), -5, 5);
        NdArray flat = NdArray.of(type, new int[] {items.length}, i -> items[i[0]]);
        return Call.of(items, shape, type).gives(flat.reshaped(shape));
    }

    private static Call told(Dice dice, DoubleUnaryOperator tell) {
        double[] some = {0, 1.5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        NdArray a = NdArray.of(dice.sizes(dice.between(1, 3), 1, 4), i -> some[dice.between(0, 4)]);
        return Call.of(a).gives(a.map(tell).as(DataType.BOOL));
    }

    private static Call not(Dice dice) {
        NdArray a = NdArray.of(DataType.BOOL, dice.sizes(dice.between(1, 3), 1, 4), i -> dice.between(0, 1));
        return Call.of(a).gives(a.map(value -> 1 - value));
    }

    /** Half to even. */
    private static Call rint(Dice dice) {
        NdArray a = NdArray.of(dice.sizes(dice.between(1, 3), 1, 4), i -> dice.between(-9, 9) / 2.0);
        return Call.of(a).gives(a.map(Math::rint));
    }
}
