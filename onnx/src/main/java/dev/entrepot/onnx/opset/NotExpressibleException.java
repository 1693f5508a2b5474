package dev.entrepot.onnx.opset;

/** A node means something that the other opset cannot say. Caught where the place is known. */
final class NotExpressibleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason what the node has, and what would be needed, with the values */
    NotExpressibleException(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
