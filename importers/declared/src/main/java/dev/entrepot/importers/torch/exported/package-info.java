/**
 * Programs of {@code torch.export} to ONNX: {@link dev.entrepot.importers.torch.exported.ExportedImporter} walks the graph of a .pt2 file and
 * calls its operators.
 *
 * <p>Knows signatures, symbols, buffers that change, and graphs within graphs. Must not know what an operator computes: every node goes
 * through {@link dev.entrepot.importers.torch.aten.TorchGraph}.
 */
@NullMarked
package dev.entrepot.importers.torch.exported;

import org.jspecify.annotations.NullMarked;
