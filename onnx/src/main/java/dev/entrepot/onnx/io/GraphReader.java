package dev.entrepot.onnx.io;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Scope;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.io.ProtoFields.GraphProto;
import dev.entrepot.onnx.io.ProtoFields.NodeProto;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code GraphProto} and {@code NodeProto}. A graph is walked twice: the types of values, which stand behind the nodes, come first.
 *
 * <p>A fault in one node, tensor or value is noted and the others are still read.
 */
final class GraphReader {

    private final ExternalData externalData;
    private final int depth;

    GraphReader(ExternalData externalData) {
        this(externalData, 0);
    }

    private GraphReader(ExternalData externalData, int depth) {
        this.externalData = externalData;
        this.depth = depth;
    }

    /** Reads the graph of which {@code bytes} is the whole message. */
    Graph graph(Message message, ByteSource bytes, Scope scope) {
        String name = "";
        String doc = "";
        List<Value> inputs = new ArrayList<>();
        List<Value> outputs = new ArrayList<>();
        List<Value> others = new ArrayList<>();
        Map<String, Tensor> initializers = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        while (message.next()) {
            try {
                switch (message.number()) {
                    case GraphProto.NAME -> name = message.name();
                    case GraphProto.DOC_STRING -> doc = message.text();
                    case GraphProto.INPUT -> inputs.add(TypeReader.readValue(message.child("input", inputs.size())));
                    case GraphProto.OUTPUT ->
                        outputs.add(TypeReader.readValue(message.child("output", outputs.size())));
                    case GraphProto.VALUE_INFO ->
                        others.add(TypeReader.readValue(message.child("value_info", others.size())));
                    case GraphProto.INITIALIZER -> initializer(message, initializers);
                    case GraphProto.SPARSE_INITIALIZER ->
                        throw message.unsupported("has a sparse initializer; only dense ones are supported");
                    case GraphProto.METADATA_PROPS ->
                        Entries.read(message.child("metadata_props", metadata.size()), metadata);
                    default -> {}
                }
            } catch (ModelException e) {
                message.budget().note(e);
            }
        }
        inputs.forEach(scope::declare);
        outputs.forEach(scope::declare);
        initializers.forEach((key, tensor) -> scope.declare(Value.tensor(key, tensor.type(), tensor.shape())));
        others.forEach(scope::declare);
        List<Node> nodes = nodes(message.again(bytes), GraphProto.NODE, scope);
        return new Graph(name, inputs, outputs, nodes, initializers, doc, metadata);
    }

    /** Reads a graph that is an attribute of a node that sees {@code outer}. */
    Graph subgraph(Message message, ByteSource bytes, Scope outer) {
        int limit = message.budget().limits().graphDepth();
        if (depth == limit) {
            throw message.limitExceeded("is a subgraph more than " + limit + " deep, the limit");
        }
        return new GraphReader(externalData, depth + 1).graph(message, bytes, outer.inner());
    }

    TensorReader.Named tensor(Message message, ByteSource bytes) {
        return TensorReader.read(message, bytes, externalData);
    }

    /** Reads the nodes in the field {@code field} of a graph or function. */
    List<Node> nodes(Message message, int field, Scope scope) {
        List<Node> nodes = new ArrayList<>();
        int index = 0;
        while (message.next()) {
            if (message.number() != field) {
                continue;
            }
            message.budget().node(message.here());
            try {
                nodes.add(node(message.child("node", index++), scope));
            } catch (ModelException e) {
                message.budget().note(e);
            }
        }
        return nodes;
    }

    private void initializer(Message message, Map<String, Tensor> initializers) {
        ByteSource bytes = message.bytes();
        Message child = message.child("initializer", initializers.size());
        TensorReader.Named named = tensor(child, bytes);
        if (named.name().isEmpty()) {
            throw child.malformed("has no name");
        }
        if (initializers.putIfAbsent(named.name(), named.tensor()) != null) {
            throw child.malformed("is named \"" + named.name() + "\", as another initializer is");
        }
    }

    private Node node(Message message, Scope scope) {
        String name = "";
        String domain = "";
        String op = "";
        String overload = "";
        String doc = "";
        List<Value> inputs = new ArrayList<>();
        List<Value> outputs = new ArrayList<>();
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        while (message.next()) {
            switch (message.number()) {
                case NodeProto.INPUT -> inputs.add(value(message, scope));
                case NodeProto.OUTPUT -> outputs.add(value(message, scope));
                case NodeProto.NAME -> name = message.name();
                case NodeProto.OP_TYPE -> op = message.name();
                case NodeProto.DOMAIN -> domain = message.name();
                case NodeProto.OVERLOAD -> overload = message.name();
                case NodeProto.DOC_STRING -> doc = message.text();
                case NodeProto.ATTRIBUTE -> attribute(message.child("attribute", attributes.size()), scope, attributes);
                case NodeProto.METADATA_PROPS ->
                    Entries.read(message.child("metadata_props", metadata.size()), metadata);
                default -> {}
            }
        }
        if (op.isEmpty()) {
            throw message.malformed("has no op_type");
        }
        return new Node(name, domain, op, overload, inputs, outputs, new Attributes(attributes), doc, metadata);
    }

    private static Value value(Message message, Scope scope) {
        message.item();
        return scope.value(message.name());
    }

    /** Reads an attribute into {@code attributes}. */
    void attribute(Message message, Scope scope, Map<String, Attribute> attributes) {
        AttributeReader.Named named = AttributeReader.read(message, this, scope);
        if (attributes.putIfAbsent(named.name(), named.attribute()) != null) {
            throw message.malformed("is named \"" + named.name() + "\", as another attribute is");
        }
    }
}
