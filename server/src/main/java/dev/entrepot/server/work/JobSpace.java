package dev.entrepot.server.work;

import dev.entrepot.server.child.JobFolder;
import dev.entrepot.server.jobs.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The folder of a job's attempt, deleted when it is closed.
 *
 * @param folder the folder
 */
record JobSpace(JobFolder folder) implements AutoCloseable {

    private static final String PARENT = "jobs";

    /** Makes it, empty. */
    static JobSpace make(Path work, Job job) throws IOException {
        Path path = parent(work).resolve(name(job));
        delete(path);
        return new JobSpace(JobFolder.make(path));
    }

    /** Where the folders of all jobs lie. */
    static Path parent(Path work) {
        return work.resolve(PARENT);
    }

    /** The folder's name: no two attempts share one. */
    static String name(Job job) {
        return job.id() + "-" + job.attempt();
    }

    /** Deletes a folder with all that is in it. Links are deleted, not followed. */
    static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        delete(folder.path());
    }
}
