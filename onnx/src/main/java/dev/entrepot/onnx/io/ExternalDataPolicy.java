package dev.entrepot.onnx.io;

/** When a model's initializers are written to a file of their own. Those of fewer than 1,024 bytes never are. */
public enum ExternalDataPolicy {
    /** Only if the whole would be larger than a Protocol Buffers message may be, 2^31 - 1 bytes. */
    WHEN_TOO_LARGE,
    /** Always, if there is any initializer that is large enough. */
    ALWAYS
}
