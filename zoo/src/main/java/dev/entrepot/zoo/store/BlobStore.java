package dev.entrepot.zoo.store;

import dev.entrepot.bytes.AtomicFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps blobs under their SHA-256.
 *
 * <p>When a method that writes returns, its blob is there as a whole and survives a power failure; if the process dies before that, nothing
 * of it is to be seen. Putting a blob that is there already does no harm. All methods may be called from several threads and processes.
 *
 * <p>A blob that no version needs is deleted by {@link GarbageCollection}, but not within a time of grace after it was put or
 * {@linkplain #keep kept}: who wants to refer to a blob puts or keeps it first.
 */
public interface BlobStore {

    /**
     * Stores what a channel gives until its end.
     *
     * @param expected the digest that it must have
     * @throws DigestMismatchException if it has another; nothing is stored then
     * @throws StoreFullException if there is no room
     * @throws IOException if the channel or the store fails
     */
    Blob put(ReadableByteChannel content, Optional<Digest> expected) throws IOException;

    /** Stores what a channel gives until its end; see {@link #put(ReadableByteChannel, Optional)}. */
    default Blob put(ReadableByteChannel content) throws IOException {
        return put(content, Optional.empty());
    }

    /** Stores these bytes; see {@link #put(ReadableByteChannel, Optional)}. */
    default Blob put(byte[] content) throws IOException {
        return put(Channels.newChannel(new ByteArrayInputStream(content)), Optional.of(Digest.of(content)));
    }

    /** Stores a copy of a file; see {@link #put(ReadableByteChannel, Optional)}. */
    default Blob put(Path file) throws IOException {
        try (FileChannel content = FileChannel.open(file)) {
            return put(content, Optional.empty());
        }
    }

    /**
     * Stores a file that the caller has no more use for, without copying it where that is possible. The file is gone afterwards; if it could
     * not be stored, it is still there. Nobody may write to it any more.
     *
     * @param expected the digest that it must have
     * @throws DigestMismatchException if it has another
     * @throws StoreFullException if there is no room
     * @throws IOException if the file cannot be read or the store fails
     */
    Blob take(Path file, Optional<Digest> expected) throws IOException;

    /**
     * A blob, if it is there. Its bytes are not looked at.
     *
     * @throws IOException if the store fails
     */
    Optional<Blob> find(Digest digest) throws IOException;

    /**
     * Opens a blob. What is opened has been hashed since it last changed.
     *
     * @throws NoSuchBlobException if there is none
     * @throws CorruptBlobException if its bytes are not what its name says; it is put aside and no longer there
     * @throws IOException if the store fails
     */
    OpenBlob open(Digest digest) throws IOException;

    /**
     * Hashes a blob, whatever was known about it.
     *
     * @throws NoSuchBlobException if there is none
     * @throws CorruptBlobException if its bytes are not what its name says; it is put aside and no longer there
     * @throws IOException if the store fails
     */
    Blob verify(Digest digest) throws IOException;

    /**
     * Writes a blob to a file, which is there as a whole or not at all.
     *
     * @throws NoSuchBlobException if there is none
     * @throws CorruptBlobException if its bytes are not what its name says
     * @throws IOException if the store or the other disk fails
     */
    default void copyTo(Digest digest, Path target) throws IOException {
        try (OpenBlob blob = open(digest)) {
            AtomicFile.write(target, blob::transferTo);
        }
    }

    /**
     * Begins a blob's time of grace anew.
     *
     * @throws NoSuchBlobException if there is none
     * @throws IOException if the store fails
     */
    void keep(Digest digest) throws IOException;

    /**
     * All blobs, in the order of their digests. To be closed.
     *
     * @throws IOException if the store fails; {@link java.io.UncheckedIOException} if it fails later
     */
    Stream<Blob> list() throws IOException;

    /**
     * Deletes a blob unless it was put or kept since some moment.
     *
     * @return whether it is gone now and was there before
     * @throws IOException if the store fails
     */
    boolean deleteIfUntouchedSince(Digest digest, Instant moment) throws IOException;

    /**
     * Deletes what is left of writing that never came to its end, as far as it was begun before some moment.
     *
     * @return how many such things there were
     * @throws IOException if the store fails
     */
    int discardAbandoned(Instant moment) throws IOException;
}
