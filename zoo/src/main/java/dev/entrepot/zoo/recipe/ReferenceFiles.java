package dev.entrepot.zoo.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a reference: an {@code .npz}, or a folder's {@code test_data_set_N/*.pb}. */
final class ReferenceFiles {

    private static final int DEPTH = 2;

    private ReferenceFiles() {}

    /** The files by their names within the reference, sorted. */
    static Map<String, Path> of(Path reference) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        if (!Files.isDirectory(reference)) {
            files.put(String.valueOf(reference.getFileName()), reference);
            return files;
        }
        try (Stream<Path> found = Files.walk(reference, DEPTH)) {
            found.filter(file ->
                            file.toString().endsWith(".pb") && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .forEach(file -> files.put(name(reference, file), file));
        }
        return files;
    }

    private static String name(Path reference, Path file) {
        return reference
                .relativize(file)
                .toString()
                .replace(file.getFileSystem().getSeparator(), "/");
    }
}
