/**
 * Requests that may come twice and are answered once: the header {@code Idempotency-Key}.
 *
 * <p>{@link dev.entrepot.server.idempotency.IdempotencyKeys} keeps keys and answers in the catalogue's database, so that it does not matter which
 * server is asked the second time. This package knows requests and answers, not what they are about.
 */
@NullMarked
package dev.entrepot.server.idempotency;

import org.jspecify.annotations.NullMarked;
