package dev.entrepot.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The dimensions of a tensor, or not even how many there are.
 *
 * @param dims the dimensions, outermost first; empty when not ranked
 * @param ranked whether the number of dimensions is known; a ranked shape without dimensions is a scalar's
 */
public record Shape(List<Dim> dims, boolean ranked) {

    /** Nothing is known. */
    public static final Shape UNRANKED = new Shape(List.of(), false);

    /** The shape of one element. */
    public static final Shape SCALAR = new Shape(List.of(), true);

    public Shape {
        dims = List.copyOf(dims);
        if (!ranked && !dims.isEmpty()) {
            throw new IllegalArgumentException("an unranked shape has no dimensions, got " + dims);
        }
    }

    /** A shape of known sizes. */
    public static Shape of(long... sizes) {
        return new Shape(Arrays.stream(sizes).mapToObj(Dim::of).toList(), true);
    }

    /** A shape of these dimensions. */
    public static Shape of(List<? extends Dim> dims) {
        return new Shape(List.copyOf(dims), true);
    }

    /** A shape of {@code rank} unknown dimensions. */
    public static Shape ofRank(int rank) {
        return new Shape(Collections.nCopies(rank, Dim.UNKNOWN), true);
    }

    /** @throws IllegalStateException if not ranked */
    public int rank() {
        if (!ranked) {
            throw new IllegalStateException("the rank is not known");
        }
        return dims.size();
    }

    /** The dimension at {@code axis}, where a negative axis counts from the end. */
    public Dim dim(int axis) {
        return dims.get(axis < 0 ? axis + rank() : axis);
    }

    /** Whether every dimension is a number. */
    public boolean isStatic() {
        return ranked && dims.stream().allMatch(Dim::isKnown);
    }

    /** All sizes; @throws IllegalStateException unless {@link #isStatic} */
    public long[] sizes() {
        if (!ranked) {
            throw new IllegalStateException("the rank is not known");
        }
        return dims.stream().mapToLong(Dim::size).toArray();
    }

    /**
     * The number of elements.
     *
     * @throws IllegalStateException unless {@link #isStatic}
     * @throws ArithmeticException if that does not fit a long
     */
    public long elementCount() {
        long count = 1;
        for (long size : sizes()) {
            count = Math.multiplyExact(count, size);
        }
        return count;
    }

    /** This shape with the dimension at {@code axis} (negative from the end) replaced. */
    public Shape with(int axis, Dim dim) {
        var changed = new ArrayList<>(dims);
        changed.set(axis < 0 ? axis + rank() : axis, dim);
        return of(changed);
    }

    /** {@code [1, 3, ?, W]}, or {@code [...]} when not ranked. */
    @Override
    public String toString() {
        return ranked ? dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]")) : "[...]";
    }
}
