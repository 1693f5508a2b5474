package dev.entrepot.validator.oracles.caffe;

/** The framework does not compute this net; the message says why. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
