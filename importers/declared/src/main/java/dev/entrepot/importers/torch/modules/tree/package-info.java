/**
 * The module tree: what a network is made of, whether it was pickled whole or recognised by its state_dict.
 *
 * <p>{@link dev.entrepot.importers.torch.modules.tree.Module} holds one module as data; a
 * {@link dev.entrepot.importers.torch.modules.tree.Forward} is the body of its class's {@code forward}, which a
 * {@link dev.entrepot.importers.torch.modules.tree.BoundModule} runs. What an operator computes is known to {@code importers.torch.aten}
 * alone; this package knows no class of modules, no file and no state_dict.
 */
@NullMarked
package dev.entrepot.importers.torch.modules.tree;

import org.jspecify.annotations.NullMarked;
