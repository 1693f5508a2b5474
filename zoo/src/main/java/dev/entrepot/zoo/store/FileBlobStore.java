package dev.entrepot.zoo.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Blobs in a folder: {@code sha256/ab/cd/<digest>}, and beside it {@code tmp} for files being written, {@code trash} for those being deleted
 * and {@code quarantine} for damaged ones.
 *
 * <p>A file is written under a temporary name on the same file system, forced to the disk and renamed; then its folders are forced. A file
 * that is there already is replaced, which mends it if it was damaged. No locks are needed: deleting renames to {@code trash} first and looks
 * again whether the blob was kept meanwhile, and reading also looks into {@code trash}.
 */
public final class FileBlobStore implements BlobStore {

    private final Clock clock;
    private final long reserve;
    private final Path folder;
    private final Path blobs;
    private final Path temporary;
    private final Path trash;
    private final Quarantine quarantine;
    private final Verified verified;

    private FileBlobStore(Path folder, long reserve, Clock clock) {
        this.folder = folder;
        this.reserve = reserve;
        this.clock = clock;
        this.blobs = folder.resolve("sha256");
        this.temporary = folder.resolve("tmp");
        this.trash = folder.resolve("trash");
        this.quarantine = new Quarantine(folder.resolve("quarantine"), clock);
        this.verified = new Verified(clock);
    }

    /** Opens a store; see {@link #open(Path, long, Clock)}. It leaves 64 MiB of the disk to others. */
    public static FileBlobStore open(Path folder) throws IOException {
        return open(folder, 64L << 20, Clock.systemUTC());
    }

    /**
     * Opens a store, and makes it if there is none.
     *
     * @param folder the folder that it fills
     * @param reserve how many bytes of the disk must stay free; below that nothing is stored
     * @param clock tells when blobs are put and kept
     * @throws IOException if the disk fails
     */
    public static FileBlobStore open(Path folder, long reserve, Clock clock) throws IOException {
        FileBlobStore store = new FileBlobStore(folder.toAbsolutePath().normalize(), reserve, clock);
        for (Path part : List.of(store.blobs, store.temporary, store.trash, store.quarantine.folder())) {
            Files.createDirectories(part);
        }
        Folders.force(store.folder);
        return store;
    }

    @Override
    public Blob put(ReadableByteChannel content, Optional<Digest> expected) throws IOException {
        Path file = temporary.resolve(UUID.randomUUID() + ".tmp");
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
            Blob blob = HashedCopy.of(content, out, this::requireRoom);
            return settle(file, out, blob, expected);
        } catch (IOException e) {
            throw StoreFullException.orSame(e, folder);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public Blob take(Path file, Optional<Digest> expected) throws IOException {
        Path own = temporary.resolve(UUID.randomUUID() + ".tmp");
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Blob blob = HashedCopy.digest(content);
            require(expected, blob);
            // On this file system already: a link is a second name for the same bytes. The first goes when the blob is
            // there.
            try {
                Files.createLink(own, file);
            } catch (UnsupportedOperationException | IOException e) {
                Blob copied = put(content.position(0), Optional.of(blob.digest()));
                Files.delete(file);
                return copied;
            }
            settle(own, content, blob, expected);
            Files.delete(file);
            return blob;
        } finally {
            Files.deleteIfExists(own);
        }
    }

    @Override
    public Optional<Blob> find(Digest digest) throws IOException {
        for (Path file : List.of(place(digest), trash.resolve(digest.hex()))) {
            try {
                return Optional.of(new Blob(digest, Files.size(file)));
            } catch (NoSuchFileException e) {
                continue;
            }
        }
        return Optional.empty();
    }

    @Override
    public OpenBlob open(Digest digest) throws IOException {
        FileBlob blob = FileBlob.open(digest, List.of(place(digest), trash.resolve(digest.hex())));
        return checked(blob, verified.holds(blob.digest(), blob.stamp()));
    }

    @Override
    public Blob verify(Digest digest) throws IOException {
        FileBlob blob = FileBlob.open(digest, List.of(place(digest), trash.resolve(digest.hex())));
        try (OpenBlob open = checked(blob, false)) {
            return new Blob(digest, open.length());
        }
    }

