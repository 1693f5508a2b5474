package dev.entrepot.server.graph;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Origin;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.server.graph.GraphOutline.Edge;
import dev.entrepot.server.graph.GraphOutline.Port;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Goes over a model's nodes. */
final class Outlining {

    private static final int LONGEST_TEXT = 300;
    private static final int LONGEST_LIST = 32;
    private static final int OUTSIDE = -1;

    private final List<GraphOutline.Node> nodes = new ArrayList<>();

    private Outlining() {}

    static GraphOutline of(Model model) {
        Graph graph = model.graph();
        Outlining outlining = new Outlining();
        List<Integer> ids = outlining.walk(graph, OUTSIDE);
        return new GraphOutline(
                graph.name(),
                graph.inputs().stream()
                        .filter(input -> !graph.initializers().containsKey(input.name()))
                        .map(Outlining::port)
                        .toList(),
                graph.outputs().stream().map(Outlining::port).toList(),
                outlining.nodes,
                edges(graph, ids),
                graph.initializers().entrySet().stream()
                        .map(entry -> weight(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private List<Integer> walk(Graph graph, int within) {
        List<Integer> ids = new ArrayList<>();
        for (Node node : graph.nodes()) {
            int id = nodes.size();
            ids.add(id);
            nodes.add(outline(id, within, node, graph.initializers()));
            for (Attribute attribute : node.attributes().values().values()) {
                if (attribute instanceof Attribute.GraphValue subgraph) {
                    walk(subgraph.value(), id);
                } else if (attribute instanceof Attribute.GraphsValue subgraphs) {
                    subgraphs.values().forEach(each -> walk(each, id));
                }
            }
        }
        return ids;
    }

    private static GraphOutline.Node outline(int id, int within, Node node, Map<String, Tensor> initializers) {
        Origin origin = node.origin();
        Map<String, String> attributes = new TreeMap<>();
        node.attributes().values().forEach((name, value) -> attributes.put(name, text(value)));
        List<Port> weights = new ArrayList<>();
        for (Value input : node.inputs()) {
            Tensor tensor = initializers.get(input.name());
            if (tensor != null) {
                weights.add(weight(input.name(), tensor));
            }
        }
        return new GraphOutline.Node(
                id,
                within,
                node.domain().isEmpty() ? node.op() : node.domain() + ":" + node.op(),
                node.name(),
                origin.layer(),
                origin.type(),
                origin.file(),
                node.inputs().stream().map(Outlining::port).toList(),
                weights,
                node.outputs().stream()
                        .filter(output -> !output.isNone())
                        .map(Outlining::port)
                        .toList(),
                attributes);
    }

    /** A value that only a subgraph takes flows to the node that has the subgraph. */
    private static List<Edge> edges(Graph graph, List<Integer> ids) {
        Map<String, Integer> makers = new HashMap<>();
        graph.inputs().forEach(input -> makers.put(input.name(), OUTSIDE));
        graph.initializers().keySet().forEach(makers::remove);
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Node node = graph.nodes().get(i);
            int id = ids.get(i);
            Map<String, Value> taken = new LinkedHashMap<>();
            take(node, taken);
            for (Value value : taken.values()) {
                Integer maker = makers.get(value.name());
                if (maker != null) {
                    edges.add(new Edge(maker, id, value.name(), port(value).type()));
                }
            }
            node.outputs().forEach(output -> makers.put(output.name(), id));
        }
        for (Value output : graph.outputs()) {
            Integer maker = makers.get(output.name());
            if (maker != null) {
                edges.add(new Edge(maker, OUTSIDE, output.name(), port(output).type()));
            }
        }
        return edges;
    }

    private static void take(Node node, Map<String, Value> taken) {
        node.inputs().stream()
                .filter(input -> !input.isNone())
                .forEach(input -> taken.putIfAbsent(input.name(), input));
        for (Attribute attribute : node.attributes().values().values()) {
            if (attribute instanceof Attribute.GraphValue subgraph) {
                subgraph.value().nodes().forEach(each -> take(each, taken));
            } else if (attribute instanceof Attribute.GraphsValue subgraphs) {
                subgraphs.values().forEach(graph -> graph.nodes().forEach(each -> take(each, taken)));
            }
        }
    }

    private static Port port(Value value) {
        return new Port(value.name(), type(value.dataType(), value.shape()));
    }

    private static Port weight(String name, Tensor tensor) {
        return new Port(name, type(tensor.type(), tensor.shape()));
    }

    private static String type(DataType type, Shape shape) {
        String word = type == DataType.UNDEFINED ? "" : type.numpyName();
        return shape.ranked() ? word + shape : word;
    }

    private static String text(Attribute attribute) {
        if (attribute instanceof Attribute.FloatValue number) {
            return Float.toString(number.value());
        }
        if (attribute instanceof Attribute.IntValue number) {
            return Long.toString(number.value());
        }
        if (attribute instanceof Attribute.StringValue text) {
            return cut(text.value());
        }
        if (attribute instanceof Attribute.TensorValue tensor) {
            return type(tensor.value().type(), tensor.value().shape());
        }
        if (attribute instanceof Attribute.GraphValue graph) {
            return "a graph of " + graph.value().nodes().size() + " nodes";
        }
        if (attribute instanceof Attribute.FloatsValue floats) {
            return list(floats.values());
        }
        if (attribute instanceof Attribute.IntsValue ints) {
            return list(ints.values());
        }
        if (attribute instanceof Attribute.StringsValue strings) {
            return list(strings.values());
        }
        if (attribute instanceof Attribute.Reference reference) {
            return "the function's " + reference.attributeName();
        }
        return "";
    }

    private static String list(List<?> values) {
        String shown = values.stream()
                .limit(LONGEST_LIST)
                .map(value -> cut(value.toString()))
                .collect(Collectors.joining(", ", "[", ""));
        return shown + (values.size() > LONGEST_LIST ? ", … " + values.size() + " in all]" : "]");
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + " …";
    }
}
