/**
 * Building ONNX graphs node by node, each value typed as soon as it exists.
 *
 * <p>The one way in which importers grow a graph. Nodes are in the house opset. This package knows the graph's records and type
 * inference, and no source format.
 */
@NullMarked
package dev.entrepot.onnx.build;

import org.jspecify.annotations.NullMarked;
