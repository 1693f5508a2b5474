package dev.entrepot.server.graph;

import java.util.List;
import java.util.Map;

/**
 * A graph without its weights.
 *
 * @param name the graph's name
 * @param inputs its inputs
 * @param outputs its outputs
 * @param nodes the nodes, those of subgraphs after the node that has them
 * @param edges what flows between nodes of the main graph, its inputs and its outputs
 * @param initializers the constant tensors of the main graph
 */
public record GraphOutline(
        String name,
        List<Port> inputs,
        List<Port> outputs,
        List<Node> nodes,
        List<Edge> edges,
        List<Port> initializers) {

    public GraphOutline {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        initializers = List.copyOf(initializers);
    }

    /**
     * A named value.
     *
     * @param name its name
     * @param type element type and shape as far as they are known, {@code float32[N, 3, 8, 8]}
     */
    public record Port(String name, String type) {}

    /**
     * A node.
     *
     * @param id its number in this outline
     * @param within the number of the node whose subgraph it is in; -1 for the main graph
     * @param op the operator, of other domains as {@code domain:Name}
     * @param name its name, may be empty
     * @param layer the layer of the source that it came from; empty if nobody says
     * @param layerType that layer's type
     * @param file the source's file
     * @param inputs what goes in; an empty name where an optional input is left out
     * @param weights which of these are initializers, with their shapes
     * @param outputs what comes out
     * @param attributes the attributes as texts; long ones are cut
     */
    public record Node(
            int id,
            int within,
            String op,
            String name,
            String layer,
            String layerType,
            String file,
            List<Port> inputs,
            List<Port> weights,
            List<Port> outputs,
            Map<String, String> attributes) {

        /** The layer where it is known, else the name, else the first output's. */
        public String title() {
            if (!layer.isBlank()) {
                return layer;
            }
            return !name.isBlank() || outputs.isEmpty() ? name : outputs.get(0).name();
        }
    }

    /**
     * A value on its way.
     *
     * @param from the number of the node that makes it; -1 for an input of the graph
     * @param to the number of the node that takes it; -1 for an output of the graph
     * @param value the value's name
     * @param type its type
     */
    public record Edge(int from, int to, String value, String type) {}
}
