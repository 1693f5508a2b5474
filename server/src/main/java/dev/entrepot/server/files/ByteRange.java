package dev.entrepot.server.files;

import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file that is asked for. Source: RFC 9110, 14.
 *
 * @param from the first byte
 * @param length how many
 * @param isWhole whether it is the whole file because none other was asked for
 */
record ByteRange(long from, long length, boolean isWhole) {

    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** The last byte. */
    long to() {
        return from + length - 1;
    }

    /**
     * Reads the header {@code Range}. Several ranges, other units and what is no range are answered with the whole file, as the standard allows.
     *
     * @throws ProblemException if the range lies outside of the file
     */
    static ByteRange of(@Nullable String header, long size) {
        Matcher match = SINGLE.matcher(header == null ? "" : header.trim());
        if (!match.matches() || (match.group(1).isEmpty() && match.group(2).isEmpty())) {
            return new ByteRange(0, size, true);
        }
        if (match.group(1).isEmpty()) {
            long last = Math.min(Long.parseLong(match.group(2)), size);
            return last == 0 ? outside(size) : new ByteRange(size - last, last, false);
        }
        long from = Long.parseLong(match.group(1));
        long to = match.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(match.group(2)), size - 1);
        if (from >= size) {
            return outside(size);
        }
        return to < from ? new ByteRange(0, size, true) : new ByteRange(from, to - from + 1, false);
    }

    private static ByteRange outside(long size) {
        throw new ProblemException(
                Kind.RANGE_NOT_SATISFIABLE,
                "the file has " + size + " bytes",
                Map.of("Content-Range", "bytes */" + size));
    }
}
