package dev.entrepot.importers.chainer.telling;

import dev.entrepot.tensor.DataType;
import java.util.Random;

/** A seeded source of choices; the same seed makes the same choices on every JVM. */
public final class Dice {

    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    /** A whole number from {@code low} to {@code high}, both included. */
    public int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    /** True in {@code percent} of 100. */
    public boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** One of these. */
    @SafeVarargs
    public final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** A number from {@code low} to {@code high} that float32 holds exactly. */
    public double uniform(double low, double high) {
        return (float) (low + (high - low) * random.nextDouble());
    }

    /** {@code rank} sizes from {@code low} to {@code high}. */
    public int[] sizes(int rank, int low, int high) {
        return random.ints(rank, low, high + 1).toArray();
    }

    /** An array of float32 of mean 0 and standard deviation 1. */
    public NdArray normal(int... shape) {
        return NdArray.of(shape, index -> (float) random.nextGaussian());
    }

    /** An array of float32 from {@code low} to {@code high}. */
    public NdArray uniform(double low, double high, int... shape) {
        return NdArray.of(shape, index -> uniform(low, high));
    }

    /** An array of int32 from {@code low} to {@code high}, both included. */
    public NdArray wholes(int low, int high, int... shape) {
        return NdArray.of(DataType.INT32, shape, index -> between(low, high));
    }

    /** The axes 0 to {@code rank - 1} in any order. */
    public int[] permutation(int rank) {
        int[] axes = new int[rank];
        for (int i = 0; i < rank; i++) {
            int j = between(0, i);
            axes[i] = axes[j];
            axes[j] = i;
        }
        return axes;
    }
}
