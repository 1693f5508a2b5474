package dev.entrepot.formats.hdf5;

import dev.entrepot.bytes.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A byte source as the file channel that jHDF wants. It can only be read, by position or one after the other. */
final class SourceChannel extends FileChannel {

    private final ByteSource source;
    private long position;

    SourceChannel(ByteSource source) {
        this.source = source;
    }

    @Override
    public int read(ByteBuffer into, long from) throws IOException {
        if (from < 0) {
            throw new IOException("the address " + from + " is negative");
        }
        if (from >= source.length()) {
            return -1;
        }
        int count = (int) Math.min(into.remaining(), source.length() - from);
        ByteBuffer part = into.slice().limit(count);
        source.read(from, part);
        into.position(into.position() + count);
        return count;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int count = read(into, position);
        position += Math.max(count, 0);
        return count;
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        long count = 0;
        for (int i = offset; i < offset + length; i++) {
            count += Math.max(read(into[i]), 0);
        }
        return count;
    }

    @Override
    public long size() {
        return source.length();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public FileChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    /** Not possible for every source; jHDF then reads instead. */
    @Override
    public MappedByteBuffer map(MapMode mode, long from, long length) {
        throw new UnsupportedOperationException("not mapped");
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
        long possible = Math.max(0, Math.min(count, source.length() - from));
        source.slice(from, possible).transferTo(target);
        return possible;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
        throw new NonWritableChannelException();
    }

    @Override
    public int write(ByteBuffer from, long at) {
        throw new NonWritableChannelException();
    }

    @Override
    public FileChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public long transferFrom(ReadableByteChannel from, long at, long count) {
        throw new NonWritableChannelException();
    }

    @Override
    public FileLock lock(long from, long length, boolean shared) {
        throw new NonWritableChannelException();
    }

    @Override
    public FileLock tryLock(long from, long length, boolean shared) {
        throw new NonWritableChannelException();
    }

    @Override
    public void force(boolean metadata) {
        // Nothing was written.
    }

    @Override
    protected void implCloseChannel() {
        // The source belongs to somebody else.
    }
}
