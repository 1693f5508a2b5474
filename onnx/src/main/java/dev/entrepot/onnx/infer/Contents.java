package dev.entrepot.onnx.infer;

import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * The elements of a small tensor, as far as they are known.
 *
 * @param shape the shape, static
 * @param elements the elements, row-major, at most {@link #LONGEST}
 */
public record Contents(Shape shape, List<Element> elements) {

    /** Longer tensors are not followed. */
    public static final int LONGEST = 1024;

    public Contents {
        elements = List.copyOf(elements);
        if (elements.size() > LONGEST || shape.elementCount() != elements.size()) {
            throw new IllegalArgumentException(elements.size() + " elements for shape " + shape);
        }
    }

    /** A scalar. */
    public static Contents scalar(Element element) {
        return new Contents(Shape.SCALAR, List.of(element));
    }

    /** A vector. */
    public static Contents vector(List<Element> elements) {
        return new Contents(Shape.of(elements.size()), elements);
    }

    /** The same element everywhere; nothing if the shape is not static or too large. */
    public static Optional<Contents> filled(Shape shape, Element element) {
        return fits(shape)
                ? Optional.of(new Contents(shape, Collections.nCopies((int) shape.elementCount(), element)))
                : Optional.empty();
    }

    /** Whether a tensor of this shape is followed. */
    public static boolean fits(Shape shape) {
        if (!shape.isStatic()) {
            return false;
        }
        try {
            return shape.elementCount() <= LONGEST
                    && Arrays.stream(shape.sizes()).allMatch(size -> size <= LONGEST);
        } catch (ArithmeticException e) {
            return false;
        }
    }

    /** All elements, if each is a whole number. */
    public Optional<long[]> longs() {
        long[] values = new long[elements.size()];
        for (int i = 0; i < values.length; i++) {
            if (!(elements.get(i) instanceof Element.Whole whole)) {
                return Optional.empty();
            }
            values[i] = whole.value();
        }
        return Optional.of(values);
    }

    /** The same elements under another shape of as many elements. */
    public Contents reshaped(Shape newShape) {
        return new Contents(newShape, elements);
    }

    /** Each element changed. */
    public Contents mapped(UnaryOperator<Element> change) {
        return new Contents(shape, elements.stream().map(change).toList());
    }

    /** Elements of equal position combined; both of one shape. */
    public Contents combined(Contents other, BinaryOperator<Element> combine) {
        List<Element> both = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            both.add(combine.apply(elements.get(i), other.elements.get(i)));
        }
        return new Contents(shape, both);
    }

    /** Stretched to a shape that {@link #fits} and to which this one broadcasts. */
    public Contents expanded(Shape target) {
        int missing = target.rank() - shape.rank();
        return picked(target, index -> {
            long[] source = new long[shape.rank()];
            for (int axis = 0; axis < source.length; axis++) {
                source[axis] = shape.dim(axis).size() == 1 ? 0 : index[axis + missing];
            }
            return source;
        });
    }

    /** The slices along {@code axis} at these indices, each within bounds. */
    public Contents taken(int axis, List<Integer> indices) {
        return picked(shape.with(axis, Dim.of(indices.size())), index -> {
            long[] source = index.clone();
            source[axis] = indices.get((int) index[axis]);
            return source;
        });
    }

    /** Axes in another order: axis {@code i} of the result is axis {@code order[i]} of this. */
    public Contents transposed(int[] order) {
        Shape target = Shape.of(Arrays.stream(order).mapToObj(shape::dim).toList());
        return picked(target, index -> {
            long[] source = new long[order.length];
            for (int axis = 0; axis < order.length; axis++) {
                source[order[axis]] = index[axis];
            }
            return source;
        });
    }

    /** Vectors one after the other. */
    public static Contents joined(List<Contents> vectors) {
        return vector(
                vectors.stream().flatMap(vector -> vector.elements.stream()).toList());
    }

    private Contents picked(Shape target, UnaryOperator<long[]> sourceOf) {
        List<Element> picked = new ArrayList<>();
        long[] sizes = target.sizes();
        long[] index = new long[sizes.length];
        long count = target.elementCount();
        for (long i = 0; i < count; i++) {
            picked.add(elements.get(flat(sourceOf.apply(index))));
            for (int axis = sizes.length - 1; axis >= 0 && ++index[axis] == sizes[axis]; axis--) {
                index[axis] = 0;
            }
        }
        return new Contents(target, picked);
    }

    private int flat(long[] index) {
        long flat = 0;
        for (int axis = 0; axis < index.length; axis++) {
            flat = flat * shape.dim(axis).size() + index[axis];
        }
        return (int) flat;
    }
}
