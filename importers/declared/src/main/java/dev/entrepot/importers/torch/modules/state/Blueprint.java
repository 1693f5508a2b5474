package dev.entrepot.importers.torch.modules.state;

import dev.entrepot.importers.torch.modules.tree.Module;

/** What a module looks like in a state_dict. */
@FunctionalInterface
public interface Blueprint {

    /**
     * The module whose tensors lie at a place.
     *
     * @throws Mismatch if what lies there is something else
     */
    Module at(StateKeys keys);
}
