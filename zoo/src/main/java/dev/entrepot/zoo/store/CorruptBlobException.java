package dev.entrepot.zoo.store;

import java.io.IOException;

/** A blob's bytes are not what its name says. They are not given out. */
public final class CorruptBlobException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Digest digest;

    /**
     * @param digest the blob's name
     * @param found what its bytes come to
     * @param where where they have been put aside
     */
    public CorruptBlobException(Digest digest, Digest found, String where) {
        super("blob " + digest + " is damaged: its bytes come to " + found + "; it was moved to " + where);
        this.digest = digest;
    }

    /** The blob's name. */
    public Digest digest() {
        return digest;
    }
}
