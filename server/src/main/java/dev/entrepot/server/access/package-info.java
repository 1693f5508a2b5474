/**
 * Who may do what, and how often: tokens with roles, and limits on requests.
 *
 * <p>It is decided before a body is read. Controllers do not ask who calls; {@link dev.entrepot.server.access.Rules} says which role a path needs, and
 * the caller's name is the request's principal. This package knows paths and methods, not what they do.
 */
@NullMarked
package dev.entrepot.server.access;

import org.jspecify.annotations.NullMarked;
