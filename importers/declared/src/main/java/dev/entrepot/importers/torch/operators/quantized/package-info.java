/**
 * Quantized tensors as QuantizeLinear and DequantizeLinear; kernels on packed weights are refused.
 *
 * <p>Must not know where calls come from.
 */
@NullMarked
package dev.entrepot.importers.torch.operators.quantized;

import org.jspecify.annotations.NullMarked;
