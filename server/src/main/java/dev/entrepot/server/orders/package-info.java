/**
 * What callers order: bodies of requests become orders of jobs.
 *
 * <p>Bodies are read strictly, and all that is wrong with one is told at once, field by field. A file is named by an upload of the caller's own, or by
 * the digest of one that the caller could fetch anyway ({@link dev.entrepot.server.orders.KnownFiles}). This package does not do the work, and knows
 * of jobs only how they are asked for.
 */
@NullMarked
package dev.entrepot.server.orders;

import org.jspecify.annotations.NullMarked;
