/**
 * Products of matrices and what is made of them: distances, determinants, inverses.
 *
 * <p>Must not know where calls come from.
 */
@NullMarked
package dev.entrepot.importers.torch.operators.products;

import org.jspecify.annotations.NullMarked;
