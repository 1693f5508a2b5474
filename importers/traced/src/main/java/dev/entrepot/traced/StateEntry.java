package dev.entrepot.traced;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.Optional;

/**
 * A parameter or buffer of a network.
 *
 * @param name its name in a file of weights
 * @param shape its shape; sizes that the source leaves open are unknown
 * @param needed whether a file of weights must have it: not the second name of one tensor, nor a count of batches
 * @param parameter whether it is a parameter
 * @param type its element type
 * @param first what all of it is before it is trained, where the source says so
 */
record StateEntry(String name, Shape shape, boolean needed, boolean parameter, DataType type, Optional<Double> first) {

    /** What stands in for weights that are missing; empty for a buffer that the source computes, and while sizes are open. */
    Optional<Tensor> initial() {
        if (!parameter && first.isEmpty() || isOpen() || !PlainNumbers.writes(type)) {
            return Optional.empty();
        }
        return Optional.of(PlainNumbers.filled(shape, type, first.orElse(0.0)));
    }

    /** What it is without weights, in words. */
    String standIn() {
        if (first.isPresent()) {
            double number = first.get();
            return (number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number))
                    + " throughout";
        }
        return parameter ? "zeros in place of what training begins with" : "what the source computes";
    }

    /** Whether a tensor of this shape can be its value. A vector of one element may stand for a scalar, as old checkpoints have it. */
    boolean fits(Shape given) {
        if (!shape.ranked()) {
            return true;
        }
        if (shape.rank() == 0 && given.rank() == 1) {
            return given.dim(0).equals(Dim.of(1));
        }
        if (given.rank() != shape.rank()) {
            return false;
        }
        for (int axis = 0; axis < given.rank(); axis++) {
            if (shape.dim(axis).isKnown() && !shape.dim(axis).equals(given.dim(axis))) {
                return false;
            }
        }
        return true;
    }

    boolean isOpen() {
        return !shape.isStatic();
    }
}
