package dev.entrepot.validator.run;

/** How much ONNX Runtime may change a graph before it runs it. */
public enum Optimization {
    /** Not at all: every node runs as it is written. */
    NONE,
    /** Constant folding and removal of what has no effect. */
    BASIC,
    /** Fusions for the provider too. */
    EXTENDED,
    /** Everything, also other memory layouts; what users get by default. */
    ALL
}
