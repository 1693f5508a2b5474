package dev.entrepot.formats.json;

/**
 * How much a JSON text may ask for.
 *
 * @param bytes its length
 * @param values the values in it, also those within others
 * @param depth how deep values may lie in each other
 */
public record JsonLimits(long bytes, int values, int depth) {

    /** What is asked of files nobody knows. */
    public static final JsonLimits DEFAULT = new JsonLimits(256L << 20, 5_000_000, 100);
}
