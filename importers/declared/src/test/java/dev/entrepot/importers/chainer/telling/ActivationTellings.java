package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import dev.entrepot.importers.chainer.telling.Telling.Weight;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Activations. Source: chainer/functions/activation, the file named like each function. */
final class ActivationTellings {

    static final List<Telling> ALL = List.of(
            new Telling("clipped_relu", ActivationTellings::clippedRelu),
            new Telling("crelu", ActivationTellings::crelu),
            new Telling("elu", ActivationTellings::elu),
            unary("hard_sigmoid", x -> Math.min(Math.max(0.2 * x + 0.5, 0), 1)),
            new Telling("log_softmax", dice -> softmax(dice, true)),
            new Telling("maxout", ActivationTellings::maxout),
            new Telling("prelu", dice -> fromAxis1(dice, (x, slope) -> x >= 0 ? x : x * slope)),
            unary("relu6", x -> Math.min(Math.max(x, 0), 6)),
            new Telling("rrelu", ActivationTellings::rrelu),
            new Telling("selu", ActivationTellings::selu),
            unary("sigmoid", ActivationTellings::sigmoid),
            new Telling("softmax", dice -> softmax(dice, false)),
            new Telling("softplus", ActivationTellings::softplus),
            new Telling("swish", dice -> fromAxis1(dice, (x, beta) -> x * sigmoid(beta * x))),
            unary("tanh", Math::tanh));

    private ActivationTellings() {}

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static NdArray spread(Dice dice, int rank) {
        return Draws.anyFloat(dice, dice.uniform(-8, 8, Draws.shape(dice, rank)));
    }

    private static Telling unary(String name, DoubleUnaryOperator function) {
        return new Telling(name, dice -> {
            NdArray x = spread(dice, 4);
            return Call.of(x).gives(x.map(function));
        });
    }

    private static Call clippedRelu(Dice dice) {
        NdArray x = spread(dice, 4).map(value -> value * 4);
        double z = dice.uniform(0.5, 9);
        return dice.chance(30)
                ? Call.of(x).gives(x.map(value -> Math.min(Math.max(value, 0), 20)))
                : Call.of(x, z).gives(x.map(value -> Math.min(Math.max(value, 0), z)));
    }

    private static Call crelu(Dice dice) {
        int rank = dice.between(1, 4);
        NdArray x = dice.normal(dice.sizes(rank, 1, 5));
        boolean told = rank == 1 || dice.chance(60);
        int axis = told ? dice.between(-rank, rank - 1) : 1;
        int along = Math.floorMod(axis, rank);
        int[] shape = x.shape().clone();
        shape[along] *= 2;
        NdArray y = NdArray.of(shape, index -> {
            int[] from = index.clone();
            from[along] %= x.size(along);
            return Math.max(index[along] < x.size(along) ? x.at(from) : -x.at(from), 0);
        });
        return (told ? Call.of(x).with("axis", axis) : Call.of(x)).gives(y);
    }

    private static Call elu(Dice dice) {
        NdArray x = spread(dice, 4);
        double alpha = dice.chance(30) ? 1 : dice.uniform(-1, 3);
        NdArray y = x.map(value -> value > 0 ? value : alpha * Math.expm1(value));
        return (alpha == 1 ? Call.of(x) : Call.of(x, alpha)).gives(y);
    }

    private static Call selu(Dice dice) {
        NdArray x = spread(dice, 4);
        boolean told = dice.chance(40);
        double alpha = told ? dice.uniform(0, 3) : 1.6732632423543772;
        double scale = told ? dice.uniform(0, 3) : 1.0507009873554805;
        NdArray y = x.map(value -> scale * (value > 0 ? value : alpha * Math.expm1(value)));
        return (told ? Call.of(x, alpha, scale) : Call.of(x)).gives(y);
    }

    private static Call softplus(Dice dice) {
        NdArray x = spread(dice, 4);
        double beta = dice.chance(40) ? 1 : dice.oneOf(0.5, 2.0, 10.0, -1.5);
        NdArray y = x.map(value -> Math.log1p(Math.exp(beta * value)) / beta);
        return (beta == 1 ? Call.of(x) : Call.of(x).with("beta", beta)).gives(y);
    }

