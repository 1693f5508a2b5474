/**
 * The programs of {@code torch.export}, as records of the JSON document in a .pt2 file.
 *
 * <p>Names, members and meanings are those of torch/_export/serde/schema.py; {@link dev.entrepot.formats.torch.exported.ExportedProgram} is the
 * way in. What is read has been checked to hold together: every value is defined once, and before it is used. This package does not know
 * what an operator computes, and no ONNX graph.
 */
@NullMarked
package dev.entrepot.formats.torch.exported;

import org.jspecify.annotations.NullMarked;
