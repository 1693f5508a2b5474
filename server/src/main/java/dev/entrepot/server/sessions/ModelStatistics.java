package dev.entrepot.server.sessions;

import java.util.Map;
import java.util.TreeMap;

/** Counts and times of a loaded model. Source: Triton docs/protocol/extension_statistics.md. */
public final class ModelStatistics {

    private long lastInference;
    private long inferences;
    private long executions;
    private Times success = Times.NONE;
    private Times fail = Times.NONE;
    private Times queue = Times.NONE;
    private Times compute = Times.NONE;
    private final Map<Long, Times> batches = new TreeMap<>();

    /**
     * How often something happened, and how long it took in all.
     *
     * @param ns nanoseconds
     */
    public record Times(long count, long ns) {

        private static final Times NONE = new Times(0, 0);

        private Times plus(long more) {
            return new Times(count + 1, ns + more);
        }
    }

    /**
     * The state at one moment.
     *
     * @param lastInference when a run last ended, in milliseconds since 1970; 0 if never
     * @param inferences the rows of all successful runs
     * @param executions the successful runs
     * @param success requests that were answered
     * @param fail requests that failed
     * @param queue the time they waited for their turn
     * @param compute the runs
     * @param batches the runs by their number of rows
     */
    public record Snapshot(
            long lastInference,
            long inferences,
            long executions,
            Times success,
            Times fail,
            Times queue,
            Times compute,
            Map<Long, Times> batches) {}

    synchronized void ran(long rows, long ns) {
        lastInference = System.currentTimeMillis();
        inferences += rows;
        executions++;
        compute = compute.plus(ns);
        batches.merge(rows, Times.NONE.plus(ns), (known, more) -> known.plus(ns));
    }

    synchronized void answered(long waited, long total) {
        queue = queue.plus(waited);
        success = success.plus(total);
    }

    synchronized void failed(long total) {
        fail = fail.plus(total);
    }

    /** The state now. */
    public synchronized Snapshot snapshot() {
        return new Snapshot(lastInference, inferences, executions, success, fail, queue, compute, Map.copyOf(batches));
    }
}
