/**
 * Shape and type inference: what a node's outputs are, given what is known of its inputs.
 *
 * <p>One table, operator name to rule. Rules say what is wrong with a node; who walks the graph adds where. This package knows the
 * graph's records and the operator schemas, and no importer.
 */
@NullMarked
package dev.entrepot.onnx.infer;

import org.jspecify.annotations.NullMarked;
