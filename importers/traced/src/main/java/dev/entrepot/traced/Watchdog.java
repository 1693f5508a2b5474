package dev.entrepot.traced;

import dev.entrepot.bytes.SourceLocation;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.jspecify.annotations.Nullable;

/** Watches the thread that runs source, and ends the source when it uses up more than it may. */
final class Watchdog implements AutoCloseable {

    private static final long PERIOD_MILLIS = 20;

    /** Tells which line of the source a thread is running. */
    interface Lines {
        Optional<SourceLocation> of(Thread thread) throws InterruptedException;
    }

    /** What is said of source whose thread was interrupted. */
    static final String TIME_IS_UP = "was still running when its time was up";

    private final Context context;
    private final SandboxLimits limits;
    private final Lines lines;
    private final Thread watched = Thread.currentThread();
    private final List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
            .toList();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread thread = new Thread(this::watch, "source-watchdog");
    private volatile @Nullable String reason;
    private volatile @Nullable SourceLocation place;

    /** Starts to watch the current thread. */
    Watchdog(Context context, SandboxLimits limits, Lines lines) {
        this.context = context;
        this.limits = limits;
        this.lines = lines;
        thread.setDaemon(true);
        thread.start();
    }

    /** Why the source was ended, if it was. */
    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** Where the source was when it was ended, if that is known. */
    Optional<SourceLocation> place() {
        return Optional.ofNullable(place);
    }

    @Override
    public void close() {
        done.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        long end = System.nanoTime() + limits.time().toNanos();
        try {
            while (!done.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                if (watched.isInterrupted()) {
                    end(TIME_IS_UP);
                } else if (System.nanoTime() - end > 0) {
                    end("was still running after " + limits.time().toMillis() / 1000.0 + " s, the limit");
                } else if (heapIsFull()) {
                    end("has filled " + Math.round(100 * limits.heapShare())
                            + " % of the Java heap, the limit; give Java more memory, if the network needs it");
                }
                if (reason != null) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean heapIsFull() {
        for (MemoryPoolMXBean pool : heap) {
            MemoryUsage usage = pool.getCollectionUsage();
            long most = usage == null ? 0 : usage.getMax();
            // The pools of the young are emptied by each collection; the old one tells.
            if (most > 0 && pool.isUsageThresholdSupported() && usage.getUsed() > limits.heapShare() * most) {
                return true;
            }
        }
        return false;
    }

    private void end(String why) throws InterruptedException {
        reason = why;
        place = lines.of(watched).orElse(null);
        context.close(true);
    }
}
