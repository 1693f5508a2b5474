package dev.entrepot.onnx.infer;

/** A node contradicts its operator: the message says what was found and what was expected. Who walks the graph adds where. */
public final class InvalidNodeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason what was found and what was expected, with the values */
    public InvalidNodeException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** What was found and what was expected, with the values. */
    public String reason() {
        return reason;
    }
}
