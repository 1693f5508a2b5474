package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import dev.entrepot.importers.chainer.telling.Telling.Weight;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Normalizations, element by element. Source: chainer/functions/normalization. */
final class NormalizationTellings {

    static final List<Telling> ALL = List.of(
            new Telling("batch_normalization", NormalizationTellings::batchNormalization),
            new Telling("batch_renormalization", NormalizationTellings::batchRenormalization),
            new Telling("fixed_batch_normalization", dice -> fixed(dice, true)),
            new Telling("fixed_batch_renormalization", dice -> fixed(dice, false)),
            new Telling("fixed_decorrelated_batch_normalization", NormalizationTellings::decorrelated),
            new Telling("group_normalization", NormalizationTellings::group),
            new Telling("layer_normalization", NormalizationTellings::layer),
            new Telling("local_response_normalization", NormalizationTellings::localResponse),
            new Telling("normalize", NormalizationTellings::normalize));

    private NormalizationTellings() {}

    /** Which axes the parameters have, and which are averaged over. */
    private record Axes(int[] key, int[] reduced, boolean told) {
        static Axes drawn(Dice dice, int rank, boolean mayTell) {
            if (mayTell && dice.chance(40)) {
                int[] key = {dice.between(0, rank - 1)};
                int[] reduced =
                        IntStream.range(0, rank).filter(axis -> axis != key[0]).toArray();
                return new Axes(key, reduced, true);
            }
            int count = dice.chance(70) ? 1 : dice.between(1, rank - 1);
            int[] key = IntStream.rangeClosed(1, count).toArray();
            int[] reduced = IntStream.range(0, rank)
                    .filter(axis -> axis == 0 || axis > count)
                    .toArray();
            return new Axes(key, reduced, false);
        }

        int[] of(int[] index) {
            return Arrays.stream(key).map(axis -> index[axis]).toArray();
        }
    }

    /** Source: batch_normalization.py, FixedBatchNormalization.forward: gamma * (x - mean) / sqrt(var + eps) + beta. */
    private static Call fixed(Dice dice, boolean mayTell) {
        NdArray x = dice.normal(dice.sizes(dice.between(2, 5), 2, 4));
        Axes axes = Axes.drawn(dice, x.rank(), mayTell);
        int[] shape = axes.of(x.shape());
        NdArray gamma = dice.normal(shape);
        NdArray beta = dice.normal(shape);
        NdArray mean = dice.normal(shape);
        NdArray variance = dice.uniform(0.1, 2, shape);
        double eps = dice.oneOf(2e-5, 1e-3);
        NdArray y = NdArray.of(x.shape(), index -> {
            int[] key = axes.of(index);
            return gamma.at(key) * (x.at(index) - mean.at(key)) / Math.sqrt(variance.at(key) + eps) + beta.at(key);
        });
        Call call = Call.of(x, new Weight(gamma), new Weight(beta), new Weight(mean), new Weight(variance));
        if (eps != 2e-5) {
            call.with("eps", eps);
        }
        return (axes.told ? call.with("axis", axes.reduced) : call).gives(y);
    }

    /** Mean and variance over the axes that are reduced, for one key. */
    private static double[] statistics(NdArray x, Axes axes, int[] key) {
        double[] sums = new double[3];
        NdArray.of(x.shape(), index -> {
            if (Arrays.equals(axes.of(index), key)) {
                sums[0] += x.at(index);
                sums[1]++;
            }
            return 0;
        });
        double mean = sums[0] / sums[1];
        NdArray.of(x.shape(), index -> {
            if (Arrays.equals(axes.of(index), key)) {
                sums[2] += (x.at(index) - mean) * (x.at(index) - mean);
            }
            return 0;
        });
        return new double[] {mean, sums[2] / sums[1]};
    }

    /** Source: batch_normalization.py, BatchNormalization.forward. */
    private static Call batchNormalization(Dice dice) {
        NdArray x = dice.normal(dice.sizes(dice.between(2, 4), 2, 4));
        Axes axes = Axes.drawn(dice, x.rank(), true);
        int[] shape = axes.of(x.shape());
        NdArray gamma = dice.normal(shape);
        NdArray beta = dice.normal(shape);
        NdArray y = NdArray.of(x.shape(), index -> {
            int[] key = axes.of(index);
            double[] found = statistics(x, axes, key);
            return gamma.at(key) * (x.at(index) - found[0]) / Math.sqrt(found[1] + 2e-5) + beta.at(key);
        });
        Call call = Call.of(x, new Weight(gamma), new Weight(beta));
        return (axes.told ? call.with("axis", axes.reduced) : call).gives(y);
    }

    /** Source: batch_renormalization.py, BatchRenormalizationFunction.forward. */
    private static Call batchRenormalization(Dice dice) {
        NdArray x = dice.normal(dice.sizes(dice.between(2, 4), 3, 4));
        Axes axes = Axes.drawn(dice, x.rank(), false);
        int[] shape = axes.of(x.shape());
        NdArray gamma = dice.normal(shape);
        NdArray beta = dice.normal(shape);
        NdArray runningMean = dice.normal(shape);
        NdArray runningVariance = dice.uniform(0.3, 2, shape);
        double rmax = dice.oneOf(1.0, 1.5, 3.0);
        double dmax = dice.oneOf(0.0, 0.5, 5.0);
        NdArray y = NdArray.of(x.shape(), index -> {
            int[] key = axes.of(index);
            double[] found = statistics(x, axes, key);
            double deviation = Math.sqrt(found[1] + 2e-5);
            double running = Math.sqrt(runningVariance.at(key) + 2e-5);
            double r = Math.min(Math.max(deviation / running, 1 / rmax), rmax);
            double d = Math.min(Math.max((found[0] - runningMean.at(key)) / running, -dmax), dmax);
            return gamma.at(key) * ((x.at(index) - found[0]) / deviation * r + d) + beta.at(key);
        });
        return Call.of(x, new Weight(gamma), new Weight(beta), rmax, dmax)
                .with("running_mean", new Weight(runningMean))
                .with("running_var", new Weight(runningVariance))
                .gives(y);
    }

