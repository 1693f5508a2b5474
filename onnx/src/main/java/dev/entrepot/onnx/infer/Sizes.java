package dev.entrepot.onnx.infer;

import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Arithmetic on dimensions. A symbol stays where the size provably does; else the result is {@link Dim#UNKNOWN}. */
final class Sizes {

    private Sizes() {}

    static Dim plus(Dim a, Dim b) {
        if (a.isKnown() && b.isKnown()) {
            return Dim.of(Math.addExact(a.size(), b.size()));
        }
        return Element.of(a).plus(Element.of(b)).toDim();
    }

    static Dim times(Dim a, Dim b) {
        if (isZero(a) || isZero(b)) {
            return Dim.of(0);
        }
        if (a.isKnown() && b.isKnown()) {
            return Dim.of(Math.multiplyExact(a.size(), b.size()));
        }
        return Element.of(a).times(Element.of(b)).toDim();
    }

    static Dim times(Dim a, long factor) {
        return times(a, Dim.of(factor));
    }

    /** The product of all; 1 for none. */
    static Dim product(List<Dim> dims) {
        return dims.stream().reduce(Dim.of(1), Sizes::times);
    }

    /**
     * What both being the same tells of it.
     *
     * @throws InvalidNodeException if they are different numbers
     */
    static Dim same(Dim a, Dim b, String what) {
        if (a.isKnown() && b.isKnown() && a.size() != b.size()) {
            throw Application.invalid("%s must be equal, found %s and %s", what, a, b);
        }
        return known(a, b);
    }

    /** The better known one of two descriptions of one size. */
    static Dim known(Dim a, Dim b) {
        if (a.isKnown() || b.equals(Dim.UNKNOWN)) {
            return a;
        }
        return b.isKnown() || a.equals(Dim.UNKNOWN) ? b : a;
    }

    /** What both being the same tells of a shape; see {@link #same(Dim, Dim, String)}. */
    static Shape same(Shape a, Shape b, String what) {
        if (!a.ranked() || !b.ranked()) {
            return a.ranked() ? a : b;
        }
        if (a.rank() != b.rank()) {
            throw Application.invalid("%s must be equal, found %s and %s", what, a, b);
        }
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < a.rank(); axis++) {
            dims.add(same(a.dim(axis), b.dim(axis), what));
        }
        return Shape.of(dims);
    }

    /**
     * NumPy's broadcasting of all shapes.
     *
     * @throws InvalidNodeException if two sizes are different and neither is 1
     */
    static Shape broadcast(List<Shape> shapes) {
        if (!shapes.stream().allMatch(Shape::ranked)) {
            return Shape.UNRANKED;
        }
        int rank = shapes.stream().mapToInt(Shape::rank).max().orElse(0);
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            Dim dim = Dim.of(1);
            for (Shape shape : shapes) {
                int own = axis - rank + shape.rank();
                dim = broadcast(dim, own < 0 ? Dim.of(1) : shape.dim(own), shapes);
            }
            dims.add(dim);
        }
        return Shape.of(dims);
    }

    private static Dim broadcast(Dim a, Dim b, List<Shape> shapes) {
        if (isOne(a) || a.equals(b)) {
            return b;
        }
        if (isOne(b)) {
            return a;
        }
        if (a.isKnown() && b.isKnown()) {
            throw Application.invalid(
                    "shapes %s cannot be broadcast together: %s and %s differ and neither is 1", shapes, a, b);
        }
        // The size that is not a number must turn out to be 1 or the other one.
        return a.isKnown() ? a : b.isKnown() ? b : Dim.UNKNOWN;
    }

    /** @throws InvalidNodeException if {@code shape} surely does not broadcast to {@code target} without changing it */
    static void expectBroadcastsTo(Shape shape, Shape target, String name) {
        if (!shape.ranked() || !target.ranked()) {
            return;
        }
        boolean fits = shape.rank() <= target.rank();
        for (int axis = 1; fits && axis <= shape.rank(); axis++) {
            Dim from = shape.dim(-axis);
            Dim to = target.dim(-axis);
            fits = isOne(from) || !from.isKnown() || !to.isKnown() || from.equals(to);
        }
        if (!fits) {
            throw Application.invalid("%s has shape %s, which does not broadcast to %s", name, shape, target);
        }
    }

    static boolean isOne(Dim dim) {
        return dim.isKnown() && dim.size() == 1;
    }

    static boolean isZero(Dim dim) {
        return dim.isKnown() && dim.size() == 0;
    }
}
