package dev.entrepot.validator.run;

/** Whether CUDA may round float32 factors to TensorFloat-32, which has 10 bits of mantissa, in convolutions and matrix products. */
public enum Tf32 {
    /**
     * Asked not to ({@code use_tf32=0}). Convolutions of cuDNN's frontend hear only the environment variable {@code
     * NVIDIA_TF32_OVERRIDE=0}; {@link Setup} tells how it was set.
     */
    OFF,
    /** As ONNX Runtime does by default. */
    ON
}
