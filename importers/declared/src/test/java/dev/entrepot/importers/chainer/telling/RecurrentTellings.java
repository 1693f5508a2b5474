package dev.entrepot.importers.chainer.telling;

import static java.lang.Math.tanh;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import dev.entrepot.importers.chainer.telling.Telling.Weight;
import java.util.ArrayList;
import java.util.List;

/** Recurrent cells and stacks. Source: chainer/functions/rnn. */
final class RecurrentTellings {

    static final List<Telling> ALL = List.of(
            new Telling("lstm", RecurrentTellings::lstm),
            new Telling("n_step_bigru", dice -> stack(dice, 6, 2)),
            new Telling("n_step_bilstm", dice -> stack(dice, 8, 2)),
            new Telling("n_step_birnn", dice -> stack(dice, 2, 2)),
            new Telling("n_step_gru", dice -> stack(dice, 6, 1)),
            new Telling("n_step_lstm", dice -> stack(dice, 8, 1)),
            new Telling("n_step_rnn", dice -> stack(dice, 2, 1)),
            new Telling("slstm", RecurrentTellings::slstm),
            new Telling("tree_lstm", RecurrentTellings::treeLstm));

    private RecurrentTellings() {}

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** A gate of [N, 4 n, ...], of which feature j has its four gates side by side. Source: lstm.py, _extract_gates. */
    private static double gate(NdArray x, int which, int... index) {
        int[] place = index.clone();
        place[1] = 4 * index[1] + which;
        return x.at(place);
    }

    private static int[] withFeatures(int[] sizes, int factor) {
        int[] more = sizes.clone();
        more[1] *= factor;
        return more;
    }

    /** Source: lstm.py, forward. */
    private static Call lstm(Dice dice) {
        int[] sizes = dice.sizes(dice.between(2, 4), 1, 4);
        NdArray cells = dice.normal(sizes);
        int[] fewer = sizes.clone();
        fewer[0] = dice.chance(50) ? sizes[0] : dice.between(1, sizes[0]);
        NdArray x = dice.normal(withFeatures(fewer, 4));
        NdArray next = NdArray.of(
                sizes,
                at -> at[0] >= fewer[0]
                        ? cells.at(at)
                        : tanh(gate(x, 0, at)) * sigmoid(gate(x, 1, at)) + sigmoid(gate(x, 2, at)) * cells.at(at));
        NdArray h = NdArray.of(fewer, at -> sigmoid(gate(x, 3, at)) * tanh(next.at(at)));
        return Call.of(cells, x).gives(next, h);
    }

    /** Source: slstm.py, forward. */
    private static Call slstm(Dice dice) {
        int[] sizes = dice.sizes(dice.between(2, 4), 1, 4);
        NdArray c1 = dice.normal(sizes);
        NdArray c2 = dice.normal(sizes);
        NdArray x1 = dice.normal(withFeatures(sizes, 4));
        NdArray x2 = dice.normal(withFeatures(sizes, 4));
        NdArray next = NdArray.of(
                sizes,
                at -> tanh(gate(x1, 0, at)) * sigmoid(gate(x1, 1, at))
                        + tanh(gate(x2, 0, at)) * sigmoid(gate(x2, 1, at))
                        + sigmoid(gate(x1, 2, at)) * c1.at(at)
                        + sigmoid(gate(x2, 2, at)) * c2.at(at));
        NdArray h = NdArray.of(sizes, at -> sigmoid(gate(x1, 3, at) + gate(x2, 3, at)) * tanh(next.at(at)));
        return Call.of(c1, c2, x1, x2).gives(next, h);
    }

    /** Source: tree_lstm.py, forward. */
    private static Call treeLstm(Dice dice) {
        int children = dice.between(1, 3);
        int[] sizes = dice.sizes(2, 1, 4);
        List<NdArray> cells = new ArrayList<>();
        for (int i = 0; i < children; i++) {
            cells.add(dice.normal(sizes));
        }
        NdArray x = dice.normal(withFeatures(sizes, 3 + children));
        int n = sizes[1];
        NdArray next = NdArray.of(sizes, at -> {
            double sum = tanh(x.at(at)) * sigmoid(x.at(at[0], n + at[1]));
            for (int i = 0; i < children; i++) {
                sum += sigmoid(x.at(at[0], (3 + i) * n + at[1])) * cells.get(i).at(at);
            }
            return sum;
        });
        NdArray h = NdArray.of(sizes, at -> sigmoid(x.at(at[0], 2 * n + at[1])) * tanh(next.at(at)));
        List<Object> arguments = new ArrayList<>(cells);
        arguments.add(x);
        return Call.of(arguments.toArray()).gives(next, h);
    }

    // --- stacks: each sequence runs by itself, which is what n_step_rnn.py, _one_directional_loop comes to

