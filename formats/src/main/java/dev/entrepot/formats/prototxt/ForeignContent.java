package dev.entrepot.formats.prototxt;

import dev.entrepot.bytes.ByteSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Says what a file is that is plainly something other than a model: a web page, a pointer to a file, an archive. */
public final class ForeignContent {

    private static final int PREFIX = 512;

    private ForeignContent() {}

    /** What the file is, as the end of a sentence; empty if its beginning does not say. */
    public static Optional<String> of(ByteSource source) {
        if (source.length() == 0) {
            return Optional.of("is empty (0 bytes)");
        }
        byte[] prefix = prefix(source);
        String start = new String(prefix, StandardCharsets.ISO_8859_1);
        String folded = start.replace("\u00ef\u00bb\u00bf", "").strip().toLowerCase(Locale.ROOT);
        if (folded.startsWith("<!doctype html") || folded.startsWith("<html") || folded.startsWith("<head")) {
            return Optional.of("is an HTML page; a download was probably answered with a web page");
        }
        if (folded.startsWith("<?xml")) {
            return Optional.of("is an XML document");
        }
        if (folded.startsWith("version https://git-lfs.github.com/spec")) {
            return Optional.of("is a Git LFS pointer; the file itself must still be fetched with git lfs pull");
        }
        if (start.startsWith("\u0089HDF\r\n\u001a\n")) {
            return Optional.of("is an HDF5 file");
        }
        if (start.startsWith("PK\u0003\u0004")) {
            return Optional.of("is a zip archive");
        }
        if (start.startsWith("\u001f\u008b")) {
            return Optional.of("is compressed with gzip");
        }
        return Optional.empty();
    }

    /** Whether the beginning holds control characters that no text has. */
    public static boolean isBinary(ByteSource source) {
        for (byte unit : prefix(source)) {
            boolean space = unit >= '\t' && unit <= '\r';
            if (unit >= 0 && unit < ' ' && !space || unit == 0x7f) {
                return true;
            }
        }
        return false;
    }

    private static byte[] prefix(ByteSource source) {
        byte[] prefix = new byte[(int) Math.min(PREFIX, source.length())];
        try {
            source.read(0, ByteBuffer.wrap(prefix));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return prefix;
    }
}
