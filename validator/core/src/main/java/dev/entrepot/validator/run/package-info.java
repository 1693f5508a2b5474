/**
 * Runs models on ONNX Runtime.
 *
 * <p>The only package that sees ai.onnxruntime. A model reaches the runtime as bytes and a closed set of initializers, never as a path that a
 * stranger chose. What ran where is measured, not assumed: the profile of a run says which provider ran each node. This package knows
 * tensors and nothing of references.
 */
@NullMarked
package dev.entrepot.validator.run;

import org.jspecify.annotations.NullMarked;
