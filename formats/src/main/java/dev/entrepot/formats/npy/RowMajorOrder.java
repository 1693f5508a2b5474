package dev.entrepot.formats.npy;

import dev.entrepot.tensor.Shape;

/** Counts through the elements of a shape with the first dimension fastest, and tells where each lies row-major. */
final class RowMajorOrder {

    private final long[] sizes;
    private final long[] strides;
    private final long[] index;
    private long offset;

    RowMajorOrder(Shape shape) {
        this(shape.sizes());
    }

    RowMajorOrder(long[] sizes) {
        this.sizes = sizes;
        this.strides = new long[sizes.length];
        this.index = new long[sizes.length];
        long stride = 1;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= Math.max(1, sizes[axis]);
        }
    }

    /** The row-major place of the current element; steps to the next one. */
    long next() {
        long current = offset;
        for (int axis = 0; axis < sizes.length; axis++) {
            offset += strides[axis];
            if (++index[axis] < sizes[axis]) {
                return current;
            }
            offset -= strides[axis] * sizes[axis];
            index[axis] = 0;
        }
        return current;
    }
}
