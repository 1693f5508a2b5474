package dev.entrepot.importers.torch.aten;

import dev.entrepot.onnx.graph.Value;

/**
 * A tensor of complex numbers as two of real numbers, because runtimes have no complex ones.
 *
 * @param real the real parts
 * @param imaginary the imaginary parts, of the same shape; {@link Value#NONE} if all are 0
 */
public record ComplexParts(Value real, Value imaginary) {}
