/**
 * The ONNX graph as immutable records: models, graphs, nodes, values, attributes.
 *
 * <p>They mirror ONNX's messages without being them: no protobuf type is seen here, and a weight is a {@link
 * dev.entrepot.tensor.Tensor} that may still lie in a file. This package knows no operator and no file format.
 */
@NullMarked
package dev.entrepot.onnx.graph;

import org.jspecify.annotations.NullMarked;
