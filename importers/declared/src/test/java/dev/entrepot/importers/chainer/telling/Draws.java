package dev.entrepot.importers.chainer.telling;

import dev.entrepot.tensor.DataType;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/** Arrays as many tellings draw them, and NumPy's broadcasting of two. */
final class Draws {

    private Draws() {}

    /** Sizes of up to {@code rank} axes. */
    static int[] shape(Dice dice, int rank) {
        return dice.sizes(dice.between(0, rank), 1, 5);
    }

    /** The array as float64 one time out of six. */
    static NdArray anyFloat(Dice dice, NdArray array) {
        return dice.chance(16) ? array.as(DataType.DOUBLE) : array;
    }

    /** A shape that broadcasts to another: some axes are 1, some at the front are left out. */
    static int[] part(Dice dice, int... whole) {
        int[] part = Arrays.copyOfRange(whole, dice.between(0, dice.chance(30) ? whole.length : 0), whole.length);
        for (int axis = 0; axis < part.length; axis++) {
            part[axis] = dice.chance(25) ? 1 : part[axis];
        }
        return part;
    }

    /** A function of two arrays that are broadcast against each other. */
    static NdArray paired(NdArray a, NdArray b, DoubleBinaryOperator function) {
        int[] shape = new int[Math.max(a.rank(), b.rank())];
        for (int axis = 0; axis < shape.length; axis++) {
            int own = axis - shape.length + a.rank();
            int other = axis - shape.length + b.rank();
            shape[axis] = Math.max(own < 0 ? 1 : a.size(own), other < 0 ? 1 : b.size(other));
        }
        return NdArray.of(a.type(), shape, index -> function.applyAsDouble(a.broadcast(index), b.broadcast(index)));
    }
}
