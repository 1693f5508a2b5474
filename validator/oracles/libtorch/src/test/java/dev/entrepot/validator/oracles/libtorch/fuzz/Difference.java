package dev.entrepot.validator.oracles.libtorch.fuzz;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.compare.Tolerance;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where outputs differ by more than rounding. Output by output in order: names are the importer's own affair.
 *
 * <p>The validator's own comparison does not run here: it is ND4J's, whose JavaCPP is another than libtorch's. The tolerances are the validator's.
 */
public final class Difference {

    private Difference() {}

    /** The first output whose type, shape or values differ, with its worst element; nothing when all are the same. */
    public static Optional<String> between(Map<String, Tensor> expected, Map<String, Tensor> actual) {
        return between(expected, actual, null);
    }

    /** The same with a tolerance of one's own for floating-point outputs. */
    public static Optional<String> between(
            Map<String, Tensor> expected, Map<String, Tensor> actual, @Nullable Tolerance tolerance) {
        if (expected.size() != actual.size()) {
            return Optional.of("the outputs should be " + expected + ", found are " + actual);
        }
        List<Tensor> found = List.copyOf(actual.values());
        int index = 0;
        for (Map.Entry<String, Tensor> output : expected.entrySet()) {
            Tensor tensor = found.get(index++);
            Optional<String> difference = between(output.getKey(), output.getValue(), tensor, tolerance);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> between(String name, Tensor expected, Tensor actual, @Nullable Tolerance given) {
        if (!expected.toString().equals(actual.toString())) {
            return Optional.of(name + ": expected is " + expected + ", found " + actual);
        }
        Tolerance tolerance =
                given != null && expected.type().isFloatingPoint() ? given : Tolerance.standard(expected.type());
        ByteBuffer right = expected.toBytes();
        ByteBuffer ours = actual.toBytes();
        int wrong = 0;
        int worst = 0;
        double worstExcess = -1;
        int count = Math.toIntExact(expected.elementCount());
        for (int i = 0; i < count; i++) {
            double excess = excess(element(right, expected.type(), i), element(ours, expected.type(), i), tolerance);
            wrong += excess > 0 ? 1 : 0;
            if (excess > worstExcess) {
                worstExcess = excess;
                worst = i;
            }
        }
        return wrong == 0
                ? Optional.empty()
                : Optional.of("%s %s: %d of %d differ, worst at %d: expected is %s, found %s"
                        .formatted(
                                name,
                                expected,
                                wrong,
                                count,
                                worst,
                                element(right, expected.type(), worst),
                                element(ours, expected.type(), worst)));
    }

    /** How far beyond the bound an element lies; not a number equals itself, and so does infinity. */
    private static double excess(double right, double ours, Tolerance tolerance) {
        if (right == ours || (Double.isNaN(right) && Double.isNaN(ours))) {
            return 0;
        }
        double error = Math.abs(right - ours);
        if (Double.isNaN(error) || Double.isInfinite(error)) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.max(0, error - tolerance.bound(right));
    }

    private static double element(ByteBuffer bytes, DataType type, int index) {
        return switch (type) {
            case FLOAT -> bytes.getFloat(index * 4);
            case DOUBLE -> bytes.getDouble(index * 8);
            case FLOAT16 -> Half.value(bytes.getShort(index * 2));
            case INT64 -> bytes.getLong(index * 8);
            case INT32 -> bytes.getInt(index * 4);
            case INT16 -> bytes.getShort(index * 2);
            case INT8 -> bytes.get(index);
            case UINT8 -> bytes.get(index) & 0xff;
            case BOOL -> bytes.get(index) == 0 ? 0 : 1;
            default -> throw new IllegalArgumentException("cannot compare " + type.numpyName());
        };
    }
}
