package dev.entrepot.onnx.graph;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A model-local function. Source: ONNX {@code FunctionProto}.
 *
 * @param domain the function's domain
 * @param name the function's name
 * @param overload the overload, usually empty
 * @param inputs the names of the formal inputs
 * @param outputs the names of the formal outputs
 * @param attributeNames the attributes without a default
 * @param attributeDefaults the attributes with a default
 * @param nodes the body
 * @param opsetImports the opsets the body is written in, by domain
 * @param doc the documentation text, may be empty
 * @param metadata {@code metadata_props}
 */
public record Function(
        String domain,
        String name,
        String overload,
        List<String> inputs,
        List<String> outputs,
        List<String> attributeNames,
        Attributes attributeDefaults,
        List<Node> nodes,
        Map<String, Long> opsetImports,
        String doc,
        Map<String, String> metadata) {

    public Function {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributeNames = List.copyOf(attributeNames);
        nodes = List.copyOf(nodes);
        opsetImports = Collections.unmodifiableMap(new LinkedHashMap<>(opsetImports));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** The values of the body, in the order they are named, as far as anything is known of their types. */
    public List<Value> typedValues() {
        Set<String> seen = new HashSet<>();
        return nodes.stream()
                .flatMap(node -> Stream.concat(node.inputs().stream(), node.outputs().stream()))
                .filter(value -> !value.type().equals(ValueType.UNKNOWN) && seen.add(value.name()))
                .toList();
    }
}
