/**
 * Caffe networks become ONNX: a walk over the layers, and one visible table from layer type to lowering.
 *
 * <p>{@link dev.entrepot.importers.caffe.LayerTable} is the only list of layers. A lowering reads its parameters typed, with the default
 * in the same expression, and says what is wrong; the walk adds where. This package knows no other framework.
 */
@NullMarked
package dev.entrepot.importers.caffe;

import org.jspecify.annotations.NullMarked;
