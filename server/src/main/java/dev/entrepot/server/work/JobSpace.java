package dev.entrepot.server.work;

import dev.entrepot.server.child.JobFolder;
import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobState;
import dev.entrepot.server.jobs.Jobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of a job's attempt, deleted when it is closed.
 *
 * @param folder the folder
 */
record JobSpace(JobFolder folder) implements AutoCloseable {

    private static final String PARENT = "jobs";
    private static final int ID = 64;

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

    /** The folder's name: no two attempts share one, and no two workers. */
    static String name(Job job) {
        return job.id() + "-" + job.attempt() + "-" + job.worker();
    }

    /** Deletes the folders of attempts that nobody is at any more: their workers died. */
    static void sweep(Path work, Jobs jobs) throws IOException {
        Path parent = parent(work);
        if (!Files.isDirectory(parent)) {
            return;
        }
        List<Path> folders;
        try (Stream<Path> found = Files.list(parent)) {
            folders = found.toList();
        }
        for (Path folder : folders) {
            String name = String.valueOf(folder.getFileName());
            boolean needed = name.length() > ID
                    && jobs.find(name.substring(0, ID))
                            .filter(job ->
                                    job.state() == JobState.RUNNING && name(job).equals(name))
                            .isPresent();
            if (!needed) {
                delete(folder);
            }
        }
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
