package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** Losses of numbers. Source: chainer/functions/loss. */
final class LossTellings {

    static final List<Telling> ALL = List.of(
            new Telling("absolute_error", dice -> elementwise(dice, (a, b) -> Math.abs(a - b), false)),
            new Telling("bernoulli_nll", LossTellings::bernoulliNll),
            new Telling("contrastive", LossTellings::contrastive),
            new Telling("cross_covariance", LossTellings::crossCovariance),
            new Telling("decov", LossTellings::decov),
            new Telling("gaussian_kl_divergence", LossTellings::gaussianKlDivergence),
            new Telling("gaussian_nll", LossTellings::gaussianNll),
            new Telling("huber_loss", LossTellings::huberLoss),
            new Telling("mean_absolute_error", dice -> elementwise(dice, (a, b) -> Math.abs(a - b), true)),
            new Telling("mean_squared_error", dice -> elementwise(dice, (a, b) -> (a - b) * (a - b), true)),
            new Telling("squared_difference", dice -> elementwise(dice, (a, b) -> (a - b) * (a - b), false)),
            new Telling("squared_error", dice -> elementwise(dice, (a, b) -> (a - b) * (a - b), false)),
            new Telling("triplet", LossTellings::triplet));

    private LossTellings() {}

    static double sum(NdArray array) {
        return Arrays.stream(array.data()).sum();
    }

    static NdArray mean(NdArray array) {
        return NdArray.scalar(sum(array) / array.data().length);
    }

    /** Source: absolute_error.py, mean_absolute_error.py, squared_error.py, mean_squared_error.py. */
    private static Call elementwise(Dice dice, DoubleBinaryOperator error, boolean mean) {
        int[] sizes = dice.sizes(dice.between(1, 4), 1, 5);
        NdArray a = dice.normal(sizes);
        NdArray b = dice.normal(sizes);
        NdArray errors = NdArray.of(sizes, at -> error.applyAsDouble(a.at(at), b.at(at)));
        return Call.of(a, b).gives(mean ? mean(errors) : errors);
    }

    /** Adds {@code reduce} or leaves its default {@code sum}. Source: vae.py. */
    private static Call ofCode(Dice dice, Call call, NdArray losses) {
        return switch (dice.between(0, 3)) {
            case 0 -> call.with("reduce", "mean").gives(mean(losses));
            case 1 -> call.with("reduce", "no").gives(losses);
            case 2 -> call.with("reduce", "sum").gives(NdArray.scalar(sum(losses)));
            default -> call.gives(NdArray.scalar(sum(losses)));
        };
    }

    private static Call bernoulliNll(Dice dice) {
        int[] sizes = dice.sizes(dice.between(1, 3), 1, 5);
        NdArray x = dice.uniform(0, 1, sizes);
        NdArray y = dice.uniform(-20, 20, sizes);
        NdArray losses = NdArray.of(
                sizes, at -> Math.max(y.at(at), 0) + Math.log1p(Math.exp(-Math.abs(y.at(at)))) - x.at(at) * y.at(at));
        return ofCode(dice, Call.of(x, y), losses);
    }

    private static Call gaussianKlDivergence(Dice dice) {
        int[] sizes = dice.sizes(dice.between(1, 3), 1, 5);
        NdArray mean = dice.normal(sizes);
        NdArray log = dice.normal(sizes);
        NdArray losses =
                NdArray.of(sizes, at -> (mean.at(at) * mean.at(at) + Math.exp(log.at(at)) - log.at(at) - 1) * 0.5);
        return ofCode(dice, Call.of(mean, log), losses);
    }

    private static Call gaussianNll(Dice dice) {
        int[] sizes = dice.sizes(dice.between(1, 3), 1, 5);
        NdArray x = dice.normal(sizes);
        NdArray mean = dice.normal(sizes);
        NdArray log = dice.normal(sizes);
        NdArray losses = NdArray.of(
                sizes,
                at -> (log.at(at) + Math.log(2 * Math.PI)) / 2
                        + 0.5 * Math.pow(x.at(at) - mean.at(at), 2) * Math.exp(-log.at(at)));
        return ofCode(dice, Call.of(x, mean, log), losses);
    }

