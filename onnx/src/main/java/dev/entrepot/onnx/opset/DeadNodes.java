package dev.entrepot.onnx.opset;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Leaves out what nothing uses any more, such as the constant that became an attribute. What nothing used before stays: it is the model's
 * own.
 */
final class DeadNodes {

    private final ValueNames names;
    private final Graph graph;
    private final Map<String, Integer> uses = new HashMap<>();

    DeadNodes(ValueNames names, Graph graph) {
        this.names = names;
        this.graph = graph;
    }

    Graph removed() {
        count(graph, 1);
        return removed(graph);
    }

    private Graph removed(Graph from) {
        Deque<Node> kept = new ArrayDeque<>();
        List<Node> nodes = from.nodes();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (node.outputs().stream().allMatch(this::isDead)
                    && !node.outputs().stream().allMatch(output -> names.wasIdle(output.name()))) {
                count(node, -1);
            } else {
                kept.addFirst(inner(node));
            }
        }
        Map<String, Tensor> initializers = new LinkedHashMap<>();
        from.initializers().forEach((name, tensor) -> {
            if (uses.getOrDefault(name, 0) > 0 || names.wasIdle(name)) {
                initializers.put(name, tensor);
            }
        });
        List<Value> inputs = from.inputs().stream()
                .filter(input ->
                        !from.initializers().containsKey(input.name()) || initializers.containsKey(input.name()))
                .toList();
        return new Graph(
                from.name(), inputs, from.outputs(), new ArrayList<>(kept), initializers, from.doc(), from.metadata());
    }

    private Node inner(Node node) {
        if (ValueNames.subgraphs(node).isEmpty()) {
            return node;
        }
        Attributes attributes = node.attributes();
        for (var entry : node.attributes().values().entrySet()) {
            if (entry.getValue() instanceof Attribute.GraphValue subgraph) {
                attributes = attributes.with(entry.getKey(), removed(subgraph.value()));
            }
        }
        return node.with(attributes);
    }

    private boolean isDead(Value output) {
        return output.isNone() || uses.getOrDefault(output.name(), 0) <= 0;
    }

    private void count(Graph of, int change) {
        of.outputs().forEach(output -> uses.merge(output.name(), change, Integer::sum));
        of.nodes().forEach(node -> count(node, change));
    }

    private void count(Node node, int change) {
        node.inputs().forEach(input -> uses.merge(input.name(), change, Integer::sum));
        ValueNames.subgraphs(node).forEach(subgraph -> count(subgraph, change));
    }
}
