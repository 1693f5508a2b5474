package dev.entrepot.server.sessions;

import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.run.RuntimeFailure;
import dev.entrepot.validator.run.ServingSession;
import dev.entrepot.validator.run.Setup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * A loaded model. As many runs go on at once as the machine has processors; who waits meanwhile is joined with others who wait, where the
 * model's rows allow it.
 */
public final class WarmModel implements AutoCloseable {

    private static final int MOST_WAITING = 256;

    private final ServingSession session;
    private final ModelStatistics statistics = new ModelStatistics();
    private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final RowBatches batches;

    WarmModel(ServingSession session) {
        this.session = session;
        this.batches = RowBatches.proved(session);
    }

    /** The inputs that must be given, as the model declares them. */
    public List<Value> inputs() {
        return session.inputs();
    }

    /** The outputs, as the model declares them. */
    public List<Value> outputs() {
        return session.outputs();
    }

    /** Where it runs, and why there. */
    public Setup setup() {
        return session.setup();
    }

    /** Whether requests that wait together run together. */
    public boolean joinsRequests() {
        return batches.allowed();
    }

    /** What has been asked of it since it was loaded. */
    public ModelStatistics statistics() {
        return statistics;
    }

    /**
     * Runs it.
     *
     * @param inputs the inputs by name; they fit what the model declares
     * @param wanted the outputs to compute
     * @throws PoolFullException if too many wait already
     * @throws dev.entrepot.validator.run.RuntimeFailure if the run fails
     */
    public Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> wanted) {
        Waiting own = new Waiting(inputs, new LinkedHashSet<>(wanted), batches.rows(inputs));
        enqueue(own);
        while (!own.isTaken()) {
            turns.acquireUninterruptibly();
            try {
                List<Waiting> together = take();
                if (!together.isEmpty()) {
                    run(together);
                }
            } finally {
                turns.release();
            }
        }
        return own.outcome();
    }

    private void enqueue(Waiting own) {
        synchronized (queue) {
            if (queue.size() >= MOST_WAITING) {
                throw new PoolFullException(MOST_WAITING + " requests wait for this model already");
            }
            queue.add(own);
        }
    }

    /** The one that waits longest, and those after it that may run with it. */
    private List<Waiting> take() {
        synchronized (queue) {
            List<Waiting> together = new ArrayList<>();
            long rows = 0;
            while (!queue.isEmpty()) {
                Waiting next = queue.peek();
                if (!together.isEmpty() && !batches.mayJoin(together.get(0), next, rows)) {
                    break;
                }
                rows += next.rows();
                together.add(queue.remove().take());
            }
            return together;
        }
    }

    private void run(List<Waiting> together) {
        long start = System.nanoTime();
        try {
            Set<String> wanted = new HashSet<>();
            together.forEach(waiting -> wanted.addAll(waiting.wanted()));
            if (together.size() == 1) {
                Waiting only = together.get(0);
                only.give(session.run(only.inputs(), wanted));
            } else {
                batches.run(session, together, wanted);
            }
            long end = System.nanoTime();
            long rows = together.stream().mapToLong(Waiting::rows).sum();
            statistics.ran(Math.max(rows, 1), end - start);
            together.forEach(waiting -> statistics.answered(start - waiting.since(), end - waiting.since()));
        } catch (RuntimeException | Error e) {
            if (together.size() > 1 && e instanceof RuntimeFailure) {
                // One of them may be at fault; the others are not to bear it.
                together.forEach(waiting -> run(List.of(waiting)));
                return;
            }
            long end = System.nanoTime();
            together.forEach(waiting -> {
                statistics.failed(end - waiting.since());
                waiting.fail(e);
            });
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
