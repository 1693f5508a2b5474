package dev.entrepot.validator.oracles.caffe.fuzz;

import java.util.Arrays;

/**
 * A blob of a sketched net.
 *
 * @param name its name
 * @param shape its shape
 * @param exact whether two right implementations agree on every bit, so that comparing, sorting and rounding its values is safe
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Blob(String name, int[] shape, boolean exact) {

    int rank() {
        return shape.length;
    }

    int dim(int axis) {
        return shape[axis];
    }

    /** The number of elements from axis {@code from} to before axis {@code to}. */
    int count(int from, int to) {
        return Arrays.stream(shape, from, to).reduce(1, Math::multiplyExact);
    }

    int count() {
        return count(0, rank());
    }

    /** The shape with one dimension replaced. */
    int[] with(int axis, int size) {
        int[] changed = shape.clone();
        changed[axis] = size;
        return changed;
    }

    /** The dimensions from axis {@code from} to before axis {@code to}. */
    int[] part(int from, int to) {
        return Arrays.copyOfRange(shape, from, to);
    }
}
