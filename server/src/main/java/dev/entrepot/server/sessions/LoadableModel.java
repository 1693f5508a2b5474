package dev.entrepot.server.sessions;

import dev.entrepot.validator.run.RunnableModel;
import java.io.IOException;

/**
 * A model that can be loaded.
 *
 * @param key what it is told apart by; equal keys mean equal bytes
 * @param bytes the size of its file and what lies outside of it
 * @param opener opens it
 */
public record LoadableModel(String key, long bytes, Opener opener) {

    /** Opens a model. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Opens it; the caller closes it.
         *
         * @throws IOException if the store fails
         */
        RunnableModel open() throws IOException;
    }
}
