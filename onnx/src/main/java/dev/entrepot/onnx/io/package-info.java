/**
 * ONNX files: a lazy reader and a streaming writer.
 *
 * <p>{@link dev.entrepot.onnx.io.OnnxReader} walks the Protocol Buffers wire format itself, so that a stranger's file cannot make it
 * allocate more than its limits; tensors stay slices of the file. {@link dev.entrepot.onnx.io.OnnxWriter} computes all sizes first and
 * then moves the weights file to file. This package knows the graph's records, and must not know what any operator means.
 */
@NullMarked
package dev.entrepot.onnx.io;

import org.jspecify.annotations.NullMarked;
