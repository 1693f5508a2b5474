package dev.entrepot.server.child;

import java.io.IOException;

/** Who waits for a child. */
public interface ChildWatch {

    /** The child is about to do something. Called from another thread than the one that waits, one call at a time. */
    void progress(String stage, String text);

    /**
     * Whether the child should be ended. Asked some times a second.
     *
     * @throws IOException if that cannot be found out; the child goes on
     */
    boolean shouldStop() throws IOException;
}