    /** Source: huber_loss.py. */
    private static Call huberLoss(Dice dice) {
        int[] sizes = dice.sizes(dice.between(2, 4), 1, 4);
        NdArray x = dice.normal(sizes);
        NdArray t = dice.normal(sizes);
        double delta = dice.uniform(0.2, 2);
        NdArray losses = NdArray.of(sizes, at -> {
            double d = Math.abs(x.at(at) - t.at(at));
            return d <= delta ? d * d / 2 : delta * d - delta * delta / 2;
        });
        if (dice.chance(40)) {
            return Call.of(x, t, delta, "no").gives(losses);
        }
        int[] without = new int[sizes.length - 1];
        without[0] = sizes[0];
        System.arraycopy(sizes, 2, without, 1, sizes.length - 2);
        NdArray sums = NdArray.of(without, at -> {
            double sum = 0;
            int[] place = new int[sizes.length];
            place[0] = at[0];
            System.arraycopy(at, 1, place, 2, at.length - 1);
            for (place[1] = 0; place[1] < sizes[1]; place[1]++) {
                sum += losses.at(place);
            }
            return sum;
        });
        return Call.of(x, t, delta).gives(sums);
    }

    /** Adds {@code reduce} or leaves its default {@code mean}, over the batch. */
    static Call ofBatch(Dice dice, Call call, NdArray losses) {
        if (dice.chance(40)) {
            return call.with("reduce", "no").gives(losses);
        }
        return call.gives(NdArray.scalar(sum(losses) / losses.size(0)));
    }

    private static double distance(NdArray a, NdArray b, int i) {
        double sum = 0;
        for (int j = 0; j < a.size(1); j++) {
            sum += Math.pow(a.at(i, j) - b.at(i, j), 2);
        }
        return sum;
    }

    /** Source: contrastive.py. */
    private static Call contrastive(Dice dice) {
        int[] sizes = dice.sizes(2, 1, 5);
        NdArray x0 = dice.normal(sizes);
        NdArray x1 = dice.normal(sizes);
        NdArray y = dice.wholes(0, 1, sizes[0]);
        double margin = dice.chance(50) ? 1 : dice.uniform(0.5, 4);
        NdArray losses = NdArray.of(new int[] {sizes[0]}, at -> {
            double square = distance(x0, x1, at[0]);
            double missing = Math.max(margin - Math.sqrt(square), 0);
            return (y.at(at) == 1 ? square : missing * missing) / 2;
        });
        return ofBatch(dice, Call.of(x0, x1, y).with("margin", margin), losses);
    }

    /** Source: triplet.py. */
    private static Call triplet(Dice dice) {
        int[] sizes = dice.sizes(2, 1, 5);
        NdArray anchor = dice.normal(sizes);
        NdArray positive = dice.normal(sizes);
        NdArray negative = dice.normal(sizes);
        NdArray losses = NdArray.of(
                new int[] {sizes[0]},
                at -> Math.max(distance(anchor, positive, at[0]) - distance(anchor, negative, at[0]) + 0.2, 0));
        return ofBatch(dice, Call.of(anchor, positive, negative), losses);
    }

    private static double mean(NdArray x, int feature) {
        double sum = 0;
        for (int i = 0; i < x.size(0); i++) {
            sum += x.at(i, feature);
        }
        return sum / x.size(0);
    }

    private static double covariance(NdArray y, NdArray z, int j, int k) {
        double sum = 0;
        for (int i = 0; i < y.size(0); i++) {
            sum += (y.at(i, j) - mean(y, j)) * (z.at(i, k) - mean(z, k));
        }
        return sum / y.size(0);
    }

    private static Call halfSquared(Dice dice, Call call, NdArray covariances) {
        return dice.chance(50)
                ? call.with("reduce", "no").gives(covariances)
                : call.gives(NdArray.scalar(sum(covariances.map(value -> value * value)) / 2));
    }

    /** Source: cross_covariance.py. */
    private static Call crossCovariance(Dice dice) {
        int batch = dice.between(1, 5);
        NdArray y = dice.normal(batch, dice.between(1, 4));
        NdArray z = dice.normal(batch, dice.between(1, 4));
        NdArray covariances = NdArray.of(new int[] {y.size(1), z.size(1)}, at -> covariance(y, z, at[0], at[1]));
        return halfSquared(dice, Call.of(y, z), covariances);
    }

    /** Source: decov.py. */
    private static Call decov(Dice dice) {
        NdArray h = dice.normal(dice.between(1, 5), dice.between(1, 4));
        int[] sizes = {h.size(1), h.size(1)};
        NdArray covariances = NdArray.of(sizes, at -> at[0] == at[1] ? 0 : covariance(h, h, at[0], at[1]));
        return halfSquared(dice, Call.of(h), covariances);
    }
}
