package dev.entrepot.formats.torch.exported;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph: nodes in an order in which every value is made before it is used. Source: schema.py, Graph.
 *
 * @param inputs the inputs: names, or plain values that an example input had
 * @param outputs the outputs
 * @param nodes the nodes
 * @param tensorValues what is known of the tensors, by name
 * @param symIntValues the whole numbers that are not operands of the document, by name
 * @param symFloatValues the floating point numbers, by name
 * @param symBoolValues the truth values, by name
 * @param isSingleTensorReturn whether a subgraph returns a tensor, not a tuple of one
 */
public record Graph(
        List<Argument> inputs,
        List<Argument> outputs,
        List<Node> nodes,
        Map<String, TensorMeta> tensorValues,
        Map<String, SymValue> symIntValues,
        Map<String, SymValue> symFloatValues,
        Map<String, SymValue> symBoolValues,
        boolean isSingleTensorReturn) {

    public Graph {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        nodes = List.copyOf(nodes);
        tensorValues = ordered(tensorValues);
        symIntValues = ordered(symIntValues);
        symFloatValues = ordered(symFloatValues);
        symBoolValues = ordered(symBoolValues);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
