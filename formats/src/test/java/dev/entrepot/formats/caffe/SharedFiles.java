package dev.entrepot.formats.caffe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Finds trained models that are too big to be kept here: the folder {@code shared} beside the repository, or {@code entrepot.shared}. */
public final class SharedFiles {

    private SharedFiles() {}

    /** The file, or the test is skipped with a message. */
    public static Path require(String path) {
        Optional<Path> found = root().map(root -> root.resolve(path)).filter(Files::exists);
        Assumptions.assumeTrue(found.isPresent(), () -> "shared/" + path + " is not here; set -Dentrepot.shared");
        return found.orElseThrow();
    }

    private static Optional<Path> root() {
        String given = System.getProperty("entrepot.shared", "");
        if (!given.isEmpty()) {
            return Optional.of(Path.of(given));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("shared"))) {
                return Optional.of(at.resolve("shared"));
            }
        }
        return Optional.empty();
    }
}
