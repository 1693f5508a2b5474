/**
 * The bundled sample models: the same handwritten digits in each framework, with the outputs of the genuine framework.
 *
 * <p>They come in by the same road as anything else. This package knows where the files are, and no format.
 */
@NullMarked
package dev.entrepot.zoo.sample;

import org.jspecify.annotations.NullMarked;
