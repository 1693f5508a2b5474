package dev.entrepot.importers.torch.aten;

import java.util.Optional;

/** What becomes of an operator. */
public sealed interface Support {

    /**
     * It becomes ONNX nodes, or is answered at once.
     *
     * @param lowering what it computes
     * @param sharing which results share memory with an argument
     * @param writeBack for an operator whose result is a view: how a change of the view changes its base
     */
    record Lowered(Lowering lowering, Sharing sharing, Optional<WriteBack> writeBack) implements Support {
        /** An operator whose results share memory as its schema says. */
        public Lowered(Lowering lowering, Optional<WriteBack> writeBack) {
            this(lowering, Sharing.AS_DECLARED, writeBack);
        }
    }

    /** Which results share memory with an argument. */
    enum Sharing {
        /** Those that the schema marks so. */
        AS_DECLARED,
        /** Those that the schema marks so, which hold all elements in the same order. */
        IN_ORDER,
        /** The same if the elements of the argument lie one after the other; if not, the results are new tensors. */
        IN_ORDER_IF_CONTIGUOUS,
        /** Those that are the argument itself: for operators that share memory only at times, such as {@code aten::to}. */
        AS_RETURNED
    }

    /** It is known, and refused for this reason. */
    record Refused(String reason) implements Support {}

    /** Answers a call, mostly by adding nodes. */
    @FunctionalInterface
    interface Lowering {
        /** The result: a tensor, a tuple of an operator with several results, a list, or a plain value. */
        IValue lower(AtenCall call);
    }
}
