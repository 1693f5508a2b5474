/**
 * Operators along axes: sums, extremes, norms, running sums, softmax, and the order of elements.
 *
 * <p>Must not know where calls come from.
 */
@NullMarked
package dev.entrepot.importers.torch.operators.reductions;

import org.jspecify.annotations.NullMarked;
