/**
 * Jobs as callers see them: one, many, what happens to them while it happens, what came out.
 *
 * <p>{@link dev.entrepot.server.tracking.JobView} is their JSON. Who may see what is decided here: a job's course is for every reader, its files are for
 * those who asked for it ({@link dev.entrepot.server.tracking.JobCallers}). This package orders nothing and does no work; it knows neither
 * uploads nor pages.
 */
@NullMarked
package dev.entrepot.server.tracking;

import org.jspecify.annotations.NullMarked;
