package dev.entrepot.validator.compare;

import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts a model's outputs beside their references. */
public final class Comparison {

    private Comparison() {}

    /**
     * Compares one output.
     *
     * @param output its name
     * @param expected the reference
     * @param actual what the model gave, or null where it has no such output
     * @param tolerance how far apart they may be; types without fractions must be equal whatever it says
     */
    public static OutputComparison of(String output, Tensor expected, @Nullable Tensor actual, Tolerance tolerance) {
        if (actual == null) {
            return OutputComparison.incomparable(
                    output, expected, "nothing", tolerance, "the model gives no such output");
        }
        String fault = fault(expected, actual);
        if (!fault.isEmpty()) {
            return OutputComparison.incomparable(output, expected, actual.toString(), tolerance, fault);
        }
        return Doubles.readable(expected.type())
                ? floats(output, expected, actual, tolerance)
                : exact(output, expected, actual);
    }

    private static String fault(Tensor expected, Tensor actual) {
        List<String> faults = new ArrayList<>();
        if (expected.type() != actual.type()) {
            faults.add("the reference is " + expected.type().numpyName() + ", the output is "
                    + actual.type().numpyName());
        }
        if (!expected.shape().equals(actual.shape())) {
            faults.add("the reference has the shape " + expected.shape() + ", the output " + actual.shape());
        }
        return String.join("; ", faults);
    }

    private static OutputComparison floats(String output, Tensor expected, Tensor actual, Tolerance tolerance) {
        FloatComparison found = new FloatComparison(expected, actual, tolerance).compare();
        return new OutputComparison(
                output,
                expected.toString(),
                actual.toString(),
                expected.elementCount(),
                tolerance,
                "",
                found.mismatches,
                index(expected.shape(), found.firstMismatch),
                found.nanDifferences,
                found.infinityDifferences,
                found.metrics(),
                found.spread(),
                Classes.compare(expected, actual));
    }

    private static OutputComparison exact(String output, Tensor expected, Tensor actual) {
        ExactComparison found = new ExactComparison(expected, actual);
        return new OutputComparison(
                output,
                expected.toString(),
                actual.toString(),
                expected.elementCount(),
                Tolerance.standard(expected.type()),
                "",
                found.mismatches,
                index(expected.shape(), found.firstMismatch),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The index of the element with this number, one number per dimension. */
    static List<Long> index(Shape shape, long element) {
        if (element < 0) {
            return List.of();
        }
        Long[] index = new Long[shape.rank()];
        long rest = element;
        for (int axis = index.length - 1; axis >= 0; axis--) {
            long size = shape.dim(axis).size();
            index[axis] = rest % size;
            rest /= size;
        }
        return List.of(index);
    }
}
