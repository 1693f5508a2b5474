package dev.entrepot.validator.localise;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model with more outputs, and with the source's values in place of its own. */
final class Instrument {

    private static final String PREFIX = "reference of ";

    private final Model model;
    private final List<Checkpoint> checkpoints;

    Instrument(Model model, List<Checkpoint> checkpoints) {
        this.model = model;
        this.checkpoints = List.copyOf(checkpoints);
    }

    /** The model as it is, with all checkpoints as outputs. */
    Model whole() {
        Graph graph = model.graph();
        return model.withGraph(with(graph, graph.inputs(), outputs(checkpoints), graph.nodes()));
    }

    /** The model in which every checkpoint is computed from the source's values of those before it. */
    Model alone() {
        Graph graph = model.graph();
        List<Value> inputs = new ArrayList<>(graph.inputs());
        Map<String, String> replaced = new LinkedHashMap<>();
        for (Checkpoint checkpoint : checkpoints) {
            Tensor truth = checkpoint.truth();
            replaced.put(checkpoint.value().name(), PREFIX + checkpoint.value().name());
            inputs.add(Value.tensor(
                    PREFIX + checkpoint.value().name(),
                    truth.type(),
                    Shape.ofRank(truth.shape().rank())));
        }
        List<Node> nodes =
                graph.nodes().stream().map(node -> replaced(node, replaced)).toList();
        return model.withGraph(with(graph, inputs, outputs(checkpoints), nodes));
    }

    /** Of {@link #alone} what one checkpoint needs. */
    Model alone(Checkpoint checkpoint) {
        Graph graph = alone().graph();
        List<Node> needed = needed(graph, checkpoint);
        Set<String> used = new HashSet<>();
        needed.forEach(node -> uses(node, used));
        List<Value> inputs = graph.inputs().stream()
                .filter(input -> used.contains(input.name()))
                .toList();
        Map<String, Tensor> initializers = new LinkedHashMap<>(graph.initializers());
        initializers.keySet().retainAll(used);
        List<Value> outputs = outputs(List.of(checkpoint));
        return model.withGraph(
                new Graph(graph.name(), inputs, outputs, needed, initializers, graph.doc(), graph.metadata()));
    }

    /** The nodes that make a checkpoint from the checkpoints before it, in order. */
    List<Node> segment(Checkpoint checkpoint) {
        return needed(alone().graph(), checkpoint);
    }

    /** What {@link #alone} takes besides the model's own inputs. */
    Map<String, Tensor> truths() {
        Map<String, Tensor> truths = new LinkedHashMap<>();
        checkpoints.forEach(checkpoint -> truths.put(PREFIX + checkpoint.value().name(), checkpoint.truth()));
        return truths;
    }

    private static List<Node> needed(Graph graph, Checkpoint checkpoint) {
        Set<String> wanted = new HashSet<>(Set.of(checkpoint.value().name()));
        List<Node> needed = new ArrayList<>();
        for (int i = checkpoint.place(); i >= 0; i--) {
            Node node = graph.nodes().get(i);
            if (node.outputs().stream().anyMatch(output -> wanted.contains(output.name()))) {
                uses(node, wanted);
                needed.add(0, node);
            }
        }
        return needed;
    }

    private static void uses(Node node, Set<String> used) {
        node.inputs().forEach(input -> used.add(input.name()));
        for (Attribute attribute : node.attributes().values().values()) {
            if (attribute instanceof Attribute.GraphValue subgraph) {
                subgraph.value().nodes().forEach(inner -> uses(inner, used));
                subgraph.value().outputs().forEach(output -> used.add(output.name()));
            }
        }
    }

    /** Their shapes are left open: a fault may have changed them. */
    private static List<Value> outputs(List<Checkpoint> checkpoints) {
        return checkpoints.stream()
                .map(checkpoint -> Value.tensor(
                        checkpoint.value().name(), checkpoint.truth().type(), Shape.UNRANKED))
                .toList();
    }

    private static Node replaced(Node node, Map<String, String> names) {
        Attributes attributes = node.attributes();
        for (var entry : node.attributes().values().entrySet()) {
            if (entry.getValue() instanceof Attribute.GraphValue subgraph) {
                Graph graph = subgraph.value();
                List<Node> nodes = graph.nodes().stream()
                        .map(inner -> replaced(inner, names))
                        .toList();
                attributes = attributes.with(
                        entry.getKey(), with(graph, graph.inputs(), replaced(graph.outputs(), names), nodes));
            }
        }
        return node.with(attributes).with(replaced(node.inputs(), names), node.outputs());
    }

    private static List<Value> replaced(List<Value> values, Map<String, String> names) {
        return values.stream()
                .map(value -> value.withName(names.getOrDefault(value.name(), value.name())))
                .toList();
    }

    private static Graph with(Graph graph, List<Value> inputs, List<Value> outputs, List<Node> nodes) {
        return new Graph(graph.name(), inputs, outputs, nodes, graph.initializers(), graph.doc(), graph.metadata());
    }
}
