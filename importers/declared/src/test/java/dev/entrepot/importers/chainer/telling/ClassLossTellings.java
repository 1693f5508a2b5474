package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import java.util.List;

/** Losses of classes. Source: chainer/functions/loss. */
final class ClassLossTellings {

    static final List<Telling> ALL = List.of(
            new Telling("hinge", ClassLossTellings::hinge),
            new Telling("sigmoid_cross_entropy", ClassLossTellings::sigmoidCrossEntropy),
            new Telling("softmax_cross_entropy", ClassLossTellings::softmaxCrossEntropy));

    private ClassLossTellings() {}

    /** Source: hinge.py. */
    private static Call hinge(Dice dice) {
        NdArray x = dice.normal(dice.between(1, 5), dice.between(1, 5));
        NdArray t = dice.wholes(0, x.size(1) - 1, x.size(0));
        boolean squared = dice.chance(50);
        NdArray losses = NdArray.of(x.shape(), at -> {
            double loss = Math.max(0, 1 + (t.at(at[0]) == at[1] ? -x.at(at) : x.at(at)));
            return squared ? loss * loss : loss;
        });
        Call call = squared ? Call.of(x, t, "L2") : Call.of(x, t);
        return LossTellings.ofBatch(dice, call, losses);
    }

    /** Source: sigmoid_cross_entropy.py. */
    private static Call sigmoidCrossEntropy(Dice dice) {
        int[] sizes = dice.sizes(dice.between(1, 3), 1, 5);
        NdArray x = dice.uniform(-30, 30, sizes);
        NdArray t = dice.wholes(dice.chance(50) ? -1 : 0, 1, sizes);
        NdArray losses = NdArray.of(sizes, at -> {
            if (t.at(at) == -1) {
                return 0;
            }
            double signed = t.at(at) == 1 ? x.at(at) : -x.at(at);
            return Math.log1p(Math.exp(-Math.abs(signed))) + Math.max(-signed, 0);
        });
        if (dice.chance(30)) {
            return Call.of(x, t).with("reduce", "no").gives(losses);
        }
        boolean normalize = dice.chance(50);
        long counting =
                java.util.Arrays.stream(t.data()).filter(label -> label != -1).count();
        double total = LossTellings.sum(losses);
        return Call.of(x, t, normalize).gives(NdArray.scalar(total / (normalize ? Math.max(counting, 1) : sizes[0])));
    }

    /** Source: softmax_cross_entropy.py. */
    private static Call softmaxCrossEntropy(Dice dice) {
        int[] sizes = dice.sizes(dice.between(2, 4), 1, 4);
        int classes = sizes[1];
        NdArray x = dice.normal(sizes);
        if (dice.chance(25)) {
            return ofProbabilities(dice, x);
        }
        int ignore = dice.oneOf(-1, 255);
        int[] of = without(sizes);
        NdArray drawn = dice.wholes(0, classes, of);
        NdArray t = drawn.map(label -> label == classes ? ignore : label);
        boolean weighted = dice.chance(40);
        NdArray weight = dice.uniform(0.2, 2, classes);
        NdArray losses = NdArray.of(of, at -> {
            int label = (int) t.at(at);
            if (label == ignore) {
                return 0;
            }
            return -logSoftmax(x, label, at) * (weighted ? weight.at(label) : 1);
        });
        Call call = Call.of(x, t);
        if (weighted) {
            call.with("class_weight", new Telling.Weight(weight));
        }
        if (ignore != -1) {
            call.with("ignore_label", ignore);
        }
        if (dice.chance(30)) {
            return call.with("reduce", "no").gives(losses);
        }
        boolean normalize = dice.chance(60);
        if (!normalize) {
            call.with("normalize", false);
        }
        long counting = java.util.Arrays.stream(t.data())
                .filter(label -> label != ignore)
                .count();
        double count = normalize ? Math.max(counting, 1) : sizes[0];
        return call.gives(NdArray.scalar(LossTellings.sum(losses) / count));
    }

    private static int[] without(int[] sizes) {
        int[] fewer = new int[sizes.length - 1];
        fewer[0] = sizes[0];
        System.arraycopy(sizes, 2, fewer, 1, sizes.length - 2);
        return fewer;
    }

    private static int[] place(int label, int... at) {
        int[] place = new int[at.length + 1];
        place[0] = at[0];
        place[1] = label;
        System.arraycopy(at, 1, place, 2, at.length - 1);
        return place;
    }

    private static double logSoftmax(NdArray x, int label, int... at) {
        double sum = 0;
        for (int k = 0; k < x.size(1); k++) {
            sum += Math.exp(x.at(place(k, at)));
        }
        return x.at(place(label, at)) - Math.log(sum);
    }

    private static Call ofProbabilities(Dice dice, NdArray x) {
        NdArray t = dice.uniform(0, 1, x.shape());
        boolean divergence = dice.chance(50);
        NdArray losses = NdArray.of(without(x.shape()), at -> {
            double sum = 0;
            for (int k = 0; k < x.size(1); k++) {
                double target = t.at(place(k, at));
                sum += target * ((divergence ? Math.log(target + 1e-7) : 0) - logSoftmax(x, k, at));
            }
            return sum;
        });
        Call call = Call.of(x, t);
        if (divergence) {
            call.with("soft_target_loss", "kl-divergence");
        }
        return dice.chance(40) ? call.with("reduce", "no").gives(losses) : call.gives(LossTellings.mean(losses));
    }
}
