package dev.entrepot.onnx.infer;

import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Infers the types of values.
 *
 * <p>Where a model declares another shape than follows from its nodes, the inferred one stands.
 */
public final class Inference {

    private Inference() {}

    /**
     * The node's outputs with their types, as far as they follow from its inputs. Contents that are learnt on the way are added to
     * {@code facts}. An operator without a rule leaves its outputs as they are.
     *
     * @throws InvalidNodeException if the node contradicts its operator
     */
    public static List<Value> infer(Node node, Facts facts) {
        return new Walk().node(node, facts).outputs();
    }

    /**
     * The model with the types of all values of its graph and subgraphs, as far as they follow from the inputs.
     *
     * @param where where the model is from
     * @param problems takes every node that contradicts its operator; its outputs stay as they were
     */
    public static Model infer(Model model, SourceLocation where, Problems problems) {
        return model.withGraph(walk(new Walk(model), model.graph(), where, problems));
    }

    /** The graph with the types of all its values; see {@link #infer(Model, SourceLocation, Problems)}. */
    public static Graph infer(Graph graph, SourceLocation where, Problems problems) {
        return walk(new Walk(), graph, where, problems);
    }

    /** The names of the ai.onnx operators whose outputs are inferred, sorted. */
    public static Set<String> operators() {
        return new TreeSet<>(Rules.TABLE.keySet());
    }

    private static Graph walk(Walk walk, Graph graph, SourceLocation where, Problems problems) {
        return walk.graph(
                graph,
                new Facts(),
                (node, fault) ->
                        problems.malformed(where, "node \"" + node.name() + "\" (" + node.op() + ")", fault.reason()));
    }
}
