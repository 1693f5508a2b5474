package dev.entrepot.onnx.opset;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Origin;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The version of the file format that goes with an opset, and what a model must give up for it. */
final class IrVersion {

    private static final long FIRST_WITH_METADATA = 10;
    private static final long LAST_WITH_INITIALIZERS_AS_INPUTS = 3;

    /** Source: onnx/helper.py, VERSION_TABLE; ai.onnx 7 is first. */
    private static final long[] BY_OPSET = {3, 3, 4, 5, 6, 7, 7, 7, 8, 8, 8, 8, 9, 9};

    /** Source: as above; ai.onnx.ml 1 is first. */
    private static final long[] BY_ML_OPSET = {3, 6, 8, 9, 10};

    private final long version;

    private IrVersion(long version) {
        this.version = version;
    }

    /** The model with the IR version that its opset came with, and nothing that this version does not know. */
    static Model ofOpset(Model model) {
        int ml = (int) Math.min(BY_ML_OPSET.length, model.opsetImports().getOrDefault("ai.onnx.ml", 1L));
        long version = Math.max(BY_OPSET[(int) (model.opset() - Opsets.OLDEST)], BY_ML_OPSET[Math.max(1, ml) - 1]);
        return with(model, version, new IrVersion(version).mainGraph(model.graph()));
    }

    /** The model with the house's IR version; origins that were kept in documentation texts come back. */
    static Model inHouse(Model model) {
        return with(model, Model.HOUSE_IR_VERSION, new IrVersion(Model.HOUSE_IR_VERSION).graph(model.graph()));
    }

    private static Model with(Model model, long version, Graph graph) {
        return new Model(
                version,
                model.opsetImports(),
                graph,
                model.functions(),
                model.producerName(),
                model.producerVersion(),
                model.domain(),
                model.modelVersion(),
                model.doc(),
                model.metadata());
    }

    private Graph mainGraph(Graph graph) {
        Graph inner = graph(graph);
        if (version > LAST_WITH_INITIALIZERS_AS_INPUTS) {
            return inner;
        }
        List<Value> inputs = new ArrayList<>(inner.inputs());
        inner.initializers().forEach((name, tensor) -> {
            if (inputs.stream().noneMatch(input -> input.name().equals(name))) {
                inputs.add(Value.tensor(name, tensor.type(), tensor.shape()));
            }
        });
        return new Graph(
                inner.name(),
                inputs,
                inner.outputs(),
                inner.nodes(),
                inner.initializers(),
                inner.doc(),
                inner.metadata());
    }

    /** A subgraph; its inputs are counted, so in old versions its constants become nodes. */
    private Graph subgraph(Graph graph) {
        Graph inner = graph(graph);
        if (version > LAST_WITH_INITIALIZERS_AS_INPUTS || inner.initializers().isEmpty()) {
            return inner;
        }
        List<Node> nodes = new ArrayList<>();
        inner.initializers().forEach((name, tensor) -> nodes.add(constant(name, tensor)));
        nodes.addAll(inner.nodes());
        return new Graph(inner.name(), inner.inputs(), inner.outputs(), nodes, Map.of(), inner.doc(), inner.metadata());
    }

    private static Node constant(String name, Tensor tensor) {
        Value value = Value.tensor(name, tensor.type(), tensor.shape());
        return Node.of(name, "Constant", List.of(), List.of(value), Attributes.NONE.with("value", tensor));
    }

    private Graph graph(Graph graph) {
        return new Graph(
                graph.name(),
                graph.inputs(),
                graph.outputs(),
                graph.nodes().stream().map(this::node).toList(),
                graph.initializers(),
                graph.doc(),
                version >= FIRST_WITH_METADATA ? graph.metadata() : Map.of());
    }

    private Node node(Node node) {
        Attributes attributes = node.attributes();
        for (var entry : node.attributes().values().entrySet()) {
            if (entry.getValue() instanceof Attribute.GraphValue subgraph) {
                attributes = attributes.with(entry.getKey(), subgraph(subgraph.value()));
            } else if (entry.getValue() instanceof Attribute.GraphsValue subgraphs) {
                attributes = attributes.with(
                        entry.getKey(),
                        new Attribute.GraphsValue(
                                subgraphs.values().stream().map(this::subgraph).toList()));
            }
        }
        Origin origin = node.origin();
        boolean inDoc = !origin.equals(Origin.NONE) && origin.equals(Origin.ofDoc(node.doc()));
        String doc = node.doc();
        Map<String, String> metadata = new LinkedHashMap<>();
        if (version >= FIRST_WITH_METADATA) {
            doc = inDoc ? "" : doc;
            metadata.putAll(origin.toMetadata());
            metadata.putAll(node.metadata());
        } else if (doc.isEmpty()) {
            doc = origin.toDoc();
        }
        return new Node(
                node.name(),
                node.domain(),
                node.op(),
                node.overload(),
                node.inputs(),
                node.outputs(),
                attributes,
                doc,
                metadata);
    }
}
