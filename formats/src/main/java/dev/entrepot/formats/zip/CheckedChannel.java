package dev.entrepot.formats.zip;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Counts and checksums what goes through to another channel, deflating it where asked. Closing it leaves the other one open. */
final class CheckedChannel implements WritableByteChannel {

    private static final int CHUNK = 1 << 16;

    private final WritableByteChannel out;
    private final @Nullable Deflater deflater;
    private final ByteBuffer packed = ByteBuffer.allocate(CHUNK);
    private final CRC32 crc32 = new CRC32();
    private long length;
    private boolean open = true;

    private CheckedChannel(WritableByteChannel out, @Nullable Deflater deflater) {
        this.out = out;
        this.deflater = deflater;
    }

    static CheckedChannel over(WritableByteChannel out, Compression compression) {
        return new CheckedChannel(
                out, compression == Compression.DEFLATED ? new Deflater(Deflater.DEFAULT_COMPRESSION, true) : null);
    }

    long length() {
        return length;
    }

    long crc32() {
        return crc32.getValue();
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int count = from.remaining();
        crc32.update(from.duplicate());
        length += count;
        if (deflater == null) {
            writeFully(from);
        } else {
            deflater.setInput(from);
            while (!deflater.needsInput()) {
                deflateSome(deflater);
            }
        }
        return count;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        open = false;
        if (deflater == null) {
            return;
        }
        try {
            deflater.finish();
            while (!deflater.finished()) {
                deflateSome(deflater);
            }
        } finally {
            deflater.end();
        }
    }

    private void deflateSome(Deflater deflating) throws IOException {
        packed.clear();
        deflating.deflate(packed);
        writeFully(packed.flip());
    }

    private void writeFully(ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            out.write(from);
        }
    }
}
