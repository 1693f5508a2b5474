package dev.entrepot.importers.caffe;

/** What becomes of a layer type when a net is used rather than trained. */
public sealed interface Support {

    /** It becomes ONNX nodes. */
    record Lowered(Lowering lowering) implements Support {}

    /**
     * It serves training or feeding; what is left of it in use becomes ONNX nodes.
     *
     * @param meaning what is left of it, in words
     */
    record Reduced(String meaning, Lowering lowering) implements Support {}

    /**
     * It serves training only and falls away; its bottoms count as not read.
     *
     * @param reason what it was for
     */
    record Dropped(String reason) implements Support {}

    /** It is known, and refused for this reason. */
    record Refused(String reason) implements Support {}
}
