package dev.entrepot.server.sessions;

/** There is no room for a model now; later there may be. */
public final class PoolFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PoolFullException(String message) {
        super(message);
    }
}
