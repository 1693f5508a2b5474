/**
 * NumPy's array files: {@code .npy} holds one array, {@code .npz} is a zip archive of them.
 *
 * <p>Arrays become tensors that still lie in the file; what NumPy stores in another byte order or column by column is turned while it is
 * written on. Arrays of Python objects are pickles and are refused. This package knows tensors and zip archives, and no framework's names.
 */
@NullMarked
package dev.entrepot.formats.npy;

import org.jspecify.annotations.NullMarked;
