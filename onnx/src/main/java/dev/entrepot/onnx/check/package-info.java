/**
 * Everything that is wrong with an ONNX model, at once.
 *
 * <p>{@link dev.entrepot.onnx.check.Checker} is the way in: what ONNX's own checker refuses, type constraints, contradictions that
 * inference finds, and limits on what a runtime would have to expand. This package knows the graph's records, the operator table and type
 * inference; it must not know where a model comes from or goes to.
 */
@NullMarked
package dev.entrepot.onnx.check;

import org.jspecify.annotations.NullMarked;
