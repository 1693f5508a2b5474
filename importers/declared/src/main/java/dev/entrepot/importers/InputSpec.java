package dev.entrepot.importers;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;

/**
 * What a caller says about a model's input.
 *
 * @param name the input's name in the source
 * @param type the element type
 * @param shape the shape; its symbols become the ONNX input's
 */
public record InputSpec(String name, DataType type, Shape shape) {}
