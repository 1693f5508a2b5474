/**
 * What every request meets, whichever controller answers it: problems in one form, headers that protect browsers, a log line, and a drain.
 *
 * <p>A controller throws {@link dev.entrepot.server.web.ProblemException} or lets a {@link dev.entrepot.bytes.ModelException} pass; what the
 * caller sees is decided here. This package knows no model, no job and no page.
 */
@NullMarked
package dev.entrepot.server.web;

import org.jspecify.annotations.NullMarked;
