package dev.entrepot.onnx.io;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Function;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Scope;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.io.ProtoFields.FunctionProto;
import dev.entrepot.onnx.io.ProtoFields.ModelProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code ModelProto} and {@code FunctionProto}. Training information and device placement are left out. */
final class ModelReader {

    private final GraphReader graphs;
    private final Map<String, Long> opsetImports = new LinkedHashMap<>();
    private final List<Function> functions = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private long irVersion;
    private long modelVersion;
    private String producerName = "";
    private String producerVersion = "";
    private String domain = "";
    private String doc = "";
    private @Nullable Graph graph;

    private ModelReader(GraphReader graphs) {
        this.graphs = graphs;
    }

    static Model read(Message message, GraphReader graphs) {
        ModelReader reader = new ModelReader(graphs);
        while (message.next()) {
            try {
                reader.field(message);
            } catch (ModelException e) {
                message.budget().note(e);
            }
        }
        Graph graph = reader.graph;
        if (graph == null) {
            message.budget().throwIfAny();
            throw message.malformed("has no graph: this is not an ONNX model");
        }
        message.budget().throwIfAny();
        return new Model(
                reader.irVersion,
                reader.opsetImports,
                graph,
                reader.functions,
                reader.producerName,
                reader.producerVersion,
                reader.domain,
                reader.modelVersion,
                reader.doc,
                reader.metadata);
    }

    private void field(Message message) {
        switch (message.number()) {
            case ModelProto.IR_VERSION -> irVersion = message.int64();
            case ModelProto.PRODUCER_NAME -> producerName = message.name();
            case ModelProto.PRODUCER_VERSION -> producerVersion = message.name();
            case ModelProto.DOMAIN -> domain = message.name();
            case ModelProto.MODEL_VERSION -> modelVersion = message.int64();
            case ModelProto.DOC_STRING -> doc = message.text();
            case ModelProto.OPSET_IMPORT ->
                Entries.readOpset(message.child("opset_import", opsetImports.size()), opsetImports);
            case ModelProto.METADATA_PROPS -> Entries.read(message.child("metadata_props", metadata.size()), metadata);
            case ModelProto.GRAPH -> graph(message);
            case ModelProto.FUNCTIONS -> function(message);
            default -> {}
        }
    }

    private void graph(Message message) {
        if (graph != null) {
            throw message.malformed("has a second graph");
        }
        ByteSource bytes = message.bytes();
        graph = graphs.graph(message.child("graph"), bytes, Scope.outermost());
    }

    private void function(Message message) {
        ByteSource bytes = message.bytes();
        Budget.count(functions.size(), message.budget().limits().functions(), message.here(), "model", "functions");
        functions.add(function(message.child("functions", functions.size()), bytes));
    }

    private Function function(Message message, ByteSource bytes) {
        String functionDomain = "";
        String name = "";
        String overload = "";
        String functionDoc = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        List<String> attributeNames = new ArrayList<>();
        Map<String, Attribute> defaults = new LinkedHashMap<>();
        Map<String, Long> imports = new LinkedHashMap<>();
        Map<String, String> functionMetadata = new LinkedHashMap<>();
        List<Value> values = new ArrayList<>();
        Scope scope = Scope.outermost();
        while (message.next()) {
            switch (message.number()) {
                case FunctionProto.NAME -> name = message.name();
                case FunctionProto.DOMAIN -> functionDomain = Entries.canonical(message.name());
                case FunctionProto.OVERLOAD -> overload = message.name();
                case FunctionProto.DOC_STRING -> functionDoc = message.text();
                case FunctionProto.INPUT -> inputs.add(listed(message));
                case FunctionProto.OUTPUT -> outputs.add(listed(message));
                case FunctionProto.ATTRIBUTE -> attributeNames.add(listed(message));
                case FunctionProto.ATTRIBUTE_PROTO ->
                    graphs.attribute(message.child("attribute_proto", defaults.size()), scope, defaults);
                case FunctionProto.OPSET_IMPORT ->
                    Entries.readOpset(message.child("opset_import", imports.size()), imports);
                case FunctionProto.VALUE_INFO ->
                    values.add(TypeReader.readValue(message.child("value_info", values.size())));
                case FunctionProto.METADATA_PROPS ->
                    Entries.read(message.child("metadata_props", functionMetadata.size()), functionMetadata);
                default -> {}
            }
        }
        if (name.isEmpty()) {
            throw message.malformed("has no name");
        }
        values.forEach(scope::declare);
        List<Node> nodes = graphs.nodes(message.again(bytes), FunctionProto.NODE, scope);
        return new Function(
                functionDomain,
                name,
                overload,
                inputs,
                outputs,
                attributeNames,
                new Attributes(defaults),
                nodes,
                imports,
                functionDoc,
                functionMetadata);
    }

    private static String listed(Message message) {
        message.item();
        return message.name();
    }
}
