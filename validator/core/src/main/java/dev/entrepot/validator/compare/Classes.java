package dev.entrepot.validator.compare;

import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.Optional;

/** Finds the greatest class of each row, for outputs that look like classes; see {@link TopClass}. */
final class Classes {

    private static final int MANY = 10;
    private static final double SUM_SLACK = 1e-3;

    private final Doubles expected;
    private final Doubles actual;
    private final int rows;
    private final int classes;

    private Classes(Tensor expected, Tensor actual) {
        this.expected = new Doubles(expected);
        this.actual = new Doubles(actual);
        this.rows = Math.toIntExact(expected.shape().dim(0).size());
        this.classes = Math.toIntExact(expected.shape().dim(1).size());
    }

    static Optional<TopClass> compare(Tensor expected, Tensor actual) {
        if (!isMatrix(expected.shape())) {
            return Optional.empty();
        }
        Classes found = new Classes(expected, actual);
        return found.classes >= MANY || found.areProbabilities() ? Optional.of(found.topClass()) : Optional.empty();
    }

    private static boolean isMatrix(Shape shape) {
        return shape.rank() >= 2
                && shape.dim(0).size() >= 1
                && shape.dim(1).size() >= 2
                && shape.dims().stream().skip(2).allMatch(dim -> dim.size() == 1);
    }

    private boolean areProbabilities() {
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                double p = expected.get(row * classes + c);
                if (!(p >= 0 && p <= 1 + SUM_SLACK)) {
                    return false;
                }
                sum += p;
            }
            if (Math.abs(sum - 1) > SUM_SLACK) {
                return false;
            }
        }
        return true;
    }

    private TopClass topClass() {
        long agreeing = 0;
        long ties = 0;
        double leastMargin = Double.POSITIVE_INFINITY;
        for (int row = 0; row < rows; row++) {
            int top = top(expected, row, -1);
            if (top == top(actual, row, -1)) {
                agreeing++;
            }
            int second = top(expected, row, top);
            double margin = expected.get(row * classes + top) - expected.get(row * classes + second);
            if (margin == 0) {
                ties++;
            }
            leastMargin = Math.min(leastMargin, margin);
        }
        return new TopClass(rows, agreeing, leastMargin, ties);
    }

    /** The place of a row's greatest element other than {@code except}; NaN is greater than nothing. */
    private int top(Doubles values, int row, int except) {
        int top = except == 0 ? 1 : 0;
        for (int c = top + 1; c < classes; c++) {
            if (c != except && values.get(row * classes + c) > values.get(row * classes + top)) {
                top = c;
            }
        }
        return top;
    }
}
