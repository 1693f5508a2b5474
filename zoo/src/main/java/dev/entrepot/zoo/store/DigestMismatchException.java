package dev.entrepot.zoo.store;

import java.io.IOException;

/** What was to be stored is something else than what was announced. */
public final class DigestMismatchException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * @param expected what was announced
     * @param found what came
     */
    public DigestMismatchException(Digest expected, Blob found) {
        super("the " + found.bytes() + " bytes that came have the digest " + found.digest() + ", expected was "
                + expected);
    }
}
