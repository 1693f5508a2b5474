package dev.entrepot.importers.torch.schema;

import java.util.List;
import java.util.stream.Collectors;

/** The value an argument has when a call does not give it; {@code toString} is PyTorch's notation. */
public sealed interface DefaultValue {

    /** {@code None}. */
    enum None implements DefaultValue {
        NONE;

        @Override
        public String toString() {
            return "None";
        }
    }

    /** An integer; also dtypes, layouts and memory formats, in PyTorch's numbering. */
    record Int(long value) implements DefaultValue {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /**
     * A floating-point number.
     *
     * @param notation as the schema writes it, with up to 17 digits: {@code 1.0000000000000001e-05}
     */
    record Real(double value, String notation) implements DefaultValue {
        @Override
        public String toString() {
            return notation;
        }
    }

    /** {@code True} or {@code False}. */
    record Bool(boolean value) implements DefaultValue {
        @Override
        public String toString() {
            return value ? "True" : "False";
        }
    }

    /** A string. */
    record Text(String value) implements DefaultValue {
        @Override
        public String toString() {
            StringBuilder quoted = new StringBuilder("\"");
            value.chars().forEach(c -> quoted.append(Escapes.escaped((char) c)));
            return quoted.append('"').toString();
        }
    }

    /** {@code [0, 1]}. */
    record ListOf(List<DefaultValue> elements) implements DefaultValue {
        /** Copies the elements. */
        public ListOf {
            elements = List.copyOf(elements);
        }

        @Override
        public String toString() {
            return elements.stream().map(DefaultValue::toString).collect(Collectors.joining(", ", "[", "]"));
        }
    }
}
