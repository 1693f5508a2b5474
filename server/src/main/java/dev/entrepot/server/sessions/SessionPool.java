package dev.entrepot.server.sessions;

import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.validator.run.Optimization;
import dev.entrepot.validator.run.ProviderChoice;
import dev.entrepot.validator.run.SessionOptions;
import dev.entrepot.validator.run.Tf32;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Loaded models, least recently used ones going first when memory is short.
 *
 * <p>A model counts with twice its bytes, since ONNX Runtime keeps weights both as they came and as its kernels want them, and with a few MiB for
 * itself. A model that is being run is never put away; if nothing else can be, the newcomer is refused.
 */
public final class SessionPool implements AutoCloseable {

    private static final long OWN = 8L << 20;

    private final Supplier<OnnxRuntime> runtime;
    private final long bound;
    private final Map<String, Slot> slots = new HashMap<>();
    private long clock;
    private long used;

    /**
     * @param runtime ONNX Runtime, asked for at the first model
     * @param bound how many bytes the models may take
     */
    public SessionPool(Supplier<OnnxRuntime> runtime, long bound) {
        this.runtime = runtime;
        this.bound = bound;
    }

    /** A loaded model that stays loaded until the lease is closed. */
    public final class Lease implements AutoCloseable {

        private final Slot slot;
        private final WarmModel model;

        private Lease(Slot slot, WarmModel model) {
            this.slot = slot;
            this.model = model;
        }

        /** The model. */
        public WarmModel model() {
            return model;
        }

        @Override
        public void close() {
            release(slot);
        }
    }

    private static final class Slot {
        private final String key;
        private final long cost;
        private final CompletableFuture<WarmModel> model = new CompletableFuture<>();
        private int leases;
        private long lastUse;
        private boolean leaving;

        Slot(String key, long cost) {
            this.key = key;
            this.cost = cost;
        }
    }

    /**
     * A model, loaded if it was not. Of several who ask at once one loads, the others wait.
     *
     * @throws PoolFullException if there is no room for it
     * @throws dev.entrepot.validator.run.RuntimeFailure if ONNX Runtime refuses it
     * @throws IOException if it cannot be read
     */
    public Lease lease(LoadableModel loadable) throws IOException {
        Slot slot;
        boolean mine;
        synchronized (this) {
            Slot known = slots.get(loadable.key());
            mine = known == null;
            slot = known == null ? reserve(loadable) : known;
            slot.leases++;
            slot.lastUse = ++clock;
        }
        if (mine) {
            load(slot, loadable);
        }
        try {
            return new Lease(slot, slot.model.join());
        } catch (CompletionException e) {
            release(slot);
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e.getCause() instanceof RuntimeException refused ? refused : e;
        }
    }

    private Slot reserve(LoadableModel loadable) {
        long cost = Math.addExact(Math.multiplyExact(2, loadable.bytes()), OWN);
        while (used + cost > bound) {
            Slot oldest = slots.values().stream()
                    .filter(slot -> slot.leases == 0)
                    .min(Comparator.comparingLong(slot -> slot.lastUse))
                    .orElseThrow(() -> new PoolFullException("the model needs about " + cost + " bytes of memory, "
                            + (bound - used) + " of " + bound + " are free, and no loaded model is idle"));
            remove(oldest);
        }
        used += cost;
        Slot slot = new Slot(loadable.key(), cost);
        slots.put(slot.key, slot);
        return slot;
    }

    private void load(Slot slot, LoadableModel loadable) {
        try {
            SessionOptions options = new SessionOptions(ProviderChoice.AUTO, Optimization.ALL, 0, Tf32.OFF);
            slot.model.complete(
                    new WarmModel(loadable.opener().open(model -> runtime.get().serve(model, options))));
        } catch (IOException | RuntimeException | LinkageError e) {
            slot.model.completeExceptionally(e);
            synchronized (this) {
                slot.leaving = true;
                if (slots.remove(slot.key, slot)) {
                    used -= slot.cost;
                }
            }
        }
    }

    private synchronized void release(Slot slot) {
        slot.leases--;
        if (slot.leaving && slot.leases == 0) {
            close(slot);
        }
    }

    /** Puts a model away once nobody runs it any more, and tells whether it was loaded. */
    public synchronized boolean unload(String key) {
        Slot slot = slots.get(key);
        if (slot == null) {
            return false;
        }
        remove(slot);
        return true;
    }

    private void remove(Slot slot) {
        slots.remove(slot.key);
        used -= slot.cost;
        slot.leaving = true;
        if (slot.leases == 0) {
            close(slot);
        }
    }

    private static void close(Slot slot) {
        if (slot.model.isDone() && !slot.model.isCompletedExceptionally()) {
            slot.model.join().close();
        }
    }

    /** A model if it is loaded now. Its statistics may be read; it must not be run without a lease. */
    public synchronized Optional<WarmModel> loaded(String key) {
        return Optional.ofNullable(slots.get(key))
                .filter(slot -> slot.model.isDone() && !slot.model.isCompletedExceptionally())
                .map(slot -> slot.model.join());
    }

    /** The bytes that the loaded models are taken to need. */
    public synchronized long used() {
        return used;
    }

    /** How many models are loaded. */
    public synchronized int size() {
        return slots.size();
    }

    @Override
    public synchronized void close() {
        for (Slot slot : Map.copyOf(slots).values()) {
            remove(slot);
        }
    }
}
