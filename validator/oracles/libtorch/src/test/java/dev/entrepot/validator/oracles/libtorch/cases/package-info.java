/**
 * The case directories of the PyTorch importer, asked of genuine libtorch and run on ONNX Runtime.
 *
 * <p>Cases lie in {@code importers/declared/src/test/resources/torch}, where a README says what is in them; {@link
 * dev.entrepot.validator.oracles.libtorch.cases.ProgramText} reads their programs. {@code GenuineReferences} writes what is missing in them. This
 * package must not take expected numbers from the importer.
 */
@NullMarked
package dev.entrepot.validator.oracles.libtorch.cases;

import org.jspecify.annotations.NullMarked;
