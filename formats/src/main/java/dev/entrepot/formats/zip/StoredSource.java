package dev.entrepot.formats.zip;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.zip.CRC32;

/** A stored entry: a slice of the archive whose checksum is verified before the first byte is handed out. */
final class StoredSource extends MemberSource {

    private static final int CHUNK = 1 << 16;

    private final ByteSource slice;
    private final long crc32;
    private volatile boolean verified;

    StoredSource(String name, ByteSource slice, long crc32) {
        super(name, slice.length());
        this.slice = slice;
        this.crc32 = crc32;
    }

    @Override
    void transfer(long offset, long count, WritableByteChannel out) throws IOException {
        verify();
        slice.slice(offset, count).transferTo(out);
    }

    @Override
    void fill(long offset, ByteBuffer into) throws IOException {
        verify();
        slice.read(offset, into);
    }

    private void verify() throws IOException {
        if (verified) {
            return;
        }
        CRC32 found = new CRC32();
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, length()));
        for (long at = 0; at < length(); at += chunk.limit()) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), length() - at));
            slice.read(at, chunk);
            found.update(chunk.flip());
        }
        requireChecksum(this, crc32, found.getValue());
        verified = true;
    }

    static void requireChecksum(ByteSource source, long expected, long found) {
        if (found != expected) {
            throw ModelException.malformed(
                    source.at(0),
                    "contents",
                    "have the checksum %08x, the archive says %08x: they are damaged".formatted(found, expected));
        }
    }
}
