package dev.entrepot.server.child;

import dev.entrepot.server.child.ChildEnd.Kind;
import dev.entrepot.zoo.store.Digest;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The JVM's start-up archives for children: loading classes is most of what a small job takes. One for Python source, whose interpreter has 17,000
 * classes, and one for everything else. They are made by children that convert this program's own samples, never by a stranger's job.
 *
 * @param folder where they are kept
 * @param key which Java and which classes they are for
 */
public record ClassArchive(Path folder, String key) {

    private static final int KEY = 16;

    /**
     * The archives for this program, in a folder.
     *
     * @return empty if Java takes none, because a class path has folders
     */
    public static Optional<ClassArchive> in(Path folder) {
        StringBuilder text =
                new StringBuilder(System.getProperty("java.vm.version")).append(System.getProperty("java.home"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (entry.isEmpty() || !Files.isRegularFile(path)) {
                return Optional.empty();
            }
            try {
                text.append('\n').append(entry).append(Files.size(path)).append(Files.getLastModifiedTime(path));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        String key = Digest.of(text.toString().getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, KEY);
        return Optional.of(new ClassArchive(folder.toAbsolutePath(), key));
    }

    /** The archive for an order, if it has been made. */
    Optional<Path> of(ChildOrder order) {
        Path file = file(order);
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    /** Whether the archive for orders like this one is still to be made. */
    public boolean lacks(ChildOrder order) {
        return of(order).isEmpty();
    }

    private Path file(ChildOrder order) {
        return folder.resolve("child-" + key + (order.runsOnce() ? "-source" : "") + ".jsa");
    }

    /**
     * Makes the archive for orders like the one in a folder, by doing that.
     *
     * @param launcher starts the child; it is not kept in a sandbox, since it has to write the archive
     * @return how the child ended; if it did not do its work, there is no archive
     * @throws IOException if the disk fails
     */
    public ChildEnd make(ChildLauncher launcher, JobFolder job, ChildWatch watch) throws IOException {
        Files.createDirectories(folder);
        Path file = file(job.order());
        Path made = job.tmp().resolve("made.jsa");
        ChildEnd end = launcher.dump(job, made, watch);
        if (end.kind() == Kind.DONE && Files.isRegularFile(made)) {
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return end;
    }
}
