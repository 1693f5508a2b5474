package dev.entrepot.zoo.store;

import dev.entrepot.bytes.ByteSource;
import java.io.Closeable;

/** A blob's bytes, which have been found to be what its name says. They can be read, from several threads, until it is closed. */
public interface OpenBlob extends ByteSource, Closeable {

    /** The blob's name. */
    Digest digest();
}
