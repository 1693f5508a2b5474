package dev.entrepot.zoo.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Folders on the disk. */
final class Folders {

    private Folders() {}

    /** Makes renames in a folder survive a power failure. Windows does not open folders, and does not need it. */
    static void force(Path folder) throws IOException {
        try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
            opened.force(true);
        } catch (AccessDeniedException e) {
            return;
        }
    }

    /** What is in a folder, sorted; nothing if it has just been deleted. */
    static Stream<Path> list(Path folder) throws IOException {
        return files(folder).stream();
    }

    /** As {@link #list}, for streams. */
    static Stream<Path> listed(Path folder) {
        try {
            return list(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #list}. */
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    /** The folder that a file lies in. */
    static Path of(Path file) {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IllegalArgumentException(file + " lies in no folder");
        }
        return folder;
    }

    /** A file's own name. */
    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
