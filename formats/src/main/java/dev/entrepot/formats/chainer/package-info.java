/**
 * Files of Chainer's serializers: the arrays of a link by the paths that {@code save_npz} and {@code save_hdf5} give them.
 *
 * <p>A parameter whose size was not known when it was saved is kept as unset; the one pickle that Chainer writes for it is recognised,
 * any other is refused. Trainer snapshots and classifiers are unwrapped. This package must not know what a link computes.
 */
@NullMarked
package dev.entrepot.formats.chainer;

import org.jspecify.annotations.NullMarked;
