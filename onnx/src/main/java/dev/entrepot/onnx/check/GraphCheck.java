package dev.entrepot.onnx.check;

import dev.entrepot.onnx.graph.Function;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names and order in graphs, subgraphs and function bodies: every value is made once, and before it is used. Source: onnx/checker.cc,
 * check_graph and check_function.
 */
final class GraphCheck {

    private static final long LAST_WITH_INITIALIZERS_AS_INPUTS = 3;

    private final Context context;
    private final Faults faults;

    GraphCheck(Context context) {
        this.context = context;
        this.faults = context.faults();
    }

    /** Checks a main graph or a subgraph; {@code names} is new, and knows what is made around the graph. */
    void graph(Graph graph, Site site, Names names) {
        if (graph.name().isEmpty()) {
            faults.malformed(site, "has no name");
        }
        for (Value input : graph.inputs()) {
            if (!names.add(input.name())) {
                faults.malformed(site, "has the input \"" + input.name() + "\" twice");
            }
        }
        for (String initializer : graph.initializers().keySet()) {
            boolean isNoInput = names.add(initializer);
            if (isNoInput && context.irVersion() <= LAST_WITH_INITIALIZERS_AS_INPUTS) {
                faults.malformed(
                        site,
                        "has the initializer \"" + initializer + "\" but no such input, which IR version "
                                + context.irVersion() + " demands");
            }
        }
        nodes(graph.nodes(), site, names);
        outputs(graph.outputs().stream().map(Value::name).toList(), site, names);
    }

    void function(Function function, Site site) {
        Names names = Names.outermost();
        function.inputs().forEach(names::add);
        nodes(function.nodes(), site, names);
        outputs(function.outputs(), site, names);
    }

    private void outputs(List<String> outputs, Site site, Names names) {
        for (String output : outputs) {
            if (!names.hasHere(output)) {
                faults.malformed(site, "has the output \"" + output + "\", which nothing in it makes");
            }
        }
    }

    private void nodes(List<Node> nodes, Site site, Names names) {
        Map<String, Integer> makers = makers(nodes);
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            Site nodeSite = site.node(node, i);
            for (Value input : node.inputs()) {
                if (!input.isNone() && !names.has(input.name())) {
                    faults.malformed(
                            nodeSite, "uses \"" + input.name() + "\", which " + whereMade(input, makers, nodes));
                }
            }
            new NodeCheck(node, nodeSite, context).check();
            Functions.subgraphs(node)
                    .forEach((attribute, graphs) ->
                            graphs.forEach(graph -> graph(graph, nodeSite.in(attribute), names.inner())));
            for (Value output : node.outputs()) {
                if (!output.isNone() && (names.has(output.name()) || !names.add(output.name()))) {
                    faults.malformed(nodeSite, "makes \"" + output.name() + "\", which is there already");
                }
            }
        }
    }

    private static String whereMade(Value value, Map<String, Integer> makers, List<Node> nodes) {
        Integer maker = makers.get(value.name());
        if (maker == null) {
            return "nothing makes";
        }
        Node node = nodes.get(maker);
        String called = node.name().isEmpty() ? "node " + maker : "node \"" + node.name() + "\"";
        return "is made only later, by " + called + " (" + Site.operator(node) + ")";
    }

    private static Map<String, Integer> makers(List<Node> nodes) {
        Map<String, Integer> makers = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            for (Value output : nodes.get(i).outputs()) {
                makers.putIfAbsent(output.name(), i);
            }
        }
        return makers;
    }
}
