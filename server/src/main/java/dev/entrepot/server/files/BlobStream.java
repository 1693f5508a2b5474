package dev.entrepot.server.files;

import dev.entrepot.zoo.store.OpenBlob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** A part of a blob as a stream; closing it closes the blob. */
final class BlobStream extends InputStream {

    private final OpenBlob blob;
    private final long end;
    private long position;

    BlobStream(OpenBlob blob, long from, long length) {
        this.blob = blob;
        this.position = from;
        this.end = Math.addExact(from, length);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (position >= end) {
            return -1;
        }
        int count = (int) Math.min(length, end - position);
        blob.read(position, ByteBuffer.wrap(into, offset, count));
        position += count;
        return count;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, end - position);
    }

    @Override
    public void close() throws IOException {
        blob.close();
    }
}
