package dev.entrepot.onnx.io;

/**
 * What was written to one place.
 *
 * @param bytes how many bytes
 * @param sha256 their SHA-256 in lower-case hexadecimal
 */
public record Written(long bytes, String sha256) {}
