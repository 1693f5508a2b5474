package dev.entrepot.onnx.opset;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Function;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes model-local functions out where they are called: only there their attributes have values, and their values have types. */
final class FunctionInlining {

    private static final int MOST_NODES = 100_000;
    private static final int DEEPEST = 32;

    private record Key(String domain, String name, String overload) {}

    private final String file;
    private final Model model;
    private final Map<Key, Function> functions = new HashMap<>();
    private final ValueNames names;
    private int added;

    private FunctionInlining(String file, Model model) {
        this.file = file;
        this.model = model;
        this.names = ValueNames.of(model.graph());
        model.functions()
                .forEach(function ->
                        functions.put(new Key(function.domain(), function.name(), function.overload()), function));
    }

    /**
     * The model without functions.
     *
     * @throws ModelException if that makes it too large, or a function is written in another opset than the model
     */
    static Model inline(String file, Model model) {
        if (model.functions().isEmpty()) {
            return model;
        }
        var inlining = new FunctionInlining(file, model);
        Graph graph = inlining.graph(model.graph(), Map.of(), Attributes.NONE, 0);
        Map<String, Long> imports = new LinkedHashMap<>(model.opsetImports());
        model.functions().forEach(function -> function.opsetImports().forEach(imports::putIfAbsent));
        return new Model(
                model.irVersion(),
                imports,
                graph,
                List.of(),
                model.producerName(),
                model.producerVersion(),
                model.domain(),
                model.modelVersion(),
                model.doc(),
                model.metadata());
    }

    private Graph graph(Graph graph, Map<String, Value> renamed, Attributes arguments, int depth) {
        Map<String, Tensor> initializers = new LinkedHashMap<>();
        graph.initializers()
                .forEach((name, tensor) -> initializers.put(
                        renamed.getOrDefault(name, Value.NONE.withName(name)).name(), tensor));
        return new Graph(
                graph.name(),
                renamed(graph.inputs(), renamed),
                renamed(graph.outputs(), renamed),
                nodes(graph.nodes(), renamed, arguments, depth),
                initializers,
                graph.doc(),
                graph.metadata());
    }

    private List<Node> nodes(List<Node> nodes, Map<String, Value> renamed, Attributes arguments, int depth) {
        List<Node> flat = new ArrayList<>();
        for (Node node : nodes) {
            Node bound = bound(node, renamed, arguments, depth);
            Function function = functions.get(new Key(bound.domain(), bound.op(), bound.overload()));
            if (function == null) {
                flat.add(bound);
            } else {
                flat.addAll(body(bound, function, depth + 1));
            }
        }
        return flat;
    }

    private Node bound(Node node, Map<String, Value> renamed, Attributes arguments, int depth) {
        Attributes attributes = Attributes.NONE;
        for (var entry : node.attributes().values().entrySet()) {
            Attribute value = bound(entry.getValue(), renamed, arguments, depth);
            if (value != null) {
                attributes = attributes.with(entry.getKey(), value);
            }
        }
        return node.with(attributes).with(renamed(node.inputs(), renamed), renamed(node.outputs(), renamed));
    }

    private @Nullable Attribute bound(
            Attribute attribute, Map<String, Value> renamed, Attributes arguments, int depth) {
        if (attribute instanceof Attribute.Reference reference) {
            return arguments.values().get(reference.attributeName());
        } else if (attribute instanceof Attribute.GraphValue subgraph) {
            return new Attribute.GraphValue(graph(subgraph.value(), renamed, arguments, depth));
        }
        return attribute;
    }

    private List<Node> body(Node call, Function function, int depth) {
        require(function, depth);
        String base = call.name().isEmpty() ? call.outputs().get(0).name() : call.name();
        Map<String, Value> renamed = new HashMap<>();
        for (int i = 0; i < function.inputs().size(); i++) {
            renamed.put(function.inputs().get(i), call.input(i));
        }
        List<Node> through = new ArrayList<>();
        for (int i = 0; i < call.outputs().size(); i++) {
            String formal = function.outputs().get(i);
            Value output = call.outputs().get(i);
            if (!output.isNone() && renamed.putIfAbsent(formal, output) != null) {
                through.add(Node.of("", "Identity", List.of(renamed.get(formal)), List.of(output), Attributes.NONE));
            }
        }
        define(function.nodes(), base, renamed);
        Attributes arguments = function.attributeDefaults();
        for (var entry : call.attributes().values().entrySet()) {
            arguments = arguments.with(entry.getKey(), entry.getValue());
        }
        List<Node> nodes = new ArrayList<>();
        for (Node node : nodes(function.nodes(), renamed, arguments, depth)) {
            nodes.add(
                    node.origin().layer().isEmpty()
                            ? node.withMetadata(call.origin().toMetadata())
                            : node);
        }
        nodes.addAll(through);
        return nodes;
    }

    private void define(List<Node> nodes, String base, Map<String, Value> renamed) {
        for (Node node : nodes) {
            node.outputs().forEach(output -> define(output.name(), base, renamed));
            for (Graph subgraph : ValueNames.subgraphs(node)) {
                subgraph.inputs().forEach(input -> define(input.name(), base, renamed));
                subgraph.initializers().keySet().forEach(name -> define(name, base, renamed));
                define(subgraph.nodes(), base, renamed);
            }
        }
    }

    private void define(String name, String base, Map<String, Value> renamed) {
        if (!name.isEmpty() && !renamed.containsKey(name)) {
            renamed.put(name, Value.NONE.withName(names.fresh(base + "/" + name)));
        }
    }

    private void require(Function function, int depth) {
        SourceLocation where = SourceLocation.file(file);
        String what = "function " + function.domain() + "." + function.name();
        added += function.nodes().size();
        if (depth > DEEPEST || added > MOST_NODES) {
            throw ModelException.limitExceeded(
                    where,
                    what,
                    "written out with all it calls is deeper than " + DEEPEST + " calls or more than " + MOST_NODES
                            + " nodes");
        }
        long opset = function.opsetImports().getOrDefault("", model.opset());
        if (opset != model.opset()) {
            throw ModelException.unsupported(
                    where, what, "is written in opset " + opset + ", the model in opset " + model.opset());
        }
    }

    private static List<Value> renamed(List<Value> values, Map<String, Value> renamed) {
        return values.stream()
                .map(value -> {
                    Value known = renamed.get(value.name());
                    return known == null ? value : known.isNone() ? known : value.withName(known.name());
                })
                .toList();
    }
}
