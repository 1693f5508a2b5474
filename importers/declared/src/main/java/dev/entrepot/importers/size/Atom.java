package dev.entrepot.importers.size;

import dev.entrepot.onnx.graph.Value;
import java.util.Locale;

/** What a {@link SizeExpr} is made of beside numbers. Atoms that print alike are equal. */
public sealed interface Atom {

    /** A value that the atom never falls below; negative if there is no such bound. */
    long least();

    /**
     * The size of a tensor's axis.
     *
     * @param name the symbol, such as {@code N}
     * @param least 1 for the symbols of a model's inputs, 0 for sizes that depend on data
     * @param tensor a tensor that has this size
     * @param axis along which axis, from 0
     */
    record Axis(String name, long least, Value tensor, int axis) implements Atom {
        @Override
        public boolean equals(Object other) {
            return other instanceof Axis that && name.equals(that.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * A whole number that is only known when the model runs.
     *
     * @param scalar an int64 scalar
     */
    record Computed(Value scalar) implements Atom {
        @Override
        public long least() {
            return Long.MIN_VALUE;
        }

        @Override
        public String toString() {
            return "{" + scalar.name() + "}";
        }
    }

    /** How many atoms it is made of, itself among them. */
    default long parts() {
        return 1;
    }

    /**
     * Two expressions combined by an operation that polynomials do not have.
     *
     * @param least told once, as all that follows: expressions nest, and each would ask those within it again and again
     * @param parts how many atoms it is made of
     * @param text such as {@code floor_divide(N, 2)}
     */
    record Combined(Operation operation, SizeExpr left, SizeExpr right, long least, long parts, String text)
            implements Atom {

        private static final long MOST_PARTS = 2_000;

        /**
         * The operation on these.
         *
         * @throws SizeArithmeticException if the expression becomes too large
         */
        Combined(Operation operation, SizeExpr left, SizeExpr right) {
            this(
                    operation,
                    left,
                    right,
                    least(operation, left, right),
                    1 + left.parts() + right.parts(),
                    operation.name().toLowerCase(Locale.ROOT) + "(" + left + ", " + right + ")");
            if (parts > MOST_PARTS) {
                throw new SizeArithmeticException(
                        "a size is an expression of " + parts + " parts, the limit is " + MOST_PARTS);
            }
        }

        private static long least(Operation operation, SizeExpr left, SizeExpr right) {
            boolean bounded = left.isNeverNegative() && (right.isNeverNegative() || operation == Operation.MAX);
            boolean positive = left.sign().orElse(0) > 0 && right.sign().orElse(0) > 0;
            return switch (operation) {
                case FLOOR_DIVIDE -> left.isNeverNegative() && right.isNeverNegative() ? 0 : Long.MIN_VALUE;
                case MODULO -> right.isNeverNegative() ? 0 : Long.MIN_VALUE;
                case MIN -> positive ? 1 : bounded ? 0 : Long.MIN_VALUE;
                case MAX ->
                    left.sign().orElse(0) > 0 || right.sign().orElse(0) > 0
                            ? 1
                            : left.isNeverNegative() || right.isNeverNegative() ? 0 : Long.MIN_VALUE;
            };
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Combined that && text.equals(that.text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** The operations of {@link Combined}. */
    enum Operation {
        FLOOR_DIVIDE,
        MODULO,
        MIN,
        MAX
    }
}
