/**
 * Operators that make tensors of numbers or places: ranges, filled tensors, masks, diagonals, windows. Random numbers are refused.
 *
 * <p>Must not know where calls come from.
 */
@NullMarked
package dev.entrepot.importers.torch.operators.creation;

import org.jspecify.annotations.NullMarked;
