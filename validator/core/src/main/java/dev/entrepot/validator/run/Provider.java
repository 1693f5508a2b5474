package dev.entrepot.validator.run;

/** The execution provider a session was opened with. Single nodes may still run on the CPU; see {@link Placement}. */
public enum Provider {
    /** ONNX Runtime's own kernels for the CPU. */
    CPU("CPUExecutionProvider"),
    /** NVIDIA's GPUs. */
    CUDA("CUDAExecutionProvider");

    private final String ortName;

    Provider(String ortName) {
        this.ortName = ortName;
    }

    /** The name as ONNX Runtime's profiles have it. */
    public String ortName() {
        return ortName;
    }
}
