package dev.entrepot.validator.compare;

import dev.entrepot.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * An output beside its reference.
 *
 * @param output the output's name
 * @param expected the reference's type and shape, {@code float32[1, 10]}
 * @param actual the output's type and shape
 * @param elements the number of elements compared
 * @param tolerance how far apart they may be
 * @param fault why they cannot be compared at all; empty where they can
 * @param mismatches the elements that are too far apart
 * @param firstMismatch the index of the first of them, one number per dimension; empty where there is none
 * @param nanDifferences the elements of which only one is not a number
 * @param infinityDifferences the elements of which one is infinite and the other is not the same
 * @param metrics the distances; none where the type is not floating point or no element is finite
 * @param spread how the errors are spread; none where there are no distances
 * @param topClass the agreement of the greatest class; none where the output does not look like classes
 */
public record OutputComparison(
        String output,
        String expected,
        String actual,
        long elements,
        Tolerance tolerance,
        String fault,
        long mismatches,
        List<Long> firstMismatch,
        long nanDifferences,
        long infinityDifferences,
        Optional<Metrics> metrics,
        Optional<Spread> spread,
        Optional<TopClass> topClass) {

    public OutputComparison {
        firstMismatch = List.copyOf(firstMismatch);
    }

    /** Two tensors that differ in type or shape, or one that is missing. */
    static OutputComparison incomparable(
            String output, Tensor expected, String actual, Tolerance tolerance, String fault) {
        return new OutputComparison(
                output,
                expected.toString(),
                actual,
                expected.elementCount(),
                tolerance,
                fault,
                expected.elementCount(),
                List.of(),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether the output is as near to its reference as the tolerance asks. */
    public boolean passed() {
        return fault.isEmpty() && mismatches == 0;
    }

    /** The share of elements that are too far apart, 0 to 1. */
    public double mismatchShare() {
        return elements == 0 ? 0 : (double) mismatches / elements;
    }
}
