package dev.entrepot.onnx.io;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.AttributeKind;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Scope;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.onnx.io.ProtoFields.AttributeProto;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads one {@code AttributeProto}. */
final class AttributeReader {

    /** An attribute and its name. */
    record Named(String name, Attribute attribute) {}

    private static final int SPARSE_TENSOR = 11;
    private static final int SPARSE_TENSORS = 12;

    private final Message message;
    private final GraphReader graphs;
    private final Scope scope;
    private final Set<Integer> valueFields = new TreeSet<>();
    private String name = "";
    private String reference = "";
    private int type;
    private float f;
    private long i;
    private String s = "";
    private final List<Float> floats = new ArrayList<>();
    private final List<Long> ints = new ArrayList<>();
    private final List<String> strings = new ArrayList<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private final List<Graph> graphValues = new ArrayList<>();
    private final List<ValueType> types = new ArrayList<>();

    private AttributeReader(Message message, GraphReader graphs, Scope scope) {
        this.message = message;
        this.graphs = graphs;
        this.scope = scope;
    }

    /** Reads an attribute of a node that sees {@code scope}. */
    static Named read(Message message, GraphReader graphs, Scope scope) {
        AttributeReader reader = new AttributeReader(message, graphs, scope);
        while (message.next()) {
            reader.field();
        }
        if (reader.name.isEmpty()) {
            throw message.malformed("has no name");
        }
        return new Named(reader.name, reader.attribute());
    }

    private void field() {
        switch (message.number()) {
            case AttributeProto.NAME -> name = message.name();
            case AttributeProto.REF_ATTR_NAME -> reference = message.name();
            case AttributeProto.TYPE -> type = message.int32();
            default -> value(message.number());
        }
    }

    private void value(int field) {
        switch (field) {
            case AttributeProto.F -> f = message.float32();
            case AttributeProto.I -> i = message.int64();
            case AttributeProto.S -> s = message.text();
            case AttributeProto.T, AttributeProto.TENSORS -> tensors.add(tensor());
            case AttributeProto.G, AttributeProto.GRAPHS -> graphValues.add(graph());
            case AttributeProto.TP, AttributeProto.TYPE_PROTOS ->
                types.add(TypeReader.readType(message.child("type", types.size()), 1));
            case AttributeProto.FLOATS -> message.fixed32s(bits -> element(floats, Float.intBitsToFloat((int) bits)));
            case AttributeProto.INTS -> message.varints(value -> element(ints, value));
            case AttributeProto.STRINGS -> element(strings, message.text());
            case AttributeProto.SPARSE_TENSOR, AttributeProto.SPARSE_TENSORS ->
                throw message.unsupported(
                        "attribute \"" + name + "\" is a sparse tensor; only dense ones are supported");
            default -> {
                return;
            }
        }
        valueFields.add(field);
    }

    private <T> void element(List<T> list, T element) {
        int limit = message.budget().limits().attributeElements();
        if (list.size() == limit) {
            throw message.limitExceeded("attribute \"" + name + "\" has more than " + limit + " elements, the limit");
        }
        message.item();
        list.add(element);
    }

    private Tensor tensor() {
        ByteSource bytes = message.bytes();
        return graphs.tensor(message.child("t", tensors.size()), bytes).tensor();
    }

    private Graph graph() {
        ByteSource bytes = message.bytes();
        return graphs.subgraph(message.child("g", graphValues.size()), bytes, scope);
    }

    private Attribute attribute() {
        if (!reference.isEmpty()) {
            return new Attribute.Reference(
                    reference, type == 0 ? "" : kindOf(type).keyword());
        }
        AttributeKind kind = type == 0 ? guess() : kindOf(type);
        Set<Integer> others = new TreeSet<>(valueFields);
        others.remove(fieldOf(kind));
        if (!others.isEmpty()) {
            throw message.malformed(
                    "attribute \"" + name + "\" is of type " + kind + " but has a value in the fields " + others);
        }
        return switch (kind) {
            case FLOAT -> new Attribute.FloatValue(f);
            case INT -> new Attribute.IntValue(i);
            case STRING -> new Attribute.StringValue(s);
            case TENSOR -> new Attribute.TensorValue(only(tensors));
            case GRAPH -> new Attribute.GraphValue(only(graphValues));
            case TYPE_PROTO -> new Attribute.TypeValue(only(types));
            case FLOATS -> new Attribute.FloatsValue(floats);
            case INTS -> new Attribute.IntsValue(ints);
            case STRINGS -> new Attribute.StringsValue(strings);
            case TENSORS -> new Attribute.TensorsValue(tensors);
            case GRAPHS -> new Attribute.GraphsValue(graphValues);
            case TYPE_PROTOS -> new Attribute.TypesValue(types);
        };
    }

    private AttributeKind kindOf(int code) {
        if (code == SPARSE_TENSOR || code == SPARSE_TENSORS) {
            throw message.unsupported("attribute \"" + name + "\" is a sparse tensor; only dense ones are supported");
        }
        return AttributeKind.ofCode(code)
                .orElseThrow(() -> message.malformed("has the attribute type " + code + ", which is not known"));
    }

    private static int fieldOf(AttributeKind kind) {
        return switch (kind) {
            case FLOAT -> AttributeProto.F;
            case INT -> AttributeProto.I;
            case STRING -> AttributeProto.S;
            case TENSOR -> AttributeProto.T;
            case GRAPH -> AttributeProto.G;
            case FLOATS -> AttributeProto.FLOATS;
            case INTS -> AttributeProto.INTS;
            case STRINGS -> AttributeProto.STRINGS;
            case TENSORS -> AttributeProto.TENSORS;
            case GRAPHS -> AttributeProto.GRAPHS;
            case TYPE_PROTO -> AttributeProto.TP;
            case TYPE_PROTOS -> AttributeProto.TYPE_PROTOS;
        };
    }

    /** Files of ONNX's first versions do not give the type. */
    private AttributeKind guess() {
        for (AttributeKind kind : AttributeKind.values()) {
            if (valueFields.contains(fieldOf(kind))) {
                return kind;
            }
        }
        throw message.malformed("attribute \"" + name + "\" has neither a type nor a value");
    }

    private <T> T only(List<T> values) {
        if (values.size() != 1) {
            throw message.malformed("attribute \"" + name + "\" has " + values.size() + " values, expected one");
        }
        return values.get(0);
    }
}
