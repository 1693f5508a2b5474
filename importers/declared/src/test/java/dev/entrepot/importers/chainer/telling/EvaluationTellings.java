package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import dev.entrepot.tensor.DataType;
import java.util.List;

/** How good predictions are. Source: chainer/functions/evaluation. */
final class EvaluationTellings {

    static final List<Telling> ALL = List.of(
            new Telling("accuracy", EvaluationTellings::accuracy),
            new Telling("binary_accuracy", EvaluationTellings::binaryAccuracy),
            new Telling("classification_summary", dice -> summary(dice, 0, 1, 2, 3)),
            new Telling("f1_score", dice -> summary(dice, 2, 3)),
            new Telling("precision", dice -> summary(dice, 0, 3)),
            new Telling("r2_score", EvaluationTellings::r2Score),
            new Telling("recall", dice -> summary(dice, 1, 3)));

    private EvaluationTellings() {}

    private static int best(NdArray y, int n) {
        int best = 0;
        for (int k = 1; k < y.size(1); k++) {
            best = y.at(n, k) > y.at(n, best) ? k : best;
        }
        return best;
    }

    /** Source: accuracy.py. */
    private static Call accuracy(Dice dice) {
        NdArray y = dice.normal(dice.between(1, 6), dice.between(1, 4));
        boolean ignoring = dice.chance(50);
        NdArray t = dice.wholes(ignoring ? -1 : 0, y.size(1) - 1, y.size(0));
        double met = 0;
        double counting = 0;
        for (int n = 0; n < y.size(0); n++) {
            if (!ignoring || t.at(n) != -1) {
                counting++;
                met += best(y, n) == t.at(n) ? 1 : 0;
            }
        }
        NdArray share = NdArray.scalar(counting == 0 ? 0 : met / counting);
        boolean deep = dice.chance(30);
        NdArray scores = deep ? y.reshaped(y.size(0), y.size(1), 1, 1) : y;
        return ignoring
                ? Call.of(scores, t, -1).gives(share)
                : Call.of(scores, t).gives(share);
    }

    /** Source: binary_accuracy.py. */
    private static Call binaryAccuracy(Dice dice) {
        int[] sizes = dice.sizes(dice.between(1, 3), 1, 4);
        NdArray y = dice.normal(sizes);
        NdArray t = dice.wholes(-1, 1, sizes);
        double met = 0;
        double counting = 0;
        for (int i = 0; i < y.data().length; i++) {
            double label = t.data()[i];
            counting += label == -1 ? 0 : 1;
            met += label == (y.data()[i] >= 0 ? 1 : 0) ? 1 : 0;
        }
        return Call.of(y, t).gives(NdArray.scalar(met / Math.max(counting, 1)));
    }

    /** Source: classification_summary.py. */
    private static Call summary(Dice dice, int... which) {
        NdArray y = dice.normal(dice.between(1, 12), dice.between(1, 4));
        int classes = y.size(1);
        NdArray t = dice.wholes(-1, classes - 1, y.size(0));
        double[] support = new double[classes];
        double[] told = new double[classes];
        double[] right = new double[classes];
        for (int n = 0; n < y.size(0); n++) {
            int label = (int) t.at(n);
            if (label >= 0) {
                support[label]++;
                told[best(y, n)]++;
                right[label] += best(y, n) == label ? 1 : 0;
            }
        }
        double beta = which.length == 4 && dice.chance(50) ? 2 : 1;
        NdArray[] all = new NdArray[4];
        all[0] = ofClasses(classes, k -> right[k] / told[k]);
        all[1] = ofClasses(classes, k -> right[k] / support[k]);
        all[2] = ofClasses(classes, k -> {
            double precision = right[k] / told[k];
            double recall = right[k] / support[k];
            return (1 + beta * beta) * precision * recall / (beta * beta * precision + recall);
        });
        all[3] = new NdArray(DataType.INT64, new int[] {classes}, support);
        Call call = Call.of(y, t, classes);
        if (beta != 1) {
            call.with("beta", beta);
        }
        for (int one : which) {
            call.gives(all[one]);
        }
        return call;
    }

    private static NdArray ofClasses(int classes, java.util.function.IntToDoubleFunction of) {
        return NdArray.of(DataType.DOUBLE, new int[] {classes}, at -> of.applyAsDouble(at[0]));
    }

    /** Source: r2_score.py. */
    private static Call r2Score(Dice dice) {
        NdArray pred = dice.normal(dice.between(2, 6), dice.between(1, 4));
        boolean constant = dice.chance(20);
        NdArray truth = constant ? pred.map(value -> 0.5) : dice.normal(pred.shape());
        NdArray scores = NdArray.of(new int[] {pred.size(1)}, at -> {
            double sum = 0;
            for (int n = 0; n < pred.size(0); n++) {
                sum += truth.at(n, at[0]);
            }
            double mean = sum / pred.size(0);
            double errors = 0;
            double variance = 0;
            for (int n = 0; n < pred.size(0); n++) {
                errors += Math.pow(pred.at(n, at[0]) - truth.at(n, at[0]), 2);
                variance += Math.pow(truth.at(n, at[0]) - mean, 2);
            }
            return variance == 0 ? 0 : 1 - errors / variance;
        });
        return dice.chance(50)
                ? Call.of(pred, truth).gives(LossTellings.mean(scores))
                : Call.of(pred, truth).with("multioutput", "raw_values").gives(scores);
    }
}
