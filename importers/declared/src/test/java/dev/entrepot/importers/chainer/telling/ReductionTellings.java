package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reductions. Source: chainer/functions/math: sum.py, average.py, minmax.py, prod.py, logsumexp.py, cumsum.py, cumprod.py. */
final class ReductionTellings {

    static final List<Telling> ALL = List.of(
            new Telling("argmax", dice -> place(dice, 1)),
            new Telling("argmin", dice -> place(dice, -1)),
            new Telling("average", ReductionTellings::average),
            new Telling("batch_l2_norm_squared", ReductionTellings::batchL2NormSquared),
            new Telling("cumprod", dice -> soFar(dice, (x, y) -> x * y)),
            new Telling("cumsum", dice -> soFar(dice, Double::sum)),
            new Telling("logsumexp", ReductionTellings::logsumexp),
            new Telling("max", dice -> reduction(dice, Double.NEGATIVE_INFINITY, Math::max)),
            new Telling("mean", ReductionTellings::average),
            new Telling("min", dice -> reduction(dice, Double.POSITIVE_INFINITY, Math::min)),
            new Telling("prod", dice -> reduction(dice, 1, (x, y) -> x * y)),
            new Telling("sum", dice -> reduction(dice, 0, Double::sum)),
            new Telling("sum_to", ReductionTellings::sumTo));

    private ReductionTellings() {}

    /** An axis argument: None, one, or a tuple of some; counted from the front or from behind. */
    private static @Nullable Object axis(Dice dice, int rank) {
        if (rank == 0 || dice.chance(25)) {
            return null;
        }
        if (dice.chance(50)) {
            return dice.between(-rank, rank - 1);
        }
        int[] some = Arrays.copyOf(dice.permutation(rank), dice.between(0, rank));
        return Arrays.stream(some)
                .map(axis -> dice.chance(30) ? axis - rank : axis)
                .toArray();
    }

    private static boolean isReduced(@Nullable Object axis, int rank, int index) {
        return axis == null
                || axis instanceof Integer one && Math.floorMod(one, rank) == index
                || axis instanceof int[] some
                        && Arrays.stream(some).anyMatch(each -> Math.floorMod(each, rank) == index);
    }

    /** All along some axes taken together. */
    private static NdArray reduced(
            NdArray x, @Nullable Object axis, boolean keep, double initial, DoubleBinaryOperator function) {
        int rank = x.rank();
        int[] ones = x.shape().clone();
        for (int i = 0; i < rank; i++) {
            ones[i] = isReduced(axis, rank, i) ? 1 : ones[i];
        }
        NdArray result = NdArray.of(x.type(), ones, index -> initial);
        int[] index = new int[rank];
        for (int i = 0; i < x.data().length; i++) {
            int[] to = new int[rank];
            for (int a = 0; a < rank; a++) {
                to[a] = ones[a] == 1 ? 0 : index[a];
            }
            result.set(function.applyAsDouble(result.at(to), x.at(index)), to);
            for (int a = rank - 1; a >= 0 && ++index[a] == x.size(a); a--) {
                index[a] = 0;
            }
        }
        int[] left = IntStream.range(0, rank)
                .filter(i -> !isReduced(axis, rank, i))
                .map(i -> ones[i])
                .toArray();
        return keep ? result : result.reshaped(left);
    }

    private static Call reduction(Dice dice, double initial, DoubleBinaryOperator function) {
        NdArray x = Draws.anyFloat(dice, dice.normal(Draws.shape(dice, 4)));
        Object axis = axis(dice, x.rank());
        boolean keep = dice.chance(30);
        Call call = axis == null && dice.chance(50) ? Call.of(x) : Call.of(x, axis);
        return (keep ? call.with("keepdims", true) : call).gives(reduced(x, axis, keep, initial, function));
    }

    private static Call logsumexp(Dice dice) {
        NdArray x = Draws.anyFloat(dice, dice.uniform(-9, 9, Draws.shape(dice, 4)));
        Object axis = axis(dice, x.rank());
        NdArray sum = reduced(x.map(Math::exp), axis, false, 0, Double::sum);
        return Call.of(x, axis).gives(sum.map(Math::log));
    }

