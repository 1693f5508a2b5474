package dev.entrepot.importers.torch.script;

import dev.entrepot.importers.torch.aten.IValue;
import java.util.Optional;

/** What an operator does with plain values. */
@FunctionalInterface
interface PlainFunction {

    /** The result; empty if these arguments are for the operator on tensors. */
    Optional<IValue> apply(PlainCall call);
}
