package dev.entrepot.validator.oracles.caffe.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * Layers that carry a state from one time step to the next; bottoms are [T, N, ...] and the marks [T, N] of where a sequence goes on.
 *
 * <p>Source: caffe recurrent_layer.cpp, lstm_layer.cpp, rnn_layer.cpp, lstm_unit_layer.cpp.
 */
final class RecurrentLayers {

    private RecurrentLayers() {}

    static void lstm(Sketch sketch) {
        recurrent(sketch, "LSTM", 2);
    }

    static void rnn(Sketch sketch) {
        recurrent(sketch, "RNN", 1);
    }

    private static void recurrent(Sketch sketch, String type, int states) {
        Dice dice = sketch.dice;
        boolean exposed = dice.chance(35);
        // Of a single step, Caffe's LSTM gives the same memory for all steps and for the last one's state.
        int steps = dice.between(exposed ? 2 : 1, 5);
        int streams = dice.between(1, 3);
        int outputs = dice.between(1, 5);
        int[] input = sketch.anyShape(dice.between(3, 4));
        input[0] = steps;
        input[1] = streams;
        var bottoms = new ArrayList<>(List.of(sketch.input(Values.NORMAL, input), marks(sketch, steps, streams)));
        if (dice.chance(30)) {
            bottoms.add(sketch.input(Values.NORMAL, streams, dice.between(1, 4)));
        }
        var parameters = new Message().put("num_output", outputs);
        if (exposed) {
            parameters.put("expose_hidden", true);
            for (int state = 0; state < states; state++) {
                bottoms.add(sketch.input(Values.NORMAL, 1, streams, outputs));
            }
        }
        parameters.put("weight_filler", Fillers.weights(dice, 2)).put("bias_filler", Fillers.around(dice, 0.1));
        Layer layer = sketch.layer(type, bottoms.toArray(Blob[]::new)).with("recurrent_param", parameters);
        layer.top(steps, streams, outputs);
        for (int state = 0; exposed && state < states; state++) {
            layer.top(1, streams, outputs);
        }
    }

    /** Mostly sequences that begin at the first step; sometimes one that goes on from before, or begins again in between. */
    private static Blob marks(Sketch sketch, int steps, int streams) {
        return sketch.input(dice -> dice.chance(75) ? 1 : 0, steps, streams);
    }

    static void lstmUnit(Sketch sketch) {
        Dice dice = sketch.dice;
        int streams = dice.between(1, 4);
        int units = dice.between(1, 5);
        Layer layer = sketch.layer(
                "LSTMUnit",
                sketch.input(Values.NORMAL, 1, streams, units),
                sketch.input(Values.NORMAL, 1, streams, 4 * units),
                sketch.input(dice.chance(80) ? Values.FLAGS : Values.POSITIVE, 1, streams));
        layer.top(1, streams, units);
        layer.top(1, streams, units);
    }
}