    private static Call average(Dice dice) {
        NdArray x = Draws.anyFloat(dice, dice.normal(Draws.shape(dice, 4)));
        boolean keep = dice.chance(30);
        if (x.rank() > 0 && dice.chance(40)) {
            return weighted(dice, x, keep);
        }
        Object axis = axis(dice, x.rank());
        NdArray sum = reduced(x, axis, keep, 0, Double::sum);
        double count = (double) x.data().length / sum.data().length;
        return Call.of(x).with("axis", axis).with("keepdims", keep).gives(sum.map(value -> value / count));
    }

    /** Weights of one axis, or of all elements. */
    private static Call weighted(Dice dice, NdArray x, boolean keep) {
        Integer axis = dice.chance(60) ? dice.between(-x.rank(), x.rank() - 1) : null;
        int along = axis == null ? 0 : Math.floorMod(axis, x.rank());
        NdArray weights = dice.uniform(0.1, 2, axis == null ? x.shape() : new int[] {x.size(along)})
                .as(x.type());
        NdArray products = NdArray.of(
                x.type(),
                x.shape(),
                index -> x.at(index) * (axis == null ? weights.at(index) : weights.at(index[along])));
        double total = Arrays.stream(weights.data()).sum();
        return Call.of(x, axis, weights, keep)
                .gives(reduced(products, axis, keep, 0, Double::sum).map(value -> value / total));
    }

    private static Call batchL2NormSquared(Dice dice) {
        NdArray x = dice.normal(dice.sizes(dice.between(2, 4), 1, 5));
        int[] axes = IntStream.range(1, x.rank()).toArray();
        return Call.of(x).gives(reduced(x.map(value -> value * value), axes, false, 0, Double::sum));
    }

    /** The first of those that are most in this direction; numbers are few, so that some are equal. */
    private static Call place(Dice dice, int direction) {
        NdArray x =
                Draws.anyFloat(dice, dice.uniform(-3, 3, Draws.shape(dice, 4)).map(Math::rint));
        Integer axis = x.rank() == 0 || dice.chance(30) ? null : dice.between(-x.rank(), x.rank() - 1);
        NdArray flat = axis == null ? x.reshaped(x.data().length) : x;
        int along = axis == null ? 0 : Math.floorMod(axis, x.rank());
        int[] left = IntStream.range(0, flat.rank())
                .filter(i -> i != along)
                .map(flat::size)
                .toArray();
        NdArray places = NdArray.of(dev.entrepot.tensor.DataType.INT32, left, index -> {
            int[] from = new int[flat.rank()];
            for (int i = 0; i < from.length; i++) {
                from[i] = i < along ? index[i] : i == along ? 0 : index[i - 1];
            }
            int[] best = from.clone();
            for (; from[along] < flat.size(along); from[along]++) {
                if (direction * flat.at(from) > direction * flat.at(best)) {
                    best = from.clone();
                }
            }
            return best[along];
        });
        return (axis == null ? Call.of(x) : Call.of(x, axis)).gives(places);
    }

    private static Call soFar(Dice dice, DoubleBinaryOperator function) {
        NdArray x = Draws.anyFloat(dice, dice.normal(Draws.shape(dice, 4)).map(value -> dice.chance(10) ? 0 : value));
        Integer axis = x.rank() == 0 || dice.chance(30) ? null : dice.between(-x.rank(), x.rank() - 1);
        NdArray sequence = axis == null ? x.reshaped(x.data().length) : x;
        int along = axis == null ? 0 : Math.floorMod(axis, x.rank());
        NdArray y = NdArray.of(x.type(), sequence.shape(), index -> {
            int[] from = index.clone();
            from[along] = 0;
            double result = sequence.at(from);
            for (from[along] = 1; from[along] <= index[along]; from[along]++) {
                result = function.applyAsDouble(result, sequence.at(from));
            }
            return result;
        });
        return (axis == null ? Call.of(x) : Call.of(x, axis)).gives(y);
    }

    /** The sum of what broadcasting would repeat. Source: chainer/utils/array.py, sum_to. */
    private static Call sumTo(Dice dice) {
        NdArray x = dice.normal(Draws.shape(dice, 4));
        int[] shape = Draws.part(dice, x.shape());
        int leading = x.rank() - shape.length;
        int[] axes = IntStream.range(0, x.rank())
                .filter(axis -> axis < leading || shape[axis - leading] == 1)
                .toArray();
        return Call.of(x, shape).gives(reduced(x, axes, true, 0, Double::sum).reshaped(shape));
    }
}
