/**
 * Functions that move elements about: other sizes and axes, brackets, joining and splitting, margins, order; reductions along axes;
 * and the functions of NumPy that source applies to variables.
 *
 * <p>Must not know where calls come from.
 */
@NullMarked
package dev.entrepot.importers.chainer.functions.arrays;

import org.jspecify.annotations.NullMarked;
