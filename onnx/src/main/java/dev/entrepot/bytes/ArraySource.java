package dev.entrepot.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;

/** A {@link ByteSource} over a part of an array. */
record ArraySource(String name, byte[] bytes, int from, int size) implements ByteSource {

    @Override
    public long length() {
        return size;
    }

    @Override
    public ByteSource slice(long offset, long length) {
        FileSource.requireWithin(offset, length, size, name);
        return new ArraySource(name, bytes, from + (int) offset, (int) length);
    }

    @Override
    public void read(long offset, ByteBuffer into) {
        FileSource.requireWithin(offset, into.remaining(), size, name);
        into.put(bytes, from + (int) offset, into.remaining());
    }

    @Override
    public void transferTo(WritableByteChannel out) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(bytes, from, size);
        while (all.hasRemaining()) {
            out.write(all);
        }
    }

    @Override
    public SourceLocation at(long offset) {
        return SourceLocation.offset(name, from + offset);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return Objects.toString(name) + "[" + from + ", " + size + " bytes]";
    }
}
