package dev.entrepot.validator.oracles.libtorch.fuzz;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;

/** Seeded tensors for cases. */
public final class Numbers {

    private final Dice dice;

    /** The same seed makes the same tensors. */
    public Numbers(long seed) {
        dice = new Dice(seed);
    }

    /** Numbers of mean 0 and standard deviation 1, rounded where the type has no fractions. */
    public Tensor normal(DataType type, Shape shape) {
        return Values.NORMAL.fill(dice, type, shape.sizes());
    }

    /** Numbers from {@code low} to {@code high}; whole ones where the type has no fractions. */
    public Tensor between(DataType type, Shape shape, double low, double high) {
        Values values = type.isFloatingPoint() ? Values.uniform(low, high) : Values.whole((int) low, (int) high);
        return values.fill(dice, type, shape.sizes());
    }

    /** These numbers, over and over. */
    public static Tensor repeated(DataType type, Shape shape, double... numbers) {
        int[] next = {0};
        Values values = dice -> numbers[next[0]++ % numbers.length];
        return values.fill(new Dice(0), type, shape.sizes());
    }
}
