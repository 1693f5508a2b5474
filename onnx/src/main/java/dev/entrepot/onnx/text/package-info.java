/**
 * ONNX's official text syntax, both ways.
 *
 * <p>{@link dev.entrepot.onnx.text.OnnxText} is the way in. What the official printer prints, this prints to the letter; what the
 * official parser takes, this takes, unless the text contradicts itself. This package knows the graph's records, and neither files nor
 * what any operator means.
 */
@NullMarked
package dev.entrepot.onnx.text;

import org.jspecify.annotations.NullMarked;
