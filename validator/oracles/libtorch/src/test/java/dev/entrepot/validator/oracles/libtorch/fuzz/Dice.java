package dev.entrepot.validator.oracles.libtorch.fuzz;

import java.util.List;
import java.util.Random;

/** A seeded source of choices; the same seed makes the same choices on every JVM. */
final class Dice {

    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    /** A whole number from {@code low} to {@code high}, both included. */
    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    /** True in {@code percent} of 100. */
    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** One of these. */
    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** One of these. */
    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** A number from {@code low} to {@code high} with two digits after the point, as Python writes it. */
    String fraction(double low, double high) {
        double number = Math.round((low + (high - low) * random.nextDouble()) * 100) / 100.0;
        return Double.toString(number);
    }

    /** A number of mean 0 and standard deviation 1. */
    double normal() {
        return random.nextGaussian();
    }

    /** A number from {@code low} to {@code high}. */
    double uniform(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** The axes 0 to {@code rank - 1} in any order. */
    int[] permutation(int rank) {
        int[] axes = new int[rank];
        for (int i = 0; i < rank; i++) {
            int j = between(0, i);
            axes[i] = axes[j];
            axes[j] = i;
        }
        return axes;
    }
}
