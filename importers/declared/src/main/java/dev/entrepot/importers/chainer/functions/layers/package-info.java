/**
 * Functions with weights, pooling and normalizations: windows that go over an array, and what becomes of the elements they see.
 *
 * <p>Must not know where calls come from, nor that links hold the weights.
 */
@NullMarked
package dev.entrepot.importers.chainer.functions.layers;

import org.jspecify.annotations.NullMarked;
