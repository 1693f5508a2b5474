package dev.entrepot.zoo.catalogue;

import java.io.IOException;

/** The catalogue's database failed. */
public final class DatabaseException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what failed
     * @param cause what the driver says
     */
    public DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
