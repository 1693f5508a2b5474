package dev.entrepot.server.child;

import dev.entrepot.server.child.ChildEnd.Kind;
import dev.entrepot.server.child.Sandbox.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts children, watches over them, and tells how they ended. */
public final class ChildLauncher {

    private static final long GLANCE_MILLIS = 100;
    private static final long GLANCES_PER_LOOK = 4;
    private static final int OUT_OF_MEMORY = 3;
    private static final int SIGNAL = 128;
    private static final int SIGKILL = SIGNAL + 9;
    private static final int SIGTERM = SIGNAL + 15;
    private static final int SIGXCPU = SIGNAL + 24;
    private static final int SIGXFSZ = SIGNAL + 25;
    private static final long MIB = 1L << 20;

    private final ChildLimits limits;
    private final Optional<Sandbox> sandbox;
    private final Optional<ClassArchive> archive;

    private ChildLauncher(ChildLimits limits, Optional<Sandbox> sandbox, Optional<ClassArchive> archive) {
        this.limits = limits;
        this.sandbox = sandbox;
        this.archive = archive;
    }

    /** Keeps children apart as well as this machine allows. Takes a moment to find that out. */
    public static ChildLauncher best(ChildLimits limits, Optional<ClassArchive> archive) {
        return new ChildLauncher(limits, Optional.of(Sandbox.ofThisProgram()).filter(Sandbox::works), archive);
    }

    /** Keeps children apart as processes only. */
    public static ChildLauncher ofProcesses(ChildLimits limits, Optional<ClassArchive> archive) {
        return new ChildLauncher(limits, Optional.empty(), archive);
    }

    /** How children are kept apart. */
    public Isolation isolation() {
        return sandbox.isPresent() ? Isolation.SANDBOX : Isolation.PROCESS;
    }

    /**
     * Runs a child in a folder that holds its order, and waits until it has ended. It ends with this process, whatever happens.
     *
     * @throws IOException if it cannot be started
     */
    public ChildEnd run(JobFolder folder, ChildWatch watch) throws IOException {
        ChildOrder order = folder.order();
        return run(start(folder, order, archive.flatMap(archives -> archives.of(order))), folder, watch);
    }

    /** Runs a child as a process, has it write an archive of the classes it has loaded, and lets others go first. */
    ChildEnd dump(JobFolder folder, Path target, ChildWatch watch) throws IOException {
        ChildCommand command = new ChildCommand(limits);
        List<String> words = new ArrayList<>(ChildCommand.nice());
        words.addAll(command.java(folder, folder.order(), List.of("-XX:ArchiveClassesAtExit=" + target)));
        return run(start(folder, words, ChildCommand.environment(folder)), folder, watch);
    }

    private ChildEnd run(Process process, JobFolder folder, ChildWatch watch) throws IOException {
        try {
            CompletableFuture<String> lastWords =
                    CompletableFuture.supplyAsync(() -> ChildOutput.tail(process.getErrorStream()), ChildLauncher::go);
            CompletableFuture<Void> events = CompletableFuture.runAsync(
                    () -> ChildOutput.relay(process.getInputStream(), watch), ChildLauncher::go);
            Optional<ChildEnd> stopped = await(process, folder, watch);
            events.join();
            String words = lastWords.join();
            return stopped.orElseGet(() -> ended(process.exitValue(), folder, words));
        } finally {
            kill(process);
        }
    }

    /** In the thread that waits: what is to die with its parent dies with the thread that started it. */
    private Process start(JobFolder folder, ChildOrder order, Optional<Path> classes) throws IOException {
        ChildCommand command = new ChildCommand(limits);
        Map<String, String> variables = ChildCommand.environment(folder);
        List<String> words = new ArrayList<>(command.limits(order));
        sandbox.ifPresent(bwrap ->
                words.addAll(bwrap.words(folder, variables, order.usesCuda() ? Devices.CUDA : Devices.NONE, classes)));
        List<String> archived =
                classes.map(file -> List.of("-XX:SharedArchiveFile=" + file)).orElseGet(List::of);
        words.addAll(command.java(folder, order, archived));
        return start(folder, words, sandbox.isPresent() ? Map.of() : variables);
    }

    private static Process start(JobFolder folder, List<String> words, Map<String, String> variables)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(folder.out().toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        return builder.start();
    }

    private static void go(Runnable task) {
        Thread thread = new Thread(task, "child-output");
        thread.setDaemon(true);
        thread.start();
    }

    private Optional<ChildEnd> await(Process process, JobFolder folder, ChildWatch watch) throws IOException {
        long end = System.nanoTime() + limits.wall().toNanos();
        try {
            for (long glance = 0; !process.waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS); glance++) {
                Optional<ChildEnd> why = glance % GLANCES_PER_LOOK == 0 ? look(folder, watch) : Optional.empty();
                if (why.isEmpty() && System.nanoTime() > end) {
                    why = Optional.of(new ChildEnd(
                            Kind.TIMEOUT, "not done within " + limits.wall().toSeconds() + " s"));
                }
                if (why.isPresent()) {
                    kill(process);
                    process.waitFor();
                    return why;
                }
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill(process);
            return Optional.of(new ChildEnd(Kind.STOPPED, "interrupted"));
        }
    }

    private Optional<ChildEnd> look(JobFolder folder, ChildWatch watch) {
        try {
            if (watch.shouldStop()) {
                return Optional.of(new ChildEnd(Kind.STOPPED, ""));
            }
        } catch (IOException e) {
            // The database is away for a moment; the child is none the worse for it.
        }
        long bytes = size(folder.out()) + size(folder.tmp());
        return bytes <= limits.folderBytes() ? Optional.empty() : Optional.of(tooLarge());
    }

    private ChildEnd tooLarge() {
        return new ChildEnd(
                Kind.LIMIT,
                "wrote more than " + limits.folderBytes() / MIB + " MiB, or a file of more than "
                        + limits.fileBytes() / MIB + " MiB");
    }

    /** Files come and go meanwhile: what is not there counts for nothing. */
    private static long size(Path folder) {
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isSymbolicLink(file)) {
                    continue;
                }
                bytes += Files.isDirectory(file) ? size(file) : Files.size(file);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            return bytes;
        }
        return bytes;
    }

    private ChildEnd ended(int code, JobFolder folder, String words) {
        if (code == 0 && folder.hasResult()) {
            return new ChildEnd(Kind.DONE, "");
        }
        if (code == SIGXFSZ || words.contains("File too large")) {
            return tooLarge();
        }
        if (code == SIGXCPU) {
            return new ChildEnd(
                    Kind.TIMEOUT,
                    "took more processor time than " + limits.wall().toSeconds() + " s on every core");
        }
        boolean outOfMemory = words.contains("OutOfMemoryError")
                || words.contains("insufficient memory for the Java Runtime")
                || words.contains("bad_alloc");
        if (code == OUT_OF_MEMORY || outOfMemory) {
            return new ChildEnd(
                    Kind.LIMIT,
                    "needed more memory than there is for it: " + limits.heapBytes() / MIB + " MiB of heap, "
                            + limits.directBytes() / MIB + " MiB beside it, " + limits.addressBytes() / MIB
                            + " MiB of addresses");
        }
        if (code == SIGKILL || code == SIGTERM) {
            return new ChildEnd(Kind.KILLED, "something ended it from outside, with signal " + (code - SIGNAL));
        }
        return new ChildEnd(Kind.CRASHED, "it ended with code " + code + (words.isEmpty() ? "" : ": " + words));
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
