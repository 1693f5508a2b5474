package dev.entrepot.formats.torch.exported;

import java.util.List;
import java.util.Optional;

/**
 * A graph and its signature. Source: schema.py, GraphModule.
 *
 * @param graph the graph
 * @param signature what its inputs and outputs stand for
 * @param moduleCallGraph the modules of the network
 */
public record GraphModule(Graph graph, GraphSignature signature, List<ModuleCallEntry> moduleCallGraph) {

    public GraphModule {
        moduleCallGraph = List.copyOf(moduleCallGraph);
    }

    /** How the whole network was called. */
    public Optional<ModuleCallEntry.Signature> callSignature() {
        return moduleCallGraph.stream()
                .filter(entry -> entry.fqn().isEmpty())
                .findFirst()
                .flatMap(ModuleCallEntry::signature);
    }
}
