/**
 * Operators that compute each element of their result from the elements in the same place: arithmetic, functions, activations, comparisons,
 * conversions.
 *
 * <p>Must not know where calls come from.
 */
@NullMarked
package dev.entrepot.importers.torch.operators.pointwise;

import org.jspecify.annotations.NullMarked;
