/**
 * Genuine frameworks asked for reference outputs, in a process of their own.
 *
 * <p>{@link dev.entrepot.validator.oracles.caffe.Main} answers one request after the other: BVLC Caffe 1.0, or OpenCV for layers that only
 * Caffe's forks have. A failed check inside Caffe ends the process, which is an answer too. This package knows tensors and .npz files, and
 * neither ONNX nor who asks.
 */
@NullMarked
package dev.entrepot.validator.oracles.caffe;

import org.jspecify.annotations.NullMarked;
