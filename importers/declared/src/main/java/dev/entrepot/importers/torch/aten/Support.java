package dev.entrepot.importers.torch.aten;

import java.util.Optional;

/** What becomes of an operator. */
public sealed interface Support {

    /**
     * It becomes ONNX nodes, or is answered at once.
     *
     * @param lowering what it computes
     * @param writeBack for an operator whose result is a view: how a change of the view changes its base
     */
    record Lowered(Lowering lowering, Optional<WriteBack> writeBack) implements Support {}

    /** It is known, and refused for this reason. */
    record Refused(String reason) implements Support {}

    /** Answers a call, mostly by adding nodes. */
    @FunctionalInterface
    interface Lowering {
        /** The result: a tensor, a tuple of an operator with several results, a list, or a plain value. */
        IValue lower(AtenCall call);
    }
}
