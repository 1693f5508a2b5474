package dev.entrepot.importers.torch.modules.tree;

import dev.entrepot.importers.torch.aten.IValue;

/** The body of the {@code forward} of a class of modules that take one value. */
@FunctionalInterface
public interface Forward {

    /**
     * Runs the module.
     *
     * @param self the module
     * @param x what it is called with
     * @return what it returns
     */
    IValue forward(BoundModule self, IValue x);
}