    private static Call softmax(Dice dice, boolean logarithm) {
        int rank = dice.between(1, 4);
        NdArray x = Draws.anyFloat(dice, dice.uniform(-8, 8, dice.sizes(rank, 1, 5)));
        boolean told = rank == 1 || dice.chance(60);
        int axis = told ? dice.between(-rank, rank - 1) : 1;
        int along = Math.floorMod(axis, rank);
        NdArray y = NdArray.of(x.type(), x.shape(), index -> {
            int[] other = index.clone();
            double sum = 0;
            for (other[along] = 0; other[along] < x.size(along); other[along]++) {
                sum += Math.exp(x.at(other));
            }
            double share = Math.exp(x.at(index)) / sum;
            return logarithm ? Math.log(share) : share;
        });
        return (told ? Call.of(x, axis) : Call.of(x)).gives(y);
    }

    /** As Chainer: the array's axis is split in two, and the maximum taken along {@code axis + 1} of what comes of that. */
    private static Call maxout(Dice dice) {
        int rank = dice.between(2, 4);
        int pool = dice.between(1, 3);
        boolean told = dice.chance(60);
        int axis = told ? dice.between(-rank, rank - 1) : 1;
        int split = Math.floorMod(axis == -1 ? 0 : axis, rank);
        int[] sizes = dice.sizes(rank, 1, 4);
        sizes[split] *= pool;
        NdArray x = Draws.anyFloat(dice, dice.normal(sizes));
        int[] shape = new int[rank + 1];
        for (int i = 0; i <= rank; i++) {
            shape[i] = i < split ? sizes[i] : i == split ? sizes[i] / pool : i == split + 1 ? pool : sizes[i - 1];
        }
        NdArray pooled = x.reshaped(shape);
        int given = axis == -1 ? 0 : axis;
        int along = Math.floorMod(given + 1, rank + 1);
        int[] left = new int[rank];
        for (int i = 0; i < rank; i++) {
            left[i] = shape[i < along ? i : i + 1];
        }
        NdArray y = NdArray.of(x.type(), left, index -> {
            int[] from = new int[rank + 1];
            for (int i = 0; i <= rank; i++) {
                from[i] = i < along ? index[i] : i == along ? 0 : index[i - 1];
            }
            double most = Double.NEGATIVE_INFINITY;
            for (; from[along] < shape[along]; from[along]++) {
                most = Math.max(most, pooled.at(from));
            }
            return most;
        });
        return (told ? Call.of(x, pool, given) : Call.of(x, pool)).gives(y);
    }

    /** x and a parameter whose axes are those of x from 1 on. */
    private static Call fromAxis1(Dice dice, DoubleBinaryOperator function) {
        int rank = dice.between(1, 4);
        NdArray x = Draws.anyFloat(dice, dice.uniform(-4, 4, dice.sizes(rank, 1, 5)));
        int end = dice.between(1, rank);
        NdArray parameter =
                dice.uniform(-1, 2, Arrays.copyOfRange(x.shape(), 1, end)).as(x.type());
        NdArray y = NdArray.of(
                x.type(),
                x.shape(),
                index -> function.applyAsDouble(x.at(index), parameter.at(Arrays.copyOfRange(index, 1, end))));
        return Call.of(x, dice.chance(60) ? new Weight(parameter) : parameter).gives(y);
    }

    /** In test mode the slope is the middle of its range. */
    private static Call rrelu(Dice dice) {
        NdArray x = spread(dice, 4);
        boolean told = dice.chance(50);
        double lower = told ? dice.uniform(0, 0.4) : 1.0 / 8;
        double upper = told ? dice.uniform(0.5, 0.9) : 1.0 / 3;
        double slope = (lower + upper) / 2;
        NdArray y = x.map(value -> value >= 0 ? value : value * slope);
        Call call = told ? Call.of(x, lower, upper) : Call.of(x);
        return dice.chance(30) ? call.with("return_r", true).gives(y, x.map(value -> slope)) : call.gives(y);
    }
}
