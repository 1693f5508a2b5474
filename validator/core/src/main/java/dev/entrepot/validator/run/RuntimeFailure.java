package dev.entrepot.validator.run;

/** ONNX Runtime refused a model, or failed while it ran. */
public final class RuntimeFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Stage stage;

    /** What was being done. */
    public enum Stage {
        /** The model was loaded. */
        LOAD,
        /** The model was run. */
        RUN
    }

    /**
     * @param stage what was being done
     * @param message ONNX Runtime's words
     */
    public RuntimeFailure(Stage stage, String message) {
        super(message);
        this.stage = stage;
    }

    /** What was being done. */
    public Stage stage() {
        return stage;
    }
}
