package dev.entrepot.server.sessions;

import dev.entrepot.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A request that waits for its turn. */
final class Waiting {

    private final Map<String, Tensor> inputs;
    private final Set<String> wanted;
    private final long rows;
    private final long since = System.nanoTime();
    private final CompletableFuture<Map<String, Tensor>> outcome = new CompletableFuture<>();
    private volatile boolean taken;

    /** @param rows the size of the batch dimension; 0 if it cannot run with others */
    Waiting(Map<String, Tensor> inputs, Set<String> wanted, long rows) {
        this.inputs = inputs;
        this.wanted = wanted;
        this.rows = rows;
    }

    Map<String, Tensor> inputs() {
        return inputs;
    }

    Set<String> wanted() {
        return wanted;
    }

    long rows() {
        return rows;
    }

    long since() {
        return since;
    }

    /** Somebody runs it now. */
    Waiting take() {
        taken = true;
        return this;
    }

    boolean isTaken() {
        return taken;
    }

    /** @param outputs at least the wanted ones */
    void give(Map<String, Tensor> outputs) {
        Map<String, Tensor> own = new LinkedHashMap<>();
        wanted.forEach(name -> own.put(name, outputs.get(name)));
        outcome.complete(own);
    }

    void fail(Throwable failure) {
        outcome.completeExceptionally(failure);
    }

    /** Waits for what it comes to. */
    Map<String, Tensor> outcome() {
        try {
            return outcome.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw e;
        }
    }
}
