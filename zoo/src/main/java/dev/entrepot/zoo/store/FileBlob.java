package dev.entrepot.zoo.store;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.FileSource;
import dev.entrepot.bytes.SourceLocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A blob whose file is open. */
final class FileBlob implements OpenBlob {

    private final Digest digest;
    private final Path path;
    private final FileStamp stamp;
    private final FileChannel channel;
    private final FileSource source;

    private FileBlob(Digest digest, Path path, FileStamp stamp, FileChannel channel) throws IOException {
        this.digest = digest;
        this.path = path;
        this.stamp = stamp;
        this.channel = channel;
        this.source = FileSource.of(digest.toString(), channel);
    }

    /** Opens the first of these files that is there. */
    static FileBlob open(Digest digest, List<Path> places) throws IOException {
        for (Path path : places) {
            try {
                return open(digest, path);
            } catch (NoSuchFileException e) {
                continue;
            }
        }
        throw new NoSuchBlobException(digest);
    }

    /** Another file may take the name between opening and asking; then both are done again. */
    private static FileBlob open(Digest digest, Path path) throws IOException {
        while (true) {
            FileStamp before = FileStamp.of(path);
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            try {
                if (FileStamp.of(path).equals(before)) {
                    return new FileBlob(digest, path, before, channel);
                }
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            channel.close();
        }
    }

    @Override
    public Digest digest() {
        return digest;
    }

    /** Where the file was when it was opened. */
    Path path() {
        return path;
    }

    /** What the file was like when it was opened. */
    FileStamp stamp() {
        return stamp;
    }

    /** What the bytes come to. */
    Digest hash() throws IOException {
        return HashedCopy.digest(channel).digest();
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public long length() {
        return source.length();
    }

    @Override
    public ByteSource slice(long offset, long length) {
        return source.slice(offset, length);
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        source.read(offset, into);
    }

    @Override
    public void transferTo(WritableByteChannel out) throws IOException {
        source.transferTo(out);
    }

    @Override
    public SourceLocation at(long offset) {
        return source.at(offset);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
