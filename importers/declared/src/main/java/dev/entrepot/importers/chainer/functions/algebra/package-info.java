/**
 * Functions of matrices: products, sums over named axes, elimination, determinants and Fourier transforms.
 *
 * <p>Must not know where calls come from.
 */
@NullMarked
package dev.entrepot.importers.chainer.functions.algebra;

import org.jspecify.annotations.NullMarked;
