/**
 * Workers: they take jobs from the database's queue, have children do them, publish what came out, and tell how it ended.
 *
 * <p>A worker may be part of the server or a process of its own; several share one database and one store. Killed at any moment, it leaves a job
 * that another takes up, and whatever was done already is not done twice. This package knows nothing of requests.
 */
@NullMarked
package dev.entrepot.server.work;

import org.jspecify.annotations.NullMarked;
