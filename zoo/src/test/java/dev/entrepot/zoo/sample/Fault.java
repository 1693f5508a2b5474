package dev.entrepot.zoo.sample;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Something done wrong to a model.
 *
 * @param what what was done
 * @param change does it
 */
record Fault(String what, UnaryOperator<Model> change) {

    /** A node gets other attributes. */
    static Fault attributes(String node, String what, UnaryOperator<Attributes> change) {
        return node(node, what, old -> old.with(change.apply(old.attributes())));
    }

    /** A node becomes another operator without attributes. */
    static Fault operator(String node, String op) {
        return node(
                node,
                op + " instead",
                old -> new Node(
                        old.name(),
                        "",
                        op,
                        "",
                        old.inputs(),
                        old.outputs(),
                        Attributes.NONE,
                        old.doc(),
                        old.metadata()));
    }

    /** The weights of a layer are something else. */
    static Fault weights(String name, String what, UnaryOperator<float[]> change) {
        return new Fault(name + ": " + what, model -> {
            Graph graph = model.graph();
            Map<String, Tensor> weights = new LinkedHashMap<>(graph.initializers());
            weights.computeIfPresent(
                    name,
                    (key, old) ->
                            Tensor.of(old.shape(), change.apply(old.toFloats().clone())));
            return model.withGraph(Graph.of(graph.name(), graph.inputs(), graph.outputs(), graph.nodes(), weights));
        });
    }

    private static Fault node(String name, String what, UnaryOperator<Node> change) {
        return new Fault(name + ": " + what, model -> {
            Graph graph = model.graph();
            List<Node> nodes = graph.nodes().stream()
                    .map(node -> node.name().equals(name) ? change.apply(node) : node)
                    .toList();
            return model.withGraph(
                    Graph.of(graph.name(), graph.inputs(), graph.outputs(), nodes, graph.initializers()));
        });
    }

    @Override
    public String toString() {
        return what;
    }
}
