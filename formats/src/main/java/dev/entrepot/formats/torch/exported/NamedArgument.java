package dev.entrepot.formats.torch.exported;

/**
 * An argument of a node. Source: schema.py, NamedArgument.
 *
 * @param name the argument's name in the operator's schema; empty where there is no schema
 * @param arg the argument
 * @param kind how it was given
 */
public record NamedArgument(String name, Argument arg, Kind kind) {

    /** How an argument was given. Source: schema.py, ArgumentKind, in the order of its numbers. */
    public enum Kind {
        /** Not recorded, as before schema 8.4. */
        UNKNOWN,
        /** By its place. */
        POSITIONAL,
        /** By its name. */
        KEYWORD
    }
}
