package dev.entrepot.formats.torch.exported;

import java.util.List;
import java.util.Optional;

/**
 * A module, and how it was called if the program keeps that; it does for the whole network. Source: schema.py, ModuleCallEntry.
 *
 * @param fqn the module's path; empty for the whole network
 * @param signature how it was called
 */
public record ModuleCallEntry(String fqn, Optional<Signature> signature) {

    /**
     * How a module was called. Source: schema.py, ModuleCallSignature.
     *
     * @param inSpec the containers of positional and keyword arguments
     * @param outSpec the containers of what was returned
     * @param forwardArgNames the names of forward's parameters that were given; empty before schema 8.3
     */
    public record Signature(TreeSpec inSpec, TreeSpec outSpec, List<String> forwardArgNames) {
        public Signature {
            forwardArgNames = List.copyOf(forwardArgNames);
        }
    }
}
