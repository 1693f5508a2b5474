package dev.entrepot.formats.torch.exported;

/** An operand that may be symbolic. Source: schema.py, SymIntArgument, SymFloatArgument, SymBoolArgument. */
public sealed interface SymArgument {

    /** What a node of the graph makes. */
    record Named(String name) implements SymArgument {}

    /** A plain value. */
    record Known(SymValue value) implements SymArgument {}
}
