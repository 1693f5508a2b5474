/**
 * The numeric cases of the Caffe importer, {@code importers/declared/src/test/resources/caffe}: what ONNX Runtime makes of them after import,
 * and what genuine frameworks make of them where they know the layer.
 *
 * <p>They stand here because this module's tests see both the importer and the frameworks.
 */
@NullMarked
package dev.entrepot.validator.oracles.caffe.cases;

import org.jspecify.annotations.NullMarked;
