package dev.entrepot.formats.prototxt;

/**
 * How much a message may ask for.
 *
 * @param depth messages within messages
 * @param nameLength bytes in a field's name or a bare word
 * @param stringLength bytes in a string
 * @param values values in a message, all levels together
 * @param fileLength bytes in a text file
 */
public record ProtoLimits(int depth, int nameLength, int stringLength, int values, long fileLength) {

    /** Enough for every known model, and little enough for a stranger's file: at most about 200 MB of heap. */
    public static final ProtoLimits STANDARD = new ProtoLimits(100, 1 << 10, 1 << 20, 1_000_000, 64L << 20);
}
