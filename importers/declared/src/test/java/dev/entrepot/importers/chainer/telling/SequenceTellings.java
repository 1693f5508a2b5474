package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;

/** The conditional random field, by trying every path. Source: chainer/functions/loss/crf1d.py. */
final class SequenceTellings {

    static final List<Telling> ALL = List.of(
            new Telling("argmax_crf1d", SequenceTellings::argmaxCrf1d), new Telling("crf1d", SequenceTellings::crf1d));

    private SequenceTellings() {}

    private record Chain(NdArray cost, List<NdArray> xs, int[] batches) {

        static Chain drawn(Dice dice) {
            int labels = dice.between(1, 3);
            int[] batches = new int[dice.between(1, 4)];
            batches[0] = dice.between(1, 3);
            boolean equal = dice.chance(50);
            for (int t = 1; t < batches.length; t++) {
                batches[t] = equal ? batches[0] : dice.between(1, batches[t - 1]);
            }
            List<NdArray> xs = new ArrayList<>();
            for (int batch : batches) {
                xs.add(dice.normal(batch, labels));
            }
            return new Chain(dice.normal(labels, labels), xs, batches);
        }

        int length(int b) {
            int length = 0;
            while (length < batches.length && batches[length] > b) {
                length++;
            }
            return length;
        }

        double score(int b, int[] path) {
            double score = 0;
            for (int t = 0; t < path.length; t++) {
                score += xs.get(t).at(b, path[t]) + (t == 0 ? 0 : cost.at(path[t - 1], path[t]));
            }
            return score;
        }

        List<int[]> paths(int length) {
            List<int[]> paths = new ArrayList<>();
            int labels = cost.size(0);
            for (int number = 0; number < Math.pow(labels, length); number++) {
                int[] path = new int[length];
                int rest = number;
                for (int t = 0; t < length; t++, rest /= labels) {
                    path[t] = rest % labels;
                }
                paths.add(path);
            }
            return paths;
        }
    }

    private static Call argmaxCrf1d(Dice dice) {
        Chain chain = Chain.drawn(dice);
        NdArray scores = NdArray.of(new int[] {chain.batches[0]}, at -> Double.NEGATIVE_INFINITY);
        List<NdArray> path = new ArrayList<>();
        for (int batch : chain.batches) {
            path.add(NdArray.of(DataType.INT32, new int[] {batch}, at -> 0));
        }
        for (int b = 0; b < chain.batches[0]; b++) {
            for (int[] tried : chain.paths(chain.length(b))) {
                if (chain.score(b, tried) > scores.at(b)) {
                    scores.set(chain.score(b, tried), b);
                    for (int t = 0; t < tried.length; t++) {
                        path.get(t).set(tried[t], b);
                    }
                }
            }
        }
        return Call.of(chain.cost, chain.xs).gives(scores).gives(path.toArray(new NdArray[0]));
    }

    private static Call crf1d(Dice dice) {
        Chain chain = Chain.drawn(dice);
        List<NdArray> ys = new ArrayList<>();
        for (int batch : chain.batches) {
            ys.add(dice.wholes(0, chain.cost.size(0) - 1, batch));
        }
        NdArray losses = NdArray.of(new int[] {chain.batches[0]}, at -> {
            double all = 0;
            int[] meant = new int[chain.length(at[0])];
            for (int t = 0; t < meant.length; t++) {
                meant[t] = (int) ys.get(t).at(at[0]);
            }
            for (int[] path : chain.paths(meant.length)) {
                all += Math.exp(chain.score(at[0], path));
            }
            return Math.log(all) - chain.score(at[0], meant);
        });
        return LossTellings.ofBatch(dice, Call.of(chain.cost, chain.xs, ys), losses);
    }
}
