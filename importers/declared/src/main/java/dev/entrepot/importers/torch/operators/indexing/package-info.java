/**
 * Operators that take or put elements at places that other tensors name.
 *
 * <p>Must not know where calls come from.
 */
@NullMarked
package dev.entrepot.importers.torch.operators.indexing;

import org.jspecify.annotations.NullMarked;
