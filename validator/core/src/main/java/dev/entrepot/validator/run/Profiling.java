package dev.entrepot.validator.run;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder that a session's profile is written into, until it has been read. */
final class Profiling {

    private final Path folder;
    private final Provider provider;

    Profiling(Path folder, Provider provider) {
        this.folder = folder;
        this.provider = provider;
    }

    /** Ends the profile, reads it and removes the folder. */
    Placement end(OrtSession session) throws OrtException {
        Path file = Path.of(session.endProfiling());
        try (InputStream json = Files.newInputStream(file)) {
            return Profile.read(json, provider);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            discard();
        }
    }

    /** Removes the folder. */
    void discard() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            for (Path file : all) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // A temporary file too many is no reason to fail a validation.
        }
    }
}
