/**
 * PyTorch's files of every generation, read without PyTorch and without running anything.
 *
 * <p>{@link dev.entrepot.formats.torch.TorchFile} reads tar, legacy, zip, TorchScript, mobile, exported and safetensors files into one shape:
 * a tree of values, tensors by path that still lie in the file, the code as text, and every name a pickle mentions with a verdict. Names
 * are judged by an allow-list; what is not on it stays data. This package knows no ONNX graph and does not know what a module computes.
 */
@NullMarked
package dev.entrepot.formats.torch;

import org.jspecify.annotations.NullMarked;
