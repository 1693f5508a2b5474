package dev.entrepot.onnx.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One application of an operator. Source: ONNX {@code NodeProto}.
 *
 * @param name the node's name, may be empty
 * @param domain the operator's domain, empty for ai.onnx
 * @param op the operator's name
 * @param overload the overload of a model-local function, usually empty
 * @param inputs the inputs; {@link Value#NONE} where an optional one is left out
 * @param outputs the outputs; {@link Value#NONE} where an optional one is left out
 * @param attributes the attributes
 * @param doc the documentation text, may be empty
 * @param metadata {@code metadata_props}, where {@link Origin} is kept
 */
public record Node(
        String name,
        String domain,
        String op,
        String overload,
        List<Value> inputs,
        List<Value> outputs,
        Attributes attributes,
        String doc,
        Map<String, String> metadata) {

    public Node {
        domain = domain.equals("ai.onnx") ? "" : domain;
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** A node of the ai.onnx domain. */
    public static Node of(String name, String op, List<Value> inputs, List<Value> outputs, Attributes attributes) {
        return new Node(name, "", op, "", inputs, outputs, attributes, "", Map.of());
    }

    /** The input at {@code index}, or {@link Value#NONE} if there are not so many. */
    public Value input(int index) {
        return index < inputs.size() ? inputs.get(index) : Value.NONE;
    }

    /** Where this node came from. */
    public Origin origin() {
        Origin origin = Origin.of(metadata);
        return origin.equals(Origin.NONE) ? Origin.ofDoc(doc) : origin;
    }

    /** This node with other inputs and outputs. */
    public Node with(List<Value> newInputs, List<Value> newOutputs) {
        return new Node(name, domain, op, overload, newInputs, newOutputs, attributes, doc, metadata);
    }

    /** This node with other attributes. */
    public Node with(Attributes newAttributes) {
        return new Node(name, domain, op, overload, inputs, outputs, newAttributes, doc, metadata);
    }

    /** This node with more metadata. */
    public Node withMetadata(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(metadata);
        all.putAll(more);
        return new Node(name, domain, op, overload, inputs, outputs, attributes, doc, all);
    }
}
