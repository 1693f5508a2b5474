package dev.entrepot.onnx.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model: a graph and the versions of the languages it is written in. Source: ONNX {@code ModelProto}.
 *
 * @param irVersion the version of the file format
 * @param opsetImports the operator set version by domain; the empty domain is ai.onnx
 * @param graph the graph
 * @param functions the model-local functions
 * @param producerName the tool that wrote it
 * @param producerVersion that tool's version
 * @param domain the model's name space, reverse DNS, may be empty
 * @param modelVersion the model's own version
 * @param doc the documentation text, may be empty
 * @param metadata {@code metadata_props}
 */
public record Model(
        long irVersion,
        Map<String, Long> opsetImports,
        Graph graph,
        List<Function> functions,
        String producerName,
        String producerVersion,
        String domain,
        long modelVersion,
        String doc,
        Map<String, String> metadata) {

    /** The operator set that importers emit and exporters accept. */
    public static final long HOUSE_OPSET = 20;

    /** The file format version of our own models: the first whose nodes have {@code metadata_props}. */
    public static final long HOUSE_IR_VERSION = 10;

    public Model {
        opsetImports = Collections.unmodifiableMap(new LinkedHashMap<>(opsetImports));
        functions = List.copyOf(functions);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** A model of ours in the house opset. */
    public static Model of(Graph graph, Map<String, String> metadata) {
        return new Model(
                HOUSE_IR_VERSION, Map.of("", HOUSE_OPSET), graph, List.of(), "entrepot", "", "", 0, "", metadata);
    }

    /** The version of the ai.onnx operator set, or 1 if none is imported. */
    public long opset() {
        return opsetImports.getOrDefault("", 1L);
    }

    /** This model with another graph. */
    public Model withGraph(Graph newGraph) {
        return new Model(
                irVersion,
                opsetImports,
                newGraph,
                functions,
                producerName,
                producerVersion,
                domain,
                modelVersion,
                doc,
                metadata);
    }
}
