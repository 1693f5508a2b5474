package dev.entrepot.importers.caffe;

import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.Arrays;

/** Small arithmetic on axes and shapes. */
final class Axes {

    private Axes() {}

    /** A shape of {@code rank} ones with {@code sizes} from {@code axis} on, which broadcasts along those axes. */
    static long[] shapeAlong(int rank, int axis, long... sizes) {
        long[] shape = new long[rank];
        Arrays.fill(shape, 1);
        System.arraycopy(sizes, 0, shape, axis, sizes.length);
        return shape;
    }

    /** All axes from {@code first} to {@code rank}. */
    static long[] from(int first, int rank) {
        long[] axes = new long[rank - first];
        Arrays.setAll(axes, i -> first + i);
        return axes;
    }

    /** Whether two shapes are equal as far as they are known. */
    static boolean canBeEqual(Shape first, Shape second) {
        if (!first.ranked() || !second.ranked()) {
            return true;
        }
        boolean equal = first.rank() == second.rank();
        for (int axis = 0; equal && axis < first.rank(); axis++) {
            Dim one = first.dim(axis);
            Dim other = second.dim(axis);
            equal = !one.isKnown() || !other.isKnown() || one.size() == other.size();
        }
        return equal;
    }

    /** The product of the sizes from {@code from} up to {@code to}. */
    static long product(long[] sizes, int from, int to) {
        long product = 1;
        for (int axis = from; axis < to; axis++) {
            product = Math.multiplyExact(product, sizes[axis]);
        }
        return product;
    }

    /** One array after another. */
    static long[] concat(long[] first, long... second) {
        long[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
