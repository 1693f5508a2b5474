/**
 * Chainer source with its weights: the shim of chainer, bound to the graph that grows.
 *
 * <p>The shim ({@code src/main/resources/shim/chainer}) has links, chains, variables and configuration; functions are found by name in Java's
 * table. This package must not know what a function computes.
 */
@NullMarked
package dev.entrepot.traced.chainer;

import org.jspecify.annotations.NullMarked;
