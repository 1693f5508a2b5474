/**
 * PyTorch source: binds the shim of torch to ATen's operators, and a checkpoint to the network's parameters.
 *
 * <p>Knows modules' object model through the shim, files of weights and the graph that grows; must not know what any operator means,
 * which stands in {@code importers.torch}.
 */
@NullMarked
package dev.entrepot.traced.torch;

import org.jspecify.annotations.NullMarked;
