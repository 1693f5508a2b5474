/**
 * Genuine libtorch asked for reference outputs, in a process of its own.
 *
 * <p>{@link dev.entrepot.validator.oracles.libtorch.Main} answers one request after the other: it runs a TorchScript archive, or compiles
 * TorchScript source into a module, saves that as an archive and runs it. This package knows tensors and .npz files, and neither ONNX nor who
 * asks; it must not read archives by itself.
 */
@NullMarked
package dev.entrepot.validator.oracles.libtorch;

import org.jspecify.annotations.NullMarked;
