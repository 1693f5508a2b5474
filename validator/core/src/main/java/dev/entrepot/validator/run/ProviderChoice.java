package dev.entrepot.validator.run;

/** Which execution provider a user asks for. */
public enum ProviderChoice {
    /** CUDA where its libraries load and take the model, otherwise the CPU; the reason is kept. */
    AUTO,
    /** The CPU. */
    CPU,
    /** CUDA, or a failure with its reason. */
    CUDA
}
