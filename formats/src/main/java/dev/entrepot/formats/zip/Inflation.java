package dev.entrepot.formats.zip;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** One pass over a deflated entry, front to back; at its end length and checksum are verified. */
final class Inflation implements AutoCloseable {

    private static final int CHUNK = 1 << 15;

    private final InflatedSource source;
    private final ByteSource packed;
    private final long crc32;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 found = new CRC32();
    private final ByteBuffer input;
    private long inputPosition;
    private long position;

    Inflation(InflatedSource source, ByteSource packed, long crc32) {
        this.source = source;
        this.packed = packed;
        this.crc32 = crc32;
        this.input = ByteBuffer.allocate((int) Math.min(CHUNK, packed.length()));
    }

    InflatedSource source() {
        return source;
    }

    /** How many bytes were handed out or skipped. */
    long position() {
        return position;
    }

    /** Goes over {@code count} bytes. */
    void skip(long count) throws IOException {
        ByteBuffer passed = ByteBuffer.allocate((int) Math.min(CHUNK, count));
        for (long left = count; left > 0; left -= passed.limit()) {
            fill(passed.clear().limit((int) Math.min(passed.capacity(), left)));
        }
    }

    /** Fills {@code into}; the caller has checked that it does not ask for more than the entry's length. */
    void fill(ByteBuffer into) throws IOException {
        int start = into.position();
        while (into.hasRemaining()) {
            inflateSome(into);
        }
        found.update(into.duplicate().flip().position(start));
        position += into.position() - start;
        if (position == source.length()) {
            requireEnd();
        }
    }

    @Override
    public void close() {
        inflater.end();
    }

    private void inflateSome(ByteBuffer into) throws IOException {
        try {
            if (inflater.inflate(into) > 0) {
                return;
            }
        } catch (DataFormatException e) {
            throw malformed("are no deflate stream: " + e.getMessage());
        }
        if (inflater.finished() || inflater.needsDictionary() || !inflater.needsInput()) {
            throw malformed("end early: the archive says they are " + source.length() + " bytes");
        }
        feed();
    }

    private void feed() throws IOException {
        if (inputPosition == packed.length()) {
            throw malformed("are cut off within their deflate stream");
        }
        input.clear().limit((int) Math.min(input.capacity(), packed.length() - inputPosition));
        packed.read(inputPosition, input);
        input.flip();
        inputPosition += input.remaining();
        inflater.setInput(input);
    }

    private void requireEnd() throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        while (!inflater.finished()) {
            try {
                if (inflater.inflate(one) > 0) {
                    throw malformed("go on after the " + source.length() + " bytes that the archive says they have");
                }
            } catch (DataFormatException e) {
                throw malformed("are no deflate stream: " + e.getMessage());
            }
            if (inflater.needsInput() && !inflater.finished()) {
                feed();
            }
        }
        if (inflater.getBytesRead() != packed.length()) {
            throw malformed("take " + inflater.getBytesRead() + " bytes of the archive, not " + packed.length());
        }
        StoredSource.requireChecksum(source, crc32, found.getValue());
    }

    private ModelException malformed(String why) {
        return ModelException.malformed(source.at(position), "contents", why);
    }
}
