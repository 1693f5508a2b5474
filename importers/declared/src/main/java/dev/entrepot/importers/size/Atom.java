package dev.entrepot.importers.size;

import dev.entrepot.onnx.graph.Value;

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

    /** Two expressions combined by an operation that polynomials do not have. */
    record Combined(Operation operation, SizeExpr left, SizeExpr right) implements Atom {
        @Override
        public long least() {
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
        public String toString() {
            return operation.name().toLowerCase(java.util.Locale.ROOT) + "(" + left + ", " + right + ")";
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
