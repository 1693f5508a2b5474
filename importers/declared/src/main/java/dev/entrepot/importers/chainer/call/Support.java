package dev.entrepot.importers.chainer.call;

/** What becomes of a function. */
public sealed interface Support {

    /** How it is called. */
    Signature signature();

    /**
     * It becomes ONNX nodes, or is answered at once.
     *
     * @param signature how it is called
     * @param lowering what it computes
     */
    record Lowered(Signature signature, Lowering lowering) implements Support {}

    /**
     * It is known, and refused.
     *
     * @param signature how it is called
     * @param reason why
     */
    record Refused(Signature signature, String reason) implements Support {}

    /** Answers a call, mostly by adding nodes. */
    @FunctionalInterface
    interface Lowering {
        /** The result: a variable, a tuple, or a plain value. */
        Argument lower(FunctionCall call);
    }
}
