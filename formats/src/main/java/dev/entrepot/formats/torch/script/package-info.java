/**
 * TorchScript code: the typed subset of Python that {@code torch.jit.save} writes, as tokens and trees.
 *
 * <p>The source files of an archive become classes and functions by qualified name, parsed when first asked for. Nothing is run here and
 * nothing is resolved: what a name or an operator means is not this package's business. It knows no ONNX.
 */
@NullMarked
package dev.entrepot.formats.torch.script;

import org.jspecify.annotations.NullMarked;
