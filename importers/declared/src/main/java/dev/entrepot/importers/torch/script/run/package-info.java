/**
 * Follows TorchScript code: statements in order, conditions and loops at once where they are known, else as If and Loop of the graph.
 *
 * <p>Must not know where code and constants come from, and what any operator on tensors means.
 */
@NullMarked
package dev.entrepot.importers.torch.script.run;

import org.jspecify.annotations.NullMarked;
