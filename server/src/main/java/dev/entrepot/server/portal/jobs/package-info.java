/**
 * The portal's pages of jobs: the one that orders a conversion, the list, and what became of each.
 *
 * <p>A controller asks {@link dev.entrepot.server.jobs.Jobs} and puts what it hears into a record; a template of {@code src/main/jte/jobs} makes HTML of
 * it. Files are sent and orders given by the scripts of these pages, through the API that everybody uses. This package knows no converter, no worker and
 * no database.
 */
@NullMarked
package dev.entrepot.server.portal.jobs;

import org.jspecify.annotations.NullMarked;
