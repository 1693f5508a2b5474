package dev.entrepot.bytes;

/**
 * A place in a file: a line and column of a text, or a byte offset of a binary.
 *
 * @param file the file's name
 * @param line the line, from 1, or 0 where lines mean nothing
 * @param column the column, from 1, or 0 where columns mean nothing
 * @param offset the byte offset, or -1 where it is not known
 */
public record SourceLocation(String file, int line, int column, long offset) {

    /** A file as a whole. */
    public static SourceLocation file(String file) {
        return new SourceLocation(file, 0, 0, -1);
    }

    /** A line and column of a text, both from 1. */
    public static SourceLocation line(String file, int line, int column) {
        return new SourceLocation(file, line, column, -1);
    }

    /** A byte of a binary file. */
    public static SourceLocation offset(String file, long offset) {
        return new SourceLocation(file, 0, 0, offset);
    }

    /** {@code lenet.prototxt:41:3}, {@code lenet.caffemodel@1042} or just the file's name. */
    @Override
    public String toString() {
        if (line > 0) {
            return file + ":" + line + ":" + column;
        }
        return offset >= 0 ? file + "@" + offset : file;
    }
}
