/**
 * Jobs: what is to be done, what is being done, and what came of it, as rows of the catalogue's database.
 *
 * <p>{@link dev.entrepot.server.jobs.Jobs} takes orders, joins equal ones, tells what happens, and is told by workers. An order's identity is the
 * digest of what it asks for. This package does not do the work and knows nothing of requests; {@code server.work} and {@code server.conversions} do.
 */
@NullMarked
package dev.entrepot.server.jobs;

import org.jspecify.annotations.NullMarked;
