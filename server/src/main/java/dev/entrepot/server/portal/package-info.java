/**
 * The portal: pages for people, made on the server from templates that the build compiles.
 *
 * <p>A controller gathers what a page shows into a record, a template of {@code src/main/jte} turns it into HTML. Whatever strangers wrote is escaped by
 * the templates or, where it is Markdown, sanitised by {@link dev.entrepot.server.portal.Markdown}. Pages work without scripts wherever that is possible.
 * This package knows no framework, no converter and no database.
 */
@NullMarked
package dev.entrepot.server.portal;

import org.jspecify.annotations.NullMarked;
