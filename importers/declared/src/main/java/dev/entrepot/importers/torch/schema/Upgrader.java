package dev.entrepot.importers.torch.schema;

/**
 * What an operator meant in TorchScript files of older format versions.
 *
 * <p>Source: torch/csrc/jit/operator_upgraders/version_map.h and upgraders_entry.cpp.
 *
 * @param untilVersion the first file format version that has today's meaning
 * @param change how the older meaning differs from today's
 * @param schema the older schema, of the same name and overload
 */
public record Upgrader(int untilVersion, Change change, FunctionSchema schema) {

    /** How an older meaning differs from today's. */
    public enum Change {
        /** If neither side is of floating point, the quotient is truncated towards zero and stays an integer. */
        TRUNCATES_INTEGERS,
        /** Without a dtype the result is of floating point, also for an int or bool fill value. */
        FILLS_WITH_FLOATS,
        /** {@code steps} may be {@code None} and is 100 then. */
        TAKES_100_STEPS,
        /** Nothing but the schema changed. */
        SAME
    }
}
