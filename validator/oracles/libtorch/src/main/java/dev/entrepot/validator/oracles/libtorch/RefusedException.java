package dev.entrepot.validator.oracles.libtorch;

/** The request does not fit the module, or an output is no tensor; the message says why. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