    private static Call stack(Dice dice, int matrices, int directions) {
        int layers = dice.between(1, 2);
        int length = dice.between(1, 4);
        int hidden = dice.between(1, 4);
        int inputs = dice.between(1, 4);
        int[] batches = new int[length];
        batches[0] = dice.between(1, 3);
        boolean equal = dice.chance(50);
        for (int t = 1; t < length; t++) {
            batches[t] = equal ? batches[0] : dice.between(1, batches[t - 1]);
        }
        List<NdArray> xs = new ArrayList<>();
        for (int batch : batches) {
            xs.add(dice.normal(batch, inputs));
        }
        NdArray hx = dice.normal(layers * directions, batches[0], hidden);
        NdArray cx = dice.normal(layers * directions, batches[0], hidden);
        List<List<NdArray>> ws = new ArrayList<>();
        List<List<NdArray>> bs = new ArrayList<>();
        for (int cell = 0; cell < layers * directions; cell++) {
            List<NdArray> w = new ArrayList<>();
            List<NdArray> b = new ArrayList<>();
            int width = cell < directions ? inputs : hidden * directions;
            for (int i = 0; i < matrices; i++) {
                w.add(dice.normal(hidden, i < matrices / 2 ? width : hidden));
                b.add(dice.normal(hidden));
            }
            ws.add(w);
            bs.add(b);
        }
        boolean relu = matrices == 2 && dice.chance(50);
        NdArray hy = hx.map(value -> value);
        NdArray cy = cx.map(value -> value);
        List<NdArray> ys = xs;
        for (int layer = 0; layer < layers; layer++) {
            List<NdArray> given = ys;
            ys = new ArrayList<>();
            for (int batch : batches) {
                ys.add(NdArray.of(new int[] {batch, hidden * directions}, at -> 0));
            }
            for (int direction = 0; direction < directions; direction++) {
                int cell = layer * directions + direction;
                for (int b = 0; b < batches[0]; b++) {
                    double[] h = row(hx, cell, b);
                    double[] c = row(cx, cell, b);
                    for (int i = 0; i < length; i++) {
                        int t = direction == 0 ? i : length - 1 - i;
                        if (b >= batches[t]) {
                            continue;
                        }
                        double[][] sums = sums(given.get(t), b, h, ws.get(cell), bs.get(cell));
                        step(sums, h, c, relu);
                        for (int j = 0; j < hidden; j++) {
                            ys.get(t).set(h[j], b, direction * hidden + j);
                        }
                    }
                    for (int j = 0; j < hidden; j++) {
                        hy.set(h[j], cell, b, j);
                        cy.set(c[j], cell, b, j);
                    }
                }
            }
        }
        List<Object> arguments = new ArrayList<>(List.of(layers, 0.0, hx));
        if (matrices == 8) {
            arguments.add(cx);
        }
        arguments.addAll(List.of(weights(ws), weights(bs), xs));
        Call call = Call.of(arguments.toArray());
        if (matrices == 2 && (relu || dice.chance(50))) {
            call.with("activation", relu ? "relu" : "tanh");
        }
        call.gives(hy);
        if (matrices == 8) {
            call.gives(cy);
        }
        return call.gives(ys.toArray(new NdArray[0]));
    }

    private static double[] row(NdArray states, int cell, int b) {
        double[] row = new double[states.size(2)];
        for (int j = 0; j < row.length; j++) {
            row[j] = states.at(cell, b, j);
        }
        return row;
    }

    private static List<List<Weight>> weights(List<List<NdArray>> arrays) {
        return arrays.stream()
                .map(cell -> cell.stream().map(Weight::new).toList())
                .toList();
    }

    /** What each matrix gives, its bias included: the first half of the input, the second of the state. */
    private static double[][] sums(NdArray x, int b, double[] h, List<NdArray> w, List<NdArray> bias) {
        double[][] sums = new double[w.size()][h.length];
        for (int i = 0; i < w.size(); i++) {
            for (int j = 0; j < h.length; j++) {
                double sum = bias.get(i).at(j);
                for (int k = 0; k < w.get(i).size(1); k++) {
                    sum += w.get(i).at(j, k) * (i < w.size() / 2 ? x.at(b, k) : h[k]);
                }
                sums[i][j] = sum;
            }
        }
        return sums;
    }

    /** Source: n_step_lstm.py, _lstm (w0 is i, w1 f, w2 a, w3 o); n_step_gru.py, _gru (w0 is r, w1 z, w2 h); n_step_rnn.py, f. */
    private static void step(double[][] s, double[] h, double[] c, boolean relu) {
        for (int j = 0; j < h.length; j++) {
            if (s.length == 8) {
                c[j] = tanh(s[2][j] + s[6][j]) * sigmoid(s[0][j] + s[4][j]) + sigmoid(s[1][j] + s[5][j]) * c[j];
                h[j] = sigmoid(s[3][j] + s[7][j]) * tanh(c[j]);
            } else if (s.length == 6) {
                double r = sigmoid(s[0][j] + s[3][j]);
                double z = sigmoid(s[1][j] + s[4][j]);
                h[j] = (1 - z) * tanh(s[2][j] + r * s[5][j]) + z * h[j];
            } else {
                double sum = s[0][j] + s[1][j];
                h[j] = relu ? Math.max(sum, 0) : tanh(sum);
            }
        }
    }
}
