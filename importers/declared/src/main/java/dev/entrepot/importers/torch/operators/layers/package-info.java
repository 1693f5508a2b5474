/**
 * What networks call as a layer: convolutions, normalizations, recurrences, attention, dropout, and the losses behind them.
 *
 * <p>Must not know where calls come from.
 */
@NullMarked
package dev.entrepot.importers.torch.operators.layers;

import org.jspecify.annotations.NullMarked;
