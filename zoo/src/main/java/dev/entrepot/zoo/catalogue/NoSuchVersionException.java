package dev.entrepot.zoo.catalogue;

import dev.entrepot.zoo.entry.VersionName;
import java.io.IOException;

/** A version or model that was asked for is not in the catalogue, or no longer. */
public final class NoSuchVersionException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean removed;

    private NoSuchVersionException(String message, boolean removed) {
        super(message);
        this.removed = removed;
    }

    /** Never was there. */
    public static NoSuchVersionException unknown(VersionName name) {
        return new NoSuchVersionException("there is no " + name, false);
    }

    /** Was there and has been removed. */
    public static NoSuchVersionException removed(VersionName name) {
        return new NoSuchVersionException(name + " has been removed", true);
    }

    /** Whether it was there once. */
    public boolean wasRemoved() {
        return removed;
    }
}
