/**
 * Chainer's functions told once more, by naive loops: what every lowering is held against, since genuine Chainer does not run in the JVM.
 *
 * <p>A family of functions has a class of tellings, each citing the source it follows. Tellings know nothing of ONNX.
 */
package dev.entrepot.importers.chainer.telling;
