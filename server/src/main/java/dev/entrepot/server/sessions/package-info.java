/**
 * Models that are loaded and ready to answer: a pool with a bound on memory, and runs shared by several callers.
 *
 * <p>A model is loaded when it is first asked for and put away when others need its room. Where rows of a batch are proved not to touch each other,
 * requests that wait together run together. This package knows models as things to open, not where they come from, and nothing of HTTP.
 */
@NullMarked
package dev.entrepot.server.sessions;

import org.jspecify.annotations.NullMarked;
