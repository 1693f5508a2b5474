package dev.entrepot.zoo.store;

import java.io.IOException;

/** A blob that was asked for is not in the store. */
public final class NoSuchBlobException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Digest digest;

    /** @param digest the blob's name */
    public NoSuchBlobException(Digest digest) {
        super("there is no blob " + digest);
        this.digest = digest;
    }

    /** The blob's name. */
    public Digest digest() {
        return digest;
    }
}
