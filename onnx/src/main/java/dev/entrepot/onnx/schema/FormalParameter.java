package dev.entrepot.onnx.schema;

/**
 * An input or output that an operator declares. Source: ONNX {@code OpSchema::FormalParameter}.
 *
 * @param name the parameter's name, for messages; nodes give their values by position
 * @param type a type variable of the operator, such as {@code T}, or a concrete type, such as {@code tensor(int64)}
 * @param occurrence how many values stand for it
 * @param minArity the fewest values of a variadic parameter; 1 for a single one, 0 for an optional one
 */
public record FormalParameter(String name, String type, Occurrence occurrence, int minArity) {

    /** How many values stand for a parameter. */
    public enum Occurrence {
        /** Exactly one. */
        SINGLE,
        /** One or none. */
        OPTIONAL,
        /** Any number, all of one type. Always the last parameter. */
        VARIADIC,
        /** Any number, each of a type of its own among those allowed. Always the last parameter. */
        VARIADIC_HETEROGENEOUS
    }

    /** Whether any number of values may stand for it. */
    public boolean isVariadic() {
        return occurrence == Occurrence.VARIADIC || occurrence == Occurrence.VARIADIC_HETEROGENEOUS;
    }
}
