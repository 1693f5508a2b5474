/**
 * Complex numbers, which ONNX has no type for: pairs of real tensors, and the spectra that give rise to them.
 *
 * <p>Must not know where calls come from.
 */
@NullMarked
package dev.entrepot.importers.torch.operators.complex;

import org.jspecify.annotations.NullMarked;
