/**
 * Finds the layer of the source at which a model begins to differ from it.
 *
 * <p>A layer is judged alone: the model is run with the source's own values in place of its intermediate ones, so that an error stays in the
 * layer that made it. Values are matched by the origin that nodes carry. This package knows models, what sources computed, and how to run
 * and compare; it reports and judges nothing.
 */
@NullMarked
package dev.entrepot.validator.localise;

import org.jspecify.annotations.NullMarked;
