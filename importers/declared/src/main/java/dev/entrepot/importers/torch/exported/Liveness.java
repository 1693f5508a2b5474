package dev.entrepot.importers.torch.exported;

import dev.entrepot.formats.torch.exported.Graph;
import dev.entrepot.formats.torch.exported.NamedArgument;
import dev.entrepot.formats.torch.exported.Node;
import dev.entrepot.importers.torch.schema.Argument;
import dev.entrepot.importers.torch.schema.AtenSchemas;
import dev.entrepot.importers.torch.schema.FunctionSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which nodes the results of a graph depend on, through memory that tensors share too: an operator that works in place matters if the
 * memory it writes is read by something that matters.
 *
 * <p>What shares memory is told by the operators' schemas, and is kept apart by whole tensors only.
 */
final class Liveness {

    private final Graph graph;
    private final Map<String, String> parents = new HashMap<>();
    private final List<Set<String>> written = new ArrayList<>();
    private final Map<String, String> writers = new HashMap<>();
    private final Set<String> needed = new HashSet<>();
    private final Set<Node> live = new HashSet<>();

    Liveness(Graph graph) {
        this.graph = graph;
        for (Node node : graph.nodes()) {
            Set<String> names = new HashSet<>();
            schema(node).ifPresent(schema -> share(node, schema, names));
            written.add(names);
        }
        for (int i = 0; i < written.size(); i++) {
            String operator = Targets.operator(graph.nodes().get(i).target());
            written.get(i).forEach(name -> writers.putIfAbsent(memory(name), operator));
        }
    }

    private static Optional<FunctionSchema> schema(Node node) {
        return Targets.isPython(node.target()) || Targets.isHigherOrder(node.target())
                ? Optional.empty()
                : AtenSchemas.exact(Targets.operator(node.target()));
    }

    private void share(Node node, FunctionSchema schema, Set<String> names) {
        for (NamedArgument input : node.inputs()) {
            Optional<Argument> argument =
                    schema.argument(input.name()).filter(found -> found.alias().isPresent());
            if (argument.isEmpty()) {
                continue;
            }
            for (String name : input.arg().mentions()) {
                if (argument.get().isWritten()) {
                    names.add(name);
                }
                node.outputs().forEach(output -> output.mentions().forEach(made -> unite(made, name)));
            }
        }
    }

    private String memory(String name) {
        String root = name;
        for (String next = parents.get(root); next != null; next = parents.get(root)) {
            root = next;
        }
        return root;
    }

    private void unite(String a, String b) {
        String left = memory(a);
        String right = memory(b);
        if (!left.equals(right)) {
            parents.put(left, right);
        }
    }

    /** The first operator that writes this value's memory, if one does. */
    Optional<String> writer(String name) {
        return Optional.ofNullable(writers.get(memory(name)));
    }

    /** Follows back what these values depend on. */
    void require(Collection<String> roots) {
        roots.forEach(name -> needed.add(memory(name)));
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            boolean makes = node.outputs().stream()
                    .flatMap(output -> output.mentions().stream())
                    .anyMatch(this::isNeeded);
            if (makes || written.get(i).stream().anyMatch(this::isNeeded)) {
                live.add(node);
                node.inputs().forEach(input -> input.arg().mentions().forEach(name -> needed.add(memory(name))));
            }
        }
    }

    /** Whether what is required depends on this value. */
    boolean isNeeded(String name) {
        return needed.contains(memory(name));
    }

    /** Whether what is required depends on this node. */
    boolean isNeeded(Node node) {
        return live.contains(node);
    }
}
