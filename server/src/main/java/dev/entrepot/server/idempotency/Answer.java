package dev.entrepot.server.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * An answer that can be given again.
 *
 * @param status the HTTP status
 * @param location the header {@code Location}; null if there is none
 * @param body the body, JSON
 */
public record Answer(int status, @Nullable String location, String body) {}
