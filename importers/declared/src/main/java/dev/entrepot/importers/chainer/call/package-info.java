/**
 * A call of one of Chainer's functions: signatures as Python writes them, arguments, and the graph that grows.
 *
 * <p>Whoever runs the source calls {@link dev.entrepot.importers.chainer.call.ChainerGraph#call}. This package must not know what any
 * function computes, nor where calls come from.
 */
@NullMarked
package dev.entrepot.importers.chainer.call;

import org.jspecify.annotations.NullMarked;
