package dev.entrepot.tensor;

/** One dimension of a shape: a number, a symbol, or nothing known. */
public sealed interface Dim {

    /** A dimension of which nothing is known. */
    Dim UNKNOWN = new Unknown();

    /** A dimension of known size. */
    static Dim of(long size) {
        return new Known(size);
    }

    /** A dimension that is known by name only; equal names mean equal sizes. */
    static Dim of(String symbol) {
        return new Symbol(symbol);
    }

    /** Whether the size is a number. */
    default boolean isKnown() {
        return this instanceof Known;
    }

    /** @throws IllegalStateException if the size is not a number */
    default long size() {
        if (this instanceof Known known) {
            return known.value;
        }
        throw new IllegalStateException("dimension " + this + " is not a number");
    }

    /** A size, not negative. */
    record Known(long value) implements Dim {
        public Known {
            if (value < 0) {
                throw new IllegalArgumentException("dimension " + value + " is negative");
            }
        }

        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** A name, not empty. */
    record Symbol(String name) implements Dim {
        public Symbol {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a symbolic dimension needs a name");
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Nothing known; see {@link #UNKNOWN}. */
    record Unknown() implements Dim {
        @Override
        public String toString() {
            return "?";
        }
    }
}
