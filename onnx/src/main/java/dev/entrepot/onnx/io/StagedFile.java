package dev.entrepot.onnx.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written under a temporary name beside its target and gets its own name when it is complete. Closing it before that
 * deletes it.
 */
final class StagedFile implements Closeable {

    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private final FollowingDigest digest;
    private @Nullable Path older;
    private boolean published;

    private StagedFile(Path target, Path temporary, FileChannel channel, FollowingDigest digest) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
        this.digest = digest;
    }

    static StagedFile beside(Path target) throws IOException {
        Path temporary = unusedBeside(target);
        FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            return new StagedFile(target, temporary, channel, new FollowingDigest(temporary));
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    /** Where to write. Bytes may only be appended. */
    FileChannel channel() {
        return channel;
    }

    /**
     * Makes the file safe on the disk.
     *
     * @throws IllegalStateException if it has not the expected length: a tensor wrote more or fewer bytes than it said
     */
    Written seal(long expected) throws IOException {
        if (channel.size() != expected) {
            throw new IllegalStateException(target + " has " + channel.size() + " bytes, expected " + expected
                    + ": a tensor's data does not write as many bytes as it says");
        }
        channel.force(true);
        channel.close();
        return new Written(expected, digest.finish(expected));
    }

    /** Gives all these files of one directory their names, in this order, or none of them. */
    static void publish(List<StagedFile> files) throws IOException {
        try {
            for (StagedFile file : files) {
                file.rename(files.size() > 1);
            }
        } catch (IOException e) {
            for (StagedFile file : files) {
                file.undo(e);
            }
            throw e;
        }
        for (StagedFile file : files) {
            file.forgetOlder();
        }
        forceDirectory(files.get(0).target);
    }

    @Override
    public void close() throws IOException {
        digest.close();
        channel.close();
        if (!published) {
            Files.deleteIfExists(temporary);
        }
    }

    private void rename(boolean keepOlder) throws IOException {
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(target.toString(), null, "is a directory");
        }
        if (keepOlder && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            older = keep(target);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        published = true;
    }

    private static @Nullable Path keep(Path target) throws IOException {
        Path kept = unusedBeside(target);
        try {
            return Files.createLink(kept, target);
        } catch (UnsupportedOperationException e) {
            return null;
        }
    }

    private void undo(IOException reason) {
        try {
            if (published && older != null) {
                Files.move(older, target, StandardCopyOption.ATOMIC_MOVE);
            } else if (published) {
                Files.deleteIfExists(target);
            } else {
                forgetOlder();
            }
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private void forgetOlder() throws IOException {
        if (older != null) {
            Files.deleteIfExists(older);
        }
    }

    private static Path unusedBeside(Path target) {
        return target.resolveSibling(".entrepot-" + UUID.randomUUID() + ".tmp");
    }

    /** So that the new names survive a power failure. Windows does not open directories, and does not need it. */
    private static void forceDirectory(Path target) throws IOException {
        Path directory = target.toAbsolutePath().getParent();
        try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        } catch (AccessDeniedException e) {
            return;
        }
    }
}
