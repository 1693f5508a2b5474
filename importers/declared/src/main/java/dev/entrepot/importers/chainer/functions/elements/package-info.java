/**
 * Functions of every element: operators of variables, activations, elementary and special functions, and noise, which test mode
 * leaves out.
 *
 * <p>Must not know where calls come from.
 */
@NullMarked
package dev.entrepot.importers.chainer.functions.elements;

import org.jspecify.annotations.NullMarked;
