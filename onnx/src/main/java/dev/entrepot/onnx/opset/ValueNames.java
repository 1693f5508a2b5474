package dev.entrepot.onnx.opset;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names of a model's values, those of its subgraphs included, and which of them are used. */
final class ValueNames {

    private final Set<String> taken = new HashSet<>();
    private final Set<String> original;
    private final Set<String> used = new HashSet<>();

    private ValueNames(Graph graph) {
        collect(graph);
        original = Set.copyOf(taken);
    }

    static ValueNames of(Graph graph) {
        return new ValueNames(graph);
    }

    /** Whether a node or an output of the model as it was uses the value. */
    boolean isUsed(String value) {
        return used.contains(value);
    }

    /** Whether the model had a value of this name that nothing used. */
    boolean wasIdle(String value) {
        return original.contains(value) && !used.contains(value);
    }

    /** A name that no value has yet. */
    String fresh(String wanted) {
        String candidate = wanted;
        for (int i = 1; !taken.add(candidate); i++) {
            candidate = wanted + "_" + i;
        }
        return candidate;
    }

    /** The subgraphs in a node's attributes. */
    static List<Graph> subgraphs(Node node) {
        List<Graph> found = new ArrayList<>();
        for (Attribute attribute : node.attributes().values().values()) {
            if (attribute instanceof Attribute.GraphValue graph) {
                found.add(graph.value());
            } else if (attribute instanceof Attribute.GraphsValue graphs) {
                found.addAll(graphs.values());
            }
        }
        return found;
    }

    private void collect(Graph graph) {
        graph.inputs().forEach(input -> taken.add(input.name()));
        taken.addAll(graph.initializers().keySet());
        for (Value output : graph.outputs()) {
            taken.add(output.name());
            used.add(output.name());
        }
        for (Node node : graph.nodes()) {
            node.outputs().forEach(output -> taken.add(output.name()));
            node.inputs().forEach(input -> used.add(input.name()));
            subgraphs(node).forEach(this::collect);
        }
    }
}
