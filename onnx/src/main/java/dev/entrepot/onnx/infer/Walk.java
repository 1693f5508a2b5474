package dev.entrepot.onnx.infer;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Function;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Walks graphs, subgraphs and the bodies of model-local functions in node order.
 *
 * <p>Bodies of loops are walked more than once and functions at every call, so there is a limit to how deep and how much is walked beyond
 * the main graph; what lies beyond it stays unknown.
 */
final class Walk {

    private static final int DEEPEST = 40;
    private static final int MOST_INNER_NODES = 300_000;

    private static final long FIRST_WITH_DEFAULTS = 4;

    private final Map<String, Function> functions = new HashMap<>();
    private final long opset;
    private final boolean initializersAreDefaults;
    private int depth;
    private int innerNodes;

    /** A walk of graphs in the house opset. */
    Walk() {
        opset = Model.HOUSE_OPSET;
        initializersAreDefaults = true;
    }

    /** A walk of a model's graph. */
    Walk(Model model) {
        opset = model.opset();
        initializersAreDefaults = model.irVersion() >= FIRST_WITH_DEFAULTS;
        model.functions()
                .forEach(function ->
                        functions.put(key(function.domain(), function.name(), function.overload()), function));
    }

    /** How many graphs and functions are around the one that is being walked. */
    int depth() {
        return depth;
    }

    /** The version of the ai.onnx operators. */
    long opset() {
        return opset;
    }

    /**
     * The graph with the types that its values were found to have.
     *
     * @param faults takes the nodes that contradict their operators; their outputs stay as they were
     */
    Graph graph(Graph graph, Facts facts, BiConsumer<Node, InvalidNodeException> faults) {
        graph.inputs().forEach(input -> facts.type(input.name(), input.type()));
        graph.initializers().forEach((name, tensor) -> {
            facts.type(name, ValueType.tensor(tensor.type(), tensor.shape()));
            facts.constant(name, tensor);
        });
        if (initializersAreDefaults) {
            graph.inputs().forEach(input -> facts.forget(input.name()));
        }
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            try {
                nodes.add(node(node, facts));
            } catch (InvalidNodeException e) {
                faults.accept(node, e);
                node.outputs().forEach(output -> facts.type(output.name(), output.type()));
                nodes.add(node);
            }
        }
        List<Value> outputs =
                graph.outputs().stream().map(output -> typed(output, facts)).toList();
        return new Graph(
                graph.name(), graph.inputs(), outputs, nodes, graph.initializers(), graph.doc(), graph.metadata());
    }

    /** The node with the types that its values were found to have. */
    Node node(Node node, Facts facts) {
        List<Value> inputs =
                node.inputs().stream().map(input -> typed(input, facts)).toList();
        var application = new Application(node.with(inputs, node.outputs()), facts, this);
        Function function = functions.get(key(node.domain(), node.op(), node.overload()));
        Rules.Rule rule = node.domain().isEmpty() ? Rules.TABLE.get(node.op()) : null;
        try {
            if (function != null) {
                call(function, application, facts);
            } else if (rule != null) {
                rule.infer(application);
            }
        } catch (ArithmeticException e) {
            throw new InvalidNodeException("a size does not fit 64 bits");
        }
        Node walked = application.result();
        walked.outputs().forEach(output -> facts.type(output.name(), output.type()));
        return walked;
    }

    /** A subgraph whose inputs have these types; unchanged beyond the limits. */
    Graph inner(Graph graph, List<ValueType> inputTypes, Facts outer) {
        if (!enter(graph.nodes().size())) {
            return graph;
        }
        List<Value> inputs = new ArrayList<>(graph.inputs());
        for (int i = 0; i < Math.min(inputs.size(), inputTypes.size()); i++) {
            inputs.set(
                    i,
                    inputs.get(i)
                            .withType(Types.refined(
                                    inputTypes.get(i), inputs.get(i).type())));
        }
        Graph typed = new Graph(
                graph.name(),
                inputs,
                graph.outputs(),
                graph.nodes(),
                graph.initializers(),
                graph.doc(),
                graph.metadata());
        List<String> faults = new ArrayList<>();
        Graph walked = graph(typed, outer.inner(), (node, fault) -> faults.add(inNode(node, fault)));
        depth--;
        throwIfAny(faults);
        return walked;
    }

    private void call(Function function, Application caller, Facts outer) {
        if (!enter(function.nodes().size())) {
            return;
        }
        Facts facts = new Facts();
        for (int i = 0; i < function.inputs().size(); i++) {
            Value given = caller.node().input(i);
            facts.type(function.inputs().get(i), given.type());
            String formal = function.inputs().get(i);
            outer.constant(given).ifPresent(tensor -> facts.constant(formal, tensor));
            outer.elements(given).ifPresent(elements -> facts.learn(formal, elements));
        }
        Attributes arguments = arguments(function, caller.attributes());
        List<String> faults = new ArrayList<>();
        for (Node node : function.nodes()) {
            try {
                node(bound(node, arguments), facts);
            } catch (InvalidNodeException e) {
                faults.add(inNode(node, e));
            }
        }
        depth--;
        throwIfAny(faults);
        for (int i = 0; i < function.outputs().size(); i++) {
            int output = i;
            Value made = new Value(function.outputs().get(i), ValueType.UNKNOWN);
            facts.type(made).ifPresent(type -> caller.give(output, type));
            facts.elements(made).ifPresent(elements -> caller.learn(output, elements));
        }
    }

    private boolean enter(int nodes) {
        if (depth >= DEEPEST || innerNodes > MOST_INNER_NODES) {
            return false;
        }
        innerNodes += nodes + 1;
        depth++;
        return true;
    }

    private static Value typed(Value value, Facts facts) {
        return facts.type(value)
                .map(known -> value.withType(Types.refined(known, value.type())))
                .orElse(value);
    }

    private static Attributes arguments(Function function, Attributes given) {
        Attributes all = function.attributeDefaults();
        for (var entry : given.values().entrySet()) {
            all = all.with(entry.getKey(), entry.getValue());
        }
        return all;
    }

    /** The node with the function's arguments in the places that refer to them. */
    private static Node bound(Node node, Attributes arguments) {
        Attributes bound = Attributes.NONE;
        for (var entry : node.attributes().values().entrySet()) {
            Optional<Attribute> value = entry.getValue() instanceof Attribute.Reference reference
                    ? arguments.get(reference.attributeName())
                    : Optional.of(bound(entry.getValue(), arguments));
            if (value.isPresent()) {
                bound = bound.with(entry.getKey(), value.get());
            }
        }
        return node.with(bound);
    }

    private static Attribute bound(Attribute attribute, Attributes arguments) {
        if (!(attribute instanceof Attribute.GraphValue subgraph)) {
            return attribute;
        }
        Graph graph = subgraph.value();
        List<Node> nodes =
                graph.nodes().stream().map(node -> bound(node, arguments)).toList();
        return new Attribute.GraphValue(new Graph(
                graph.name(),
                graph.inputs(),
                graph.outputs(),
                nodes,
                graph.initializers(),
                graph.doc(),
                graph.metadata()));
    }

    private static String inNode(Node node, InvalidNodeException fault) {
        return "inner node \"" + node.name() + "\" (" + node.op() + "): " + fault.reason();
    }

    private static void throwIfAny(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new InvalidNodeException(String.join("; ", faults));
        }
    }

    private static String key(String domain, String name, String overload) {
        return domain + ":" + name + ":" + overload;
    }
}
