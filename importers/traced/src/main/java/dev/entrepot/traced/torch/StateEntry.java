package dev.entrepot.traced.torch;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A parameter or buffer of a network.
 *
 * @param name its name in a state_dict
 * @param sizes its shape; -1 where the source leaves a size open
 * @param needed whether a checkpoint must have it: not the second name of one tensor, nor a count of batches
 * @param parameter whether it is a parameter
 * @param type its element type
 * @param first what all of it is before it is trained, where the source says so
 */
record StateEntry(String name, long[] sizes, boolean needed, boolean parameter, DataType type, Optional<Double> first) {

    /** What stands in for weights that are missing; empty for a buffer that the source computes. */
    Optional<Tensor> initial() {
        if (!parameter && first.isEmpty() || isOpen() || !Numbers.writes(type)) {
            return Optional.empty();
        }
        return Optional.of(Numbers.filled(Shape.of(sizes), type, first.orElse(0.0)));
    }

    /** Whether a tensor of this shape can be its value. Source: torch/nn/modules/module.py, _load_from_state_dict. */
    boolean fits(Shape shape) {
        long[] given = shape.sizes();
        if (sizes.length == 0 && given.length == 1) {
            return given[0] == 1;
        }
        if (given.length != sizes.length) {
            return false;
        }
        for (int i = 0; i < given.length; i++) {
            if (sizes[i] >= 0 && sizes[i] != given[i]) {
                return false;
            }
        }
        return true;
    }

    boolean isOpen() {
        return Arrays.stream(sizes).anyMatch(size -> size < 0);
    }

    /** Whether it only counts the batches of training. */
    boolean isCounter() {
        return name.endsWith("num_batches_tracked");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StateEntry that
                && name.equals(that.name)
                && Arrays.equals(sizes, that.sizes)
                && needed == that.needed
                && parameter == that.parameter
                && type == that.type
                && first.equals(that.first);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, needed, parameter, type, first) * 31 + Arrays.hashCode(sizes);
    }
}
