package dev.entrepot.validator.oracles.caffe.fuzz;

import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.Arrays;

/** How an input is filled. */
interface Values {

    /** One value. */
    float next(Dice dice);

    /** Around zero. */
    Values NORMAL = Dice::normal;

    /** Up to some hundreds. */
    Values WIDE = dice -> dice.normal() * 100;

    /** From 0.1 upwards. */
    Values POSITIVE = dice -> 0.1f + Math.abs(dice.normal());

    /** Few different values, so that maxima are tied; zero and both signs among them. */
    Values TIED = dice -> dice.between(-2, 2) / 2f;

    /** 0 or 1. */
    Values FLAGS = dice -> dice.between(0, 1);

    /** Whole numbers from 0 to before {@code end}. */
    static Values below(int end) {
        return dice -> dice.between(0, end - 1);
    }

    /** A tensor of such values. */
    default Tensor fill(Dice dice, int... shape) {
        float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = next(dice);
        }
        return Tensor.of(Shape.of(Arrays.stream(shape).asLongStream().toArray()), values);
    }
}
