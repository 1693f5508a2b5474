package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import java.util.List;

/** The first of all; families have their own. */
final class BasicTellings {

    static final List<Telling> ALL =
            List.of(new Telling("relu", BasicTellings::relu), new Telling("leaky_relu", BasicTellings::leakyRelu));

    private BasicTellings() {}

    /** Source: chainer/functions/activation/relu.py. */
    private static Call relu(Dice dice) {
        NdArray x = dice.normal(dice.sizes(dice.between(0, 4), 1, 5));
        return Call.of(x).gives(x.map(value -> Math.max(value, 0)));
    }

    /** Source: chainer/functions/activation/leaky_relu.py. */
    private static Call leakyRelu(Dice dice) {
        NdArray x = dice.normal(dice.sizes(dice.between(1, 4), 1, 5));
        double slope = dice.uniform(0, 0.5);
        return dice.chance(30)
                ? Call.of(x).gives(x.map(value -> value > 0 ? value : 0.2 * value))
                : Call.of(x).with("slope", slope).gives(x.map(value -> value > 0 ? value : slope * value));
    }
}
