package dev.entrepot.cli;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends work that takes too long: interrupts it, so that files it has begun are removed, and ends the process if it does not stop. */
final class Deadline {

    private static final long GRACE_SECONDS = 10;

    private Deadline() {}

    /** Work that may take too long. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it. */
        T run() throws IOException;
    }

    /**
     * Runs work in this thread.
     *
     * @throws IOException if the work fails or is not done in time
     */
    static <T> T within(Duration limit, Work<T> work) throws IOException {
        AtomicBoolean expired = new AtomicBoolean();
        Thread worker = Thread.currentThread();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "deadline");
            daemon.setDaemon(true);
            return daemon;
        });
        clock.schedule(
                () -> {
                    expired.set(true);
                    worker.interrupt();
                },
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
        clock.schedule(
                () -> Runtime.getRuntime().halt(ExitCode.TOOL_FAILED),
                limit.toMillis() + TimeUnit.SECONDS.toMillis(GRACE_SECONDS),
                TimeUnit.MILLISECONDS);
        try {
            return work.run();
        } catch (IOException | RuntimeException e) {
            // What was stopped in time says itself where it was.
            if (expired.get()
                    && !(e instanceof ModelException refused && refused.kind() == Problem.Kind.LIMIT_EXCEEDED)) {
                throw new IOException("not done within " + limit.toSeconds() + " s, the limit that --timeout sets", e);
            }
            throw e;
        } finally {
            clock.shutdownNow();
            // An interrupt that came too late must not hit what follows.
            Thread.interrupted();
        }
    }
}
