package dev.entrepot.cli;

import dev.entrepot.server.child.ChildLimits;
import dev.entrepot.server.work.WorkSettings;
import dev.entrepot.server.work.WorkSettings.Sandboxed;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How jobs are done. */
final class WorkOptions {

    private static final long MIB = 1L << 20;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "How many jobs are done at once; 0 leaves them to others. Default: one for every two cores.")
    private @Nullable Integer workers;

    @Option(
            names = "--isolation",
            defaultValue = "auto",
            description =
                    "How jobs are kept apart: ${COMPLETION-CANDIDATES}. auto takes bubblewrap where it is installed and allowed, process only limits. Default: ${DEFAULT-VALUE}.")
    private Isolation isolation = Isolation.auto;

    @Option(
            names = "--job-timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "How long a job may take. Default: ${DEFAULT-VALUE}.")
    private long timeout = 600;

    @Option(
            names = "--job-memory",
            paramLabel = "MIB",
            defaultValue = "2048",
            description = "How much Java heap a job may take. Default: ${DEFAULT-VALUE}.")
    private long memory = 2048;

    /** How jobs are kept apart. */
    enum Isolation {
        /** In a sandbox where there can be one. */
        auto,
        /** As processes. */
        process
    }

    WorkSettings settings() {
        WorkSettings settings = WorkSettings.ofThisMachine();
        int jobs = workers == null ? settings.jobs() : workers;
        if (jobs < 0 || timeout <= 0 || memory < 128) {
            throw new UsageException("--workers is 0 or more, --job-timeout more than 0, --job-memory 128 or more");
        }
        ChildLimits limits =
                settings.limits().withWall(Duration.ofSeconds(timeout)).withHeapBytes(memory * MIB);
        return settings.withJobs(jobs)
                .withLimits(limits)
                .withSandboxed(isolation == Isolation.auto ? Sandboxed.WHERE_POSSIBLE : Sandboxed.NEVER);
    }
}
