/**
 * Tensors as every format here has them: a data type, a shape and bytes that may still lie in a file.
 *
 * <p>Asking a tensor for its type, shape or size does no I/O; its bytes are little-endian and row-major, as ONNX's {@code raw_data}.
 * This package knows bytes, and neither ONNX graphs nor any file format.
 */
@NullMarked
package dev.entrepot.tensor;

import org.jspecify.annotations.NullMarked;
