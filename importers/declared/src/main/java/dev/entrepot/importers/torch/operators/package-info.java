/**
 * Every operator of PyTorch and what becomes of it: {@link dev.entrepot.importers.torch.operators.AtenTable} joins the tables of the
 * families, which lie in the packages below with the lowerings they name.
 *
 * <p>Must not know where calls come from: files, TorchScript code, exported graphs and Python source all end up here.
 */
@NullMarked
package dev.entrepot.importers.torch.operators;

import org.jspecify.annotations.NullMarked;
