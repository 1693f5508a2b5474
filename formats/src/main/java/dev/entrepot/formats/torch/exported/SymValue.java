package dev.entrepot.formats.torch.exported;

import java.util.Optional;

/** A number or truth value that may be symbolic. Source: schema.py, SymInt, SymFloat, SymBool, SymExprHint. */
public sealed interface SymValue {

    /** A whole number. */
    record Int(long value) implements SymValue {}

    /** A floating point number. */
    record Real(double value) implements SymValue {}

    /** A truth value. */
    record Bool(boolean value) implements SymValue {}

    /**
     * An expression over symbols. Source: schema.py, SymExpr.
     *
     * @param text SymPy's text of it: {@code s0 + 1} up to 2.5, {@code Add(Symbol('s0', positive=True, integer=True), Integer(1))} later
     * @param hint its value for the example inputs
     */
    record Expr(String text, Optional<SymValue> hint) implements SymValue {}
}
