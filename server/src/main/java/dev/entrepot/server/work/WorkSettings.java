package dev.entrepot.server.work;

import dev.entrepot.server.child.ChildLimits;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a worker works.
 *
 * @param jobs how many it does at once; 0 for none
 * @param capabilities what it does: {@code convert}, {@code validate-cpu}; {@code validate-cuda} only where models do run on CUDA
 * @param sandboxed whether jobs are kept in a sandbox where there can be one
 * @param limits what a job may take
 * @param heartbeat how often it says that it is alive; after four that are missing, its jobs are taken by others
 * @param drain how long running jobs may go on once it stops, before they are given back
 * @param attempts how often a job is tried whose failures lie with the machine
 */
public record WorkSettings(
        int jobs,
        Set<String> capabilities,
        Sandboxed sandboxed,
        ChildLimits limits,
        Duration heartbeat,
        Duration drain,
        int attempts) {

    /** Whether jobs are kept in a sandbox. */
    public enum Sandboxed {
        /** Where bubblewrap is installed and allowed. */
        WHERE_POSSIBLE,
        /** Never; they are processes with limits. */
        NEVER
    }

    /** To convert models. */
    public static final String CONVERT = "convert";

    /** To run models on the CPU. */
    public static final String VALIDATE_CPU = "validate-cpu";

    /** To run models on CUDA. */
    public static final String VALIDATE_CUDA = "validate-cuda";

    private static final Set<String> ALL = Set.of(CONVERT, VALIDATE_CPU, VALIDATE_CUDA);

    /** @throws IllegalArgumentException if there is no such capability */
    public WorkSettings {
        capabilities = Set.copyOf(capabilities);
        if (!ALL.containsAll(capabilities)) {
            throw new IllegalArgumentException(
                    "a worker's capabilities are among " + new TreeSet<>(ALL) + ", got " + new TreeSet<>(capabilities));
        }
        if (jobs < 0 || attempts < 1) {
            throw new IllegalArgumentException("a worker does 0 or more jobs, and tries each once or more");
        }
    }

    /** One job for every two cores, whatever there is, with the default limits. */
    public static WorkSettings ofThisMachine() {
        return new WorkSettings(
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                ALL,
                Sandboxed.WHERE_POSSIBLE,
                ChildLimits.DEFAULT,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                5);
    }

    /** These settings for another number of jobs at once. */
    public WorkSettings withJobs(int number) {
        return new WorkSettings(number, capabilities, sandboxed, limits, heartbeat, drain, attempts);
    }

    /** These settings with other capabilities. */
    public WorkSettings withCapabilities(Set<String> words) {
        return new WorkSettings(jobs, words, sandboxed, limits, heartbeat, drain, attempts);
    }

    /** These settings with another rule for the sandbox. */
    public WorkSettings withSandboxed(Sandboxed rule) {
        return new WorkSettings(jobs, capabilities, rule, limits, heartbeat, drain, attempts);
    }

    /** These settings with another heartbeat. */
    public WorkSettings withHeartbeat(Duration interval) {
        return new WorkSettings(jobs, capabilities, sandboxed, limits, interval, drain, attempts);
    }

    /** These settings with other limits. */
    public WorkSettings withLimits(ChildLimits others) {
        return new WorkSettings(jobs, capabilities, sandboxed, others, heartbeat, drain, attempts);
    }

    /** These settings with another number of attempts. */
    public WorkSettings withAttempts(int number) {
        return new WorkSettings(jobs, capabilities, sandboxed, limits, heartbeat, drain, number);
    }

    /** These settings with another time for running jobs. */
    public WorkSettings withDrain(Duration time) {
        return new WorkSettings(jobs, capabilities, sandboxed, limits, heartbeat, time, attempts);
    }
}
