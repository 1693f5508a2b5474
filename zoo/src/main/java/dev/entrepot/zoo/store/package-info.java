/**
 * Blobs: runs of bytes that are kept under their SHA-256.
 *
 * <p>{@link dev.entrepot.zoo.store.BlobStore} is the small interface; {@link dev.entrepot.zoo.store.FileBlobStore} keeps blobs on a disk. A
 * blob is there as a whole or not at all, several processes may use one store, and what is not what its name says is never given out. This
 * package knows no models and no database: what is still needed is told to {@link dev.entrepot.zoo.store.GarbageCollection}.
 */
@NullMarked
package dev.entrepot.zoo.store;

import org.jspecify.annotations.NullMarked;
