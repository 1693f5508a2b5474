package dev.entrepot.server.sessions;

import dev.entrepot.validator.run.RunnableModel;
import dev.entrepot.validator.run.ServingSession;
import java.io.IOException;
import java.util.function.Function;

/**
 * A model that can be loaded.
 *
 * @param key what it is told apart by; equal keys mean equal bytes
 * @param bytes the size of its file and what lies outside of it
 * @param opener opens it
 */
public record LoadableModel(String key, long bytes, Opener opener) {

    /** Opens a model's files for as long as it takes to load it. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Opens the model, has it loaded, and closes it.
         *
         * @throws IOException if the store fails
         */
        ServingSession open(Function<RunnableModel, ServingSession> load) throws IOException;
    }
}
