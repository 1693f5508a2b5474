package dev.entrepot.validator.oracles.libtorch.fuzz;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Recurrent layers and cells. */
final class RecurrentDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry("gru", s -> layers(s, "gru", 3)),
            entry("gru_cell", s -> cell(s, "gru_cell", 3, false)),
            entry("lstm", s -> layers(s, "lstm", 4)),
            entry("lstm_cell", s -> cell(s, "lstm_cell", 4, true)),
            entry("rnn_relu", s -> layers(s, "rnn_relu", 1)),
            entry("rnn_relu_cell", s -> cell(s, "rnn_relu_cell", 1, false)),
            entry("rnn_tanh", s -> layers(s, "rnn_tanh", 1)),
            entry("rnn_tanh_cell", s -> cell(s, "rnn_tanh_cell", 1, false)));

    private RecurrentDraws() {}

    private static String layers(Sketch s, String name, int gates) {
        s.notHalf();
        long in = s.dice().between(1, 3);
        long hidden = s.dice().between(1, 3);
        int count = s.dice().between(1, 2);
        int directions = s.dice().between(1, 2);
        boolean hasBiases = s.dice().chance(80);
        boolean isBatchFirst = s.dice().chance(50);
        List<String> weights = new ArrayList<>();
        for (int layer = 0; layer < count; layer++) {
            for (int direction = 0; direction < directions; direction++) {
                weights.add(s.weight(gates * hidden, layer == 0 ? in : hidden * directions));
                weights.add(s.weight(gates * hidden, hidden));
                if (hasBiases) {
                    weights.add(s.weight(gates * hidden));
                    weights.add(s.weight(gates * hidden));
                }
            }
        }
        long batch = 2;
        long steps = s.dice().between(1, 4);
        String x = isBatchFirst ? s.input(batch, steps, in) : s.input(steps, batch, in);
        String state = s.input((long) count * directions, batch, hidden);
        String states = name.equals("lstm")
                ? "[" + state + ", " + s.input((long) count * directions, batch, hidden) + "]"
                : state;
        return "torch.%s(%s, %s, %s, %s, %d, 0.0, False, %s, %s)"
                .formatted(
                        name,
                        x,
                        states,
                        weights,
                        hasBiases ? "True" : "False",
                        count,
                        directions == 2 ? "True" : "False",
                        isBatchFirst ? "True" : "False");
    }

    private static String cell(Sketch s, String name, int gates, boolean hasCellState) {
        s.notHalf();
        String state = s.input(2, 3);
        String states = hasCellState ? "[" + state + ", " + s.input(2, 3) + "]" : state;
        return "torch.%s(%s, %s, %s, %s, %s, %s)"
                .formatted(
                        name,
                        s.input(2, 4),
                        states,
                        s.weight(gates * 3L, 4),
                        s.weight(gates * 3L, 3),
                        s.weight(gates * 3L),
                        s.weight(gates * 3L));
    }
}
