package dev.entrepot.server.child;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.server.jobs.Outcome.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What a child says when it has come to its end. What it made lies in its folder.
 *
 * @param conversion what the converter said; null if it did not come so far
 * @param validated whether there is a report
 * @param failure what is wrong with the model; null if nothing is
 */
public record ChildResult(
        @Nullable JsonNode conversion,
        boolean validated,
        @Nullable Failure failure) {

    /** Nothing but a failure. */
    static ChildResult failed(Failure failure) {
        return new ChildResult(null, false, failure);
    }
}
