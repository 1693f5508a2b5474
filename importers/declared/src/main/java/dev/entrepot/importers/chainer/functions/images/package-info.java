/**
 * Functions that take images to other sizes or places: patches, resizing, spatial transformers.
 *
 * <p>Must not know where calls come from.
 */
@NullMarked
package dev.entrepot.importers.chainer.functions.images;

import org.jspecify.annotations.NullMarked;
