/**
 * Operators on planes and volumes: pooling, padding, patches, resizing, sampling at places, and what detection needs.
 *
 * <p>Must not know where calls come from.
 */
@NullMarked
package dev.entrepot.importers.torch.operators.images;

import org.jspecify.annotations.NullMarked;