    /** Source: decorrelated_batch_normalization.py, FixedDecorrelatedBatchNormalization.forward. */
    private static Call decorrelated(Dice dice) {
        int groups = dice.between(1, 3);
        int size = dice.between(1, 4);
        int[] shape = dice.sizes(dice.between(2, 4), 1, 3);
        shape[1] = groups * size;
        NdArray x = dice.normal(shape);
        NdArray mean = dice.normal(groups, size);
        NdArray projection = dice.normal(groups, size, size);
        NdArray y = NdArray.of(shape, index -> {
            int group = index[1] / size;
            double sum = 0;
            int[] from = index.clone();
            for (int i = 0; i < size; i++) {
                from[1] = group * size + i;
                sum += projection.at(group, index[1] % size, i) * (x.at(from) - mean.at(group, i));
            }
            return sum;
        });
        return Call.of(x, new Weight(mean), new Weight(projection))
                .with("groups", groups)
                .gives(y);
    }

    /** Source: group_normalization.py, GroupNormalization.forward. */
    private static Call group(Dice dice) {
        int groups = dice.between(1, 3);
        int[] shape = dice.sizes(dice.between(2, 5), 2, 4);
        shape[1] = groups * dice.between(2, 3);
        NdArray x = dice.normal(shape);
        NdArray gamma = dice.normal(shape[1]);
        NdArray beta = dice.normal(shape[1]);
        int size = x.data().length / shape[0] / groups;
        NdArray rows = x.reshaped(shape[0] * groups, size);
        NdArray hat = NdArray.of(rows.shape(), index -> {
            double[] found = rowStatistics(rows, index[0]);
            return (rows.at(index) - found[0]) / Math.sqrt(found[1] + 1e-5);
        });
        NdArray shaped = hat.reshaped(shape);
        return Call.of(x, groups, new Weight(gamma), new Weight(beta))
                .gives(NdArray.of(shape, index -> shaped.at(index) * gamma.at(index[1]) + beta.at(index[1])));
    }

    private static double[] rowStatistics(NdArray rows, int row) {
        double mean = 0;
        for (int i = 0; i < rows.size(1); i++) {
            mean += rows.at(row, i) / rows.size(1);
        }
        double variance = 0;
        for (int i = 0; i < rows.size(1); i++) {
            variance += (rows.at(row, i) - mean) * (rows.at(row, i) - mean) / rows.size(1);
        }
        return new double[] {mean, variance};
    }

    /** Source: layer_normalization.py, LayerNormalization._compute. */
    private static Call layer(Dice dice) {
        NdArray x = dice.normal(dice.between(1, 4), dice.between(2, 6));
        NdArray gamma = dice.normal(x.size(1));
        NdArray beta = dice.normal(x.size(1));
        double eps = dice.oneOf(1e-5, 1e-2);
        return Call.of(x, new Weight(gamma), new Weight(beta)).with("eps", eps).gives(NdArray.of(x.shape(), index -> {
            double[] found = rowStatistics(x, index[0]);
            return (x.at(index) - found[0]) / Math.sqrt(found[1] + eps) * gamma.at(index[1]) + beta.at(index[1]);
        }));
    }

    /** Source: local_response_normalization.py, forward_cpu: a window of n // 2 channels to either side, alpha as it is. */
    private static Call localResponse(Dice dice) {
        int[] shape = dice.sizes(dice.between(2, 5), 1, 3);
        shape[1] = dice.between(1, 9);
        NdArray x = dice.normal(shape);
        int n = dice.between(1, 7);
        double k = dice.oneOf(1.0, 2.0);
        double alpha = dice.oneOf(1e-4, 0.5);
        double beta = dice.oneOf(0.75, 0.5);
        return Call.of(x, n, k, alpha, beta).gives(NdArray.of(shape, index -> {
            double sum = 0;
            int[] from = index.clone();
            for (int c = Math.max(0, index[1] - n / 2); c <= Math.min(shape[1] - 1, index[1] + n / 2); c++) {
                from[1] = c;
                sum += x.at(from) * x.at(from);
            }
            return x.at(index) / Math.pow(k + alpha * sum, beta);
        }));
    }

    /** Source: l2_normalization.py, NormalizeL2.forward. */
    private static Call normalize(Dice dice) {
        NdArray x = dice.normal(dice.sizes(dice.between(2, 4), 1, 4));
        int[] axes = dice.chance(50) ? new int[] {1} : new int[] {0, x.rank() - 1};
        double eps = dice.oneOf(1e-5, 0.1);
        NdArray y = NdArray.of(x.shape(), index -> {
            int[] place = index.clone();
            double[] sum = {0};
            NdArray.of(x.shape(), other -> {
                boolean same = IntStream.range(0, x.rank())
                        .allMatch(axis ->
                                Arrays.stream(axes).anyMatch(reduced -> reduced == axis) || other[axis] == place[axis]);
                sum[0] += same ? x.at(other) * x.at(other) : 0;
                return 0;
            });
            return x.at(index) / (Math.sqrt(sum[0]) + eps);
        });
        Call call = Call.of(x).with("eps", eps);
        return (axes.length > 1 ? call.with("axis", axes) : call).gives(y);
    }
}
