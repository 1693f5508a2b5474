package dev.entrepot.importers.torch.aten;

import dev.entrepot.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Numbers that a model gives and that something is made or chosen by: within bounds, or refused. */
public final class Amounts {

    private static final long MOST_NUMBERS = 1 << 24;
    private static final long MOST_PARTS = 1 << 13;

    private Amounts() {}

    /**
     * So many numbers of one tensor, made at once.
     *
     * @throws dev.entrepot.bytes.ModelException if there are fewer than none, or more than fit into a model's memory
     */
    public static int count(AtenCall call, long numbers) {
        return atMost(call, numbers, MOST_NUMBERS, "numbers");
    }

    /**
     * The numbers of a tensor of these sizes, made at once.
     *
     * @throws dev.entrepot.bytes.ModelException if a size is negative, or there are more than fit into a model's memory
     */
    public static int product(AtenCall call, long... sizes) {
        shape(call, sizes);
        return count(call, Arrays.stream(sizes).reduce(1, Amounts::saturated));
    }

    private static long saturated(long a, long b) {
        return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
    }

    /**
     * So many tensors, made at once.
     *
     * @throws dev.entrepot.bytes.ModelException if there are fewer than none, or more than a graph can hold
     */
    public static int parts(AtenCall call, long parts) {
        return atMost(call, parts, MOST_PARTS, "parts");
    }

    private static int atMost(AtenCall call, long amount, long most, String what) {
        if (amount < 0) {
            throw call.malformed("makes " + amount + " " + what);
        }
        if (amount > most) {
            throw call.unsupported("makes " + amount + " " + what + " at once, the limit is " + most);
        }
        return (int) amount;
    }

    /** What an argument stands for that counts the choices from 0. */
    public static <T> T choice(AtenCall call, String name, List<T> choices) {
        long number = call.integer(name);
        if (number < 0 || number >= choices.size()) {
            throw call.malformed(name + " is " + number + ", expected 0 to " + (choices.size() - 1));
        }
        return choices.get((int) number);
    }

    /** The shape of these sizes, none of which may be negative. */
    public static Shape shape(AtenCall call, long... sizes) {
        if (Arrays.stream(sizes).anyMatch(size -> size < 0)) {
            throw call.malformed("is given sizes " + Arrays.toString(sizes) + ", of which one is negative");
        }
        return Shape.of(sizes);
    }
}
