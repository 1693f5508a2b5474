/**
 * References: inputs, and the outputs that a model should give for them.
 *
 * <p>Read from an {@code .npz} file or from the folders that ONNX's own tests use, and matched to a model's inputs and outputs by name, else by
 * position. Arrays stay in their files until they are used. This package knows tensors and their names; it runs and compares nothing.
 */
@NullMarked
package dev.entrepot.validator.data;

import org.jspecify.annotations.NullMarked;
