package dev.entrepot.validator.compare;

import dev.entrepot.tensor.StringData;
import dev.entrepot.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.List;

/** Compares two tensors of one type and shape element by element: whole numbers, truth values, strings. */
final class ExactComparison {

    long mismatches;
    long firstMismatch = -1;

    /** @throws ArithmeticException if there are more bytes than an array can hold */
    ExactComparison(Tensor expected, Tensor actual) {
        if (expected.data() instanceof StringData e && actual.data() instanceof StringData a) {
            compare(e.values(), a.values());
        } else {
            compare(
                    expected.toBytes(),
                    actual.toBytes(),
                    Math.max(1, expected.type().bits() / 8));
        }
    }

    private void compare(List<String> expected, List<String> actual) {
        for (int i = 0; i < expected.size(); i++) {
            note(i, expected.get(i).equals(actual.get(i)));
        }
    }

    /** Numbers of 4 bits are compared two at a time. */
    private void compare(ByteBuffer expected, ByteBuffer actual, int size) {
        for (int i = 0; i < expected.capacity() / size; i++) {
            ByteBuffer e = expected.slice(i * size, size);
            note(i, e.equals(actual.slice(i * size, size)));
        }
    }

    private void note(long index, boolean equal) {
        if (equal) {
            return;
        }
        mismatches++;
        if (firstMismatch < 0) {
            firstMismatch = index;
        }
    }
}
