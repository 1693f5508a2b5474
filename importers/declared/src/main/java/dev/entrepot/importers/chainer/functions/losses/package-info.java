/**
 * Losses and measures, for source that returns them; and the conditional random field.
 *
 * <p>Must not know where calls come from, nor which losses end a network.
 */
@NullMarked
package dev.entrepot.importers.chainer.functions.losses;

import org.jspecify.annotations.NullMarked;
