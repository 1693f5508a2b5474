package dev.entrepot.zoo.store;

/**
 * A blob that is in a store.
 *
 * @param digest its name
 * @param bytes how long it is
 */
public record Blob(Digest digest, long bytes) {}
