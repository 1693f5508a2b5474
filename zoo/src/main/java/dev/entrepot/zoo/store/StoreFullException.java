package dev.entrepot.zoo.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** There is no room for what was to be stored. Nothing of it was. */
public final class StoreFullException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param message what is full */
    public StoreFullException(String message) {
        super(message);
    }

    private StoreFullException(String message, IOException cause) {
        super(message, cause);
    }

    /** This failure as one of a full disk, if that is what it says; otherwise as it is. */
    static IOException orSame(IOException failure, Path folder) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        boolean full = message.contains("no space left") || message.contains("quota exceeded");
        return full ? new StoreFullException("the disk of " + folder + " is full", failure) : failure;
    }
}
