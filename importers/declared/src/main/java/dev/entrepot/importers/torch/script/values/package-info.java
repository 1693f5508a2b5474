/**
 * The values that TorchScript code has beside PyTorch's own, and what becomes of all of them where branches part and meet: what each
 * changed, what it held at its end, and one value of two.
 *
 * <p>Must not know statements and expressions.
 */
@NullMarked
package dev.entrepot.importers.torch.script.values;

import org.jspecify.annotations.NullMarked;