    @Override
    public void keep(Digest digest) throws IOException {
        try {
            Files.setLastModifiedTime(place(digest), FileTime.from(clock.instant()));
        } catch (NoSuchFileException e) {
            throw new NoSuchBlobException(digest);
        }
    }

    @Override
    public Stream<Blob> list() throws IOException {
        return Folders.list(blobs)
                .flatMap(Folders::listed)
                .flatMap(Folders::listed)
                .flatMap(FileBlobStore::blob);
    }

    @Override
    public boolean deleteIfUntouchedSince(Digest digest, Instant moment) throws IOException {
        Path file = place(digest);
        Path leaving = trash.resolve(digest.hex());
        try {
            if (!touchedBefore(file, moment)) {
                return false;
            }
            Files.move(file, leaving, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return false;
        }
        return empty(leaving, digest, moment);
    }

    @Override
    public int discardAbandoned(Instant moment) throws IOException {
        int discarded = 0;
        for (Path file : Folders.files(temporary)) {
            discarded += abandoned(file, moment) && Files.deleteIfExists(file) ? 1 : 0;
        }
        for (Path file : Folders.files(trash)) {
            discarded += empty(file, new Digest(Folders.name(file)), moment) ? 1 : 0;
        }
        return discarded;
    }

    /** Deletes what is in the trash, or puts it back if it was kept before it came there. */
    private boolean empty(Path leaving, Digest digest, Instant moment) throws IOException {
        try {
            if (touchedBefore(leaving, moment)) {
                return Files.deleteIfExists(leaving);
            }
            Path file = place(digest);
            if (Files.exists(file)) {
                Files.deleteIfExists(leaving);
            } else {
                Files.move(leaving, file, StandardCopyOption.ATOMIC_MOVE);
                Folders.force(Folders.of(file));
            }
            return false;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static boolean abandoned(Path file, Instant moment) throws IOException {
        try {
            return touchedBefore(file, moment);
        } catch (NoSuchFileException e) {
            // Its writer has just finished.
            return false;
        }
    }

    private static boolean touchedBefore(Path file, Instant moment) throws IOException {
        return Files.getLastModifiedTime(file).toInstant().isBefore(moment);
    }

    /** Gives a complete file its name. */
    private Blob settle(Path file, FileChannel written, Blob blob, Optional<Digest> expected) throws IOException {
        require(expected, blob);
        // After a force that failed the pages count as clean: the file is given up, and never forced again.
        written.force(true);
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        Path place = place(blob.digest());
        Path home = Files.createDirectories(Folders.of(place));
        try {
            Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the store in " + folder + " spans several file systems, it must lie on one", e);
        }
        for (Path changed = home; changed.startsWith(blobs); changed = Folders.of(changed)) {
            Folders.force(changed);
        }
        return blob;
    }

    private static void require(Optional<Digest> expected, Blob found) throws DigestMismatchException {
        if (expected.isPresent() && !expected.get().equals(found.digest())) {
            throw new DigestMismatchException(expected.get(), found);
        }
    }

    private void requireRoom() throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < reserve) {
            throw new StoreFullException("the disk of " + folder + " has " + free + " bytes left, of which " + reserve
                    + " are to stay free");
        }
    }

    private OpenBlob checked(FileBlob blob, boolean known) throws IOException {
        if (known) {
            return blob;
        }
        try {
            Digest found = blob.hash();
            if (!found.equals(blob.digest())) {
                verified.forget(blob.digest());
                throw new CorruptBlobException(blob.digest(), found, quarantine.isolate(blob));
            }
            verified.remember(blob.digest(), blob.stamp());
            return blob;
        } catch (IOException | RuntimeException e) {
            blob.close();
            throw e;
        }
    }

    private Path place(Digest digest) {
        String hex = digest.hex();
        return blobs.resolve(hex.substring(0, 2)).resolve(hex.substring(2, 4)).resolve(hex);
    }

    private static Stream<Blob> blob(Path file) {
        try {
            return Stream.of(new Blob(new Digest(Folders.name(file)), Files.size(file)));
        } catch (IllegalArgumentException | NoSuchFileException e) {
            return Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
