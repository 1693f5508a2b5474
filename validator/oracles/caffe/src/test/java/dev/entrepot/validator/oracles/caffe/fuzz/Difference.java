package dev.entrepot.validator.oracles.caffe.fuzz;

import dev.entrepot.tensor.Tensor;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where blobs differ by more than rounding. */
public final class Difference {

    private static final double RELATIVE = 1e-4;
    private static final double ABSOLUTE = 1e-5;

    private Difference() {}

    /** The first blob whose name, shape or values differ, with its worst element; nothing when all are the same. */
    public static Optional<String> between(Map<String, Tensor> expected, Map<String, Tensor> actual) {
        if (!expected.keySet().equals(actual.keySet())) {
            return Optional.of("the outputs should be " + expected.keySet() + ", found are " + actual.keySet());
        }
        return expected.entrySet().stream()
                .flatMap(blob ->
                        between(blob.getKey(), blob.getValue(), Objects.requireNonNull(actual.get(blob.getKey())))
                                .stream())
                .findFirst();
    }

    private static Optional<String> between(String name, Tensor expected, Tensor actual) {
        if (!expected.toString().equals(actual.toString())) {
            return Optional.of(name + ": expected is " + expected + ", found " + actual);
        }
        float[] right = expected.toFloats();
        float[] ours = actual.toFloats();
        int wrong = 0;
        int worst = 0;
        double worstExcess = 0;
        for (int i = 0; i < right.length; i++) {
            double excess = excess(right[i], ours[i]);
            if (excess > 0) {
                wrong++;
            }
            if (excess > worstExcess) {
                worstExcess = excess;
                worst = i;
            }
        }
        return wrong == 0
                ? Optional.empty()
                : Optional.of("%s %s: %d of %d differ, worst at %d: expected is %s, found %s"
                        .formatted(name, expected, wrong, right.length, worst, right[worst], ours[worst]));
    }

    /** How far beyond the bound an element lies; not a number equals itself, and so does infinity. */
    private static double excess(float right, float ours) {
        if (Float.compare(right, ours) == 0 || right == ours) {
            return 0;
        }
        double error = Math.abs((double) right - ours);
        double bound = ABSOLUTE + RELATIVE * Math.abs(right);
        if (Double.isNaN(error) || Double.isInfinite(error)) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.max(0, error - bound);
    }
}
