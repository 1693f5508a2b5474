package dev.entrepot.onnx.graph;

import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph: nodes in an order in which every value is made before it is used. Source: ONNX {@code GraphProto}.
 *
 * @param name the graph's name
 * @param inputs the inputs; in old models an input may also have an initializer, which is then its default
 * @param outputs the outputs
 * @param nodes the nodes
 * @param initializers the constant tensors by value name, in file order
 * @param doc the documentation text, may be empty
 * @param metadata {@code metadata_props}
 */
public record Graph(
        String name,
        List<Value> inputs,
        List<Value> outputs,
        List<Node> nodes,
        Map<String, Tensor> initializers,
        String doc,
        Map<String, String> metadata) {

    public Graph {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        nodes = List.copyOf(nodes);
        initializers = Collections.unmodifiableMap(new LinkedHashMap<>(initializers));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** A graph without documentation and metadata. */
    public static Graph of(
            String name, List<Value> inputs, List<Value> outputs, List<Node> nodes, Map<String, Tensor> initializers) {
        return new Graph(name, inputs, outputs, nodes, initializers, "", Map.of());
    }

    /** The values that nodes make and the graph does not declare, in node order, as far as anything is known of their types. */
    public List<Value> madeValues() {
        Set<String> seen = new HashSet<>(initializers.keySet());
        inputs.forEach(input -> seen.add(input.name()));
        outputs.forEach(output -> seen.add(output.name()));
        List<Value> made = new ArrayList<>();
        for (Node node : nodes) {
            for (Value output : node.outputs()) {
                if (!output.type().equals(ValueType.UNKNOWN) && seen.add(output.name())) {
                    made.add(output);
                }
            }
        }
        return made;
    }

    /** The number of elements of all initializers: the model's parameters. */
    public long parameterCount() {
        return initializers.values().stream().mapToLong(Tensor::elementCount).sum();
    }
}
