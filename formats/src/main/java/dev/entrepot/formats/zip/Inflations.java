package dev.entrepot.formats.zip;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Keeps the one pass over a deflated entry of an archive that the next read may go on with. */
final class Inflations {

    private @Nullable Inflation last;

    synchronized void fill(InflatedSource source, long offset, ByteBuffer into) throws IOException {
        Inflation current = last;
        if (current == null || current.source() != source || current.position() > offset) {
            close();
            current = source.inflation();
            last = current;
        }
        try {
            current.skip(offset - current.position());
            current.fill(into);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        if (current.position() == source.length()) {
            close();
        }
    }

    private void close() {
        if (last != null) {
            last.close();
            last = null;
        }
    }
}
