package dev.entrepot.bytes;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An open file as a {@link ByteSource}.
 *
 * <p>Slices share the open channel: they can be read until this source is closed.
 */
public final class FileSource implements ByteSource, Closeable {

    private final String name;
    private final FileChannel channel;
    private final long length;

    private FileSource(String name, FileChannel channel, long length) {
        this.name = name;
        this.channel = channel;
        this.length = length;
    }

    /**
     * Opens a file for reading.
     *
     * @throws IOException if the file cannot be opened
     */
    public static FileSource open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        Path fileName = path.getFileName();
        return new FileSource(fileName == null ? path.toString() : fileName.toString(), channel, channel.size());
    }

    /**
     * A file that is open already, from its first byte on. Closing the source closes the channel.
     *
     * @throws IOException if the file's length cannot be asked for
     */
    public static FileSource of(String name, FileChannel channel) throws IOException {
        return new FileSource(name, channel, channel.size());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public ByteSource slice(long offset, long length) {
        requireWithin(offset, length, this.length, name);
        return new Slice(this, offset, length);
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        requireWithin(offset, into.remaining(), length, name);
        long position = offset;
        while (into.hasRemaining()) {
            int count = channel.read(into, position);
            if (count < 0) {
                throw new EOFException(name + " has become shorter than " + length + " bytes while it was read");
            }
            position += count;
        }
    }

    @Override
    public void transferTo(WritableByteChannel out) throws IOException {
        transfer(0, length, out);
    }

    @Override
    public SourceLocation at(long offset) {
        return SourceLocation.offset(name, offset);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void transfer(long offset, long count, WritableByteChannel out) throws IOException {
        long done = 0;
        while (done < count) {
            long moved = channel.transferTo(offset + done, count - done, out);
            if (moved <= 0) {
                throw new EOFException(name + " has become shorter than " + length + " bytes while it was copied");
            }
            done += moved;
        }
    }

    static void requireWithin(long offset, long length, long available, String name) {
        if (offset < 0 || length < 0 || offset > available - length) {
            throw new IllegalArgumentException("bytes " + offset + " to " + offset + " + " + length + " of " + name
                    + " are outside its " + available);
        }
    }

    private record Slice(FileSource file, long from, long length) implements ByteSource {

        @Override
        public String name() {
            return file.name;
        }

        @Override
        public ByteSource slice(long offset, long count) {
            requireWithin(offset, count, length, file.name);
            return new Slice(file, from + offset, count);
        }

        @Override
        public void read(long offset, ByteBuffer into) throws IOException {
            requireWithin(offset, into.remaining(), length, file.name);
            file.read(from + offset, into);
        }

        @Override
        public void transferTo(WritableByteChannel out) throws IOException {
            file.transfer(from, length, out);
        }

        @Override
        public SourceLocation at(long offset) {
            return file.at(from + offset);
        }
    }
}
