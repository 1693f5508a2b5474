/**
 * A call of an ATen operator as PyTorch means it: values, symbolic sizes, overloads, type promotion, views and in-place operators.
 *
 * <p>Every front end calls {@link dev.entrepot.importers.torch.aten.TorchGraph#call}; every lowering sees an
 * {@link dev.entrepot.importers.torch.aten.AtenCall}. Must not know what any operator computes, nor any file format's code or graph.
 */
@NullMarked
package dev.entrepot.importers.torch.aten;

import org.jspecify.annotations.NullMarked;
