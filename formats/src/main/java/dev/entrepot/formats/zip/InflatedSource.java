package dev.entrepot.formats.zip;

import dev.entrepot.bytes.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A deflated entry, inflated while it is read: cheap front to back, anew from the front when a read goes back. */
final class InflatedSource extends MemberSource {

    private static final int CHUNK = 1 << 16;

    private final ByteSource packed;
    private final long crc32;
    private final Inflations inflations;

    InflatedSource(String name, ByteSource packed, long length, long crc32, Inflations inflations) {
        super(name, length);
        this.packed = packed;
        this.crc32 = crc32;
        this.inflations = inflations;
    }

    @Override
    void transfer(long offset, long count, WritableByteChannel out) throws IOException {
        try (Inflation inflation = inflation()) {
            inflation.skip(offset);
            ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, count));
            for (long left = count; left > 0; left -= chunk.limit()) {
                chunk.clear().limit((int) Math.min(chunk.capacity(), left));
                inflation.fill(chunk);
                chunk.flip();
                while (chunk.hasRemaining()) {
                    out.write(chunk);
                }
            }
        }
    }

    @Override
    void fill(long offset, ByteBuffer into) throws IOException {
        inflations.fill(this, offset, into);
    }

    /** A new pass over the entry. */
    Inflation inflation() {
        return new Inflation(this, packed, crc32);
    }
}
