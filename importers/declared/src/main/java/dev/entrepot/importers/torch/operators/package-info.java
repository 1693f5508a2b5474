/**
 * What PyTorch's operators compute, in ONNX: {@link dev.entrepot.importers.torch.operators.AtenTable} names them all, a class a family
 * lowers them.
 *
 * <p>Must not know where calls come from: files, TorchScript code, exported graphs and Python source all end up here.
 */
@NullMarked
package dev.entrepot.importers.torch.operators;

import org.jspecify.annotations.NullMarked;
