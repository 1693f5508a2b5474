package dev.entrepot.onnx.build;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Origin;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.onnx.infer.Facts;
import dev.entrepot.onnx.infer.Inference;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Grows a graph node by node in the house opset. Every value returned has its inferred type.
 *
 * <p>Names are made unique by a suffix. A value can be renamed later; nodes that already use it follow.
 */
public final class GraphBuilder {

    /** More than any real network has by far; a few lines of code with large numbers in them ask for more. */
    private static final int MOST_NODES = 1 << 17;

    private final String name;
    private final Names names;
    private final Facts facts;
    private final List<Value> inputs = new ArrayList<>();
    private final Set<String> optionalInputs = new HashSet<>();
    private final List<Value> outputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Tensor> initializers = new LinkedHashMap<>();
    private final Map<String, String> renamed = new HashMap<>();
    private Origin origin = Origin.NONE;

    /** An empty graph. */
    public GraphBuilder(String name) {
        this(name, new Names(), new Facts());
    }

    private GraphBuilder(String name, Names names, Facts facts) {
        this.name = name;
        this.names = names;
        this.facts = facts;
    }

    /** The names that a graph and its subgraphs have given, and how many nodes they were given to. */
    private static final class Names {
        private final Set<String> given = new HashSet<>();
        private final Map<String, Integer> lastSuffixes = new HashMap<>();
        private int nodes;

        String fresh(String wanted) {
            if (given.add(wanted)) {
                return wanted;
            }
            int suffix = lastSuffixes.getOrDefault(wanted, 0) + 1;
            while (!given.add(wanted + "_" + suffix)) {
                suffix++;
            }
            lastSuffixes.put(wanted, suffix);
            return wanted + "_" + suffix;
        }
    }

    /** An empty graph to be used as an attribute of a node here: it sees the values made here so far. */
    public GraphBuilder subgraph(String subgraphName) {
        GraphBuilder inner = new GraphBuilder(subgraphName, names, facts);
        inner.origin = origin;
        return inner;
    }

    /** The origin of the nodes that are added from now on; its layer name also begins their names. */
    public void origin(Origin next) {
        origin = next;
    }

    /** Keeps a name free for {@link #rename}: no value made from now on takes it by itself. */
    public void reserve(String reserved) {
        names.given.add(reserved);
    }

    /** Adds a graph input, whose name is taken as it is. */
    public Value input(String inputName, DataType type, Shape shape) {
        names.given.add(inputName);
        Value value = Value.tensor(inputName, type, shape);
        inputs.add(value);
        return value;
    }

    /** Adds an input of any type, such as a sequence, whose name is taken as it is. */
    public Value input(String inputName, ValueType type) {
        names.given.add(inputName);
        Value value = new Value(inputName, type);
        inputs.add(value);
        return value;
    }

    /** Adds a graph input that {@link #build} leaves out if nothing uses it. */
    public Value inputIfUsed(String inputName, DataType type, Shape shape) {
        optionalInputs.add(inputName);
        return input(inputName, type, shape);
    }

    /** Has {@link #build} leave an input out if nothing uses it. */
    public void leaveOutIfUnused(Value input) {
        optionalInputs.add(input.name());
    }

    /** Whether a value is an input of this graph. */
    public boolean isInput(Value value) {
        return inputs.contains(value);
    }

    /** Adds a constant whose name begins with the current layer's and ends with {@code role}, such as {@code weight}. */
    public Value constant(String role, Tensor tensor) {
        Value value = Value.tensor(fresh(qualified(role)), tensor.type(), tensor.shape());
        initializers.put(value.name(), tensor);
        facts.constant(value.name(), tensor);
        return value;
    }

    /** Adds a constant under its own name, with a suffix if that is taken: a weight keeps the name that it has in its source. */
    public Value initializer(String initializerName, Tensor tensor) {
        Value value = Value.tensor(fresh(initializerName), tensor.type(), tensor.shape());
        initializers.put(value.name(), tensor);
        facts.constant(value.name(), tensor);
        return value;
    }

    /** An int64 vector as a constant. */
    public Value ints(String role, long... values) {
        return constant(role, Tensor.vector(values));
    }

    /** An int64 scalar as a constant. */
    public Value integer(String role, long value) {
        return constant(role, Tensor.scalar(value));
    }

    /** A float32 scalar as a constant. */
    public Value scalar(String role, float value) {
        return constant(role, Tensor.scalar(value));
    }

    /**
     * A number as a scalar.
     *
     * @param type any number type or bool; types that the JVM has no number of are cast from float32 by a node
     */
    public Value scalar(String role, Number number, DataType type) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        switch (type) {
            case FLOAT -> bytes.putFloat(number.floatValue());
            case DOUBLE -> bytes.putDouble(number.doubleValue());
            case INT64, UINT64 -> bytes.putLong(number.longValue());
            case INT32, UINT32 -> bytes.putInt(number.intValue());
            case INT16, UINT16 -> bytes.putShort(number.shortValue());
            case INT8, UINT8 -> bytes.put(number.byteValue());
            case BOOL -> bytes.put((byte) (number.doubleValue() != 0 ? 1 : 0));
            default -> {
                return add("Cast", Attributes.of("to", type.code()), scalar(role, number, DataType.FLOAT));
            }
        }
        byte[] used = Arrays.copyOf(bytes.array(), bytes.position());
        return constant(role, new Tensor(type, Shape.SCALAR, TensorData.of(used)));
    }

    /** Adds a node with one output. */
    public Value add(String op, Attributes attributes, Value... nodeInputs) {
        return add(op, 1, attributes, List.of(nodeInputs)).get(0);
    }

    /** Adds a node with one output and no attributes. */
    public Value add(String op, Value... nodeInputs) {
        return add(op, 1, Attributes.NONE, List.of(nodeInputs)).get(0);
    }

    /**
     * Adds a node.
     *
     * @param op an operator of the ai.onnx domain in the house opset
     * @param outputCount how many outputs to ask for
     * @return the outputs, typed
     * @throws dev.entrepot.onnx.infer.InvalidNodeException if the node contradicts its operator
     * @throws ModelException if the graph and its subgraphs have too many nodes already
     */
    public List<Value> add(String op, int outputCount, Attributes attributes, List<Value> nodeInputs) {
        countNode(op);
        List<Value> untyped = new ArrayList<>();
        for (int i = 0; i < outputCount; i++) {
            untyped.add(Value.NONE.withName(fresh(qualified(op) + (outputCount > 1 ? "_" + i : ""))));
        }
        Node node = Node.of(
                        fresh("node:" + qualified(op)).substring("node:".length()), op, nodeInputs, untyped, attributes)
                .withMetadata(origin.toMetadata());
        List<Value> typed = Inference.infer(node, facts);
        nodes.add(node.with(nodeInputs, typed));
        return typed;
    }

    /** Gives a value of this graph another name, which must be free or {@link #reserve reserved}, everywhere. */
    public Value rename(Value value, String newName) {
        names.given.add(newName);
        renamed.put(value.name(), newName);
        Value moved = value.withName(newName);
        facts.alias(value, newName);
        return moved;
    }

    /** Makes a value a graph output under its own name. */
    public void output(Value value) {
        outputs.add(value);
    }

    /** The tensor of a constant. */
    public Optional<Tensor> constantOf(Value value) {
        return facts.constant(value);
    }

    /** What is known of the contents of values so far. */
    public Facts facts() {
        return facts;
    }

    /** The graph; nodes and constants that no output depends on are left out. */
    public Graph build() {
        List<Value> finalOutputs = outputs.stream().map(this::withFinalName).toList();
        Set<String> used = new HashSet<>();
        finalOutputs.forEach(output -> used.add(output.name()));
        List<Node> finalNodes = new ArrayList<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = withFinalNames(nodes.get(i));
            if (node.outputs().stream().anyMatch(output -> used.contains(output.name()))) {
                collectUses(node, used);
                finalNodes.add(node);
            }
        }
        Collections.reverse(finalNodes);
        Map<String, Tensor> constants = new LinkedHashMap<>();
        initializers.forEach((constant, tensor) -> {
            String finalName = finalName(constant);
            if (used.contains(finalName)) {
                constants.put(finalName, tensor);
            }
        });
        List<Value> usedInputs = inputs.stream()
                .filter(input -> used.contains(input.name()) || !optionalInputs.contains(input.name()))
                .toList();
        return Graph.of(name, usedInputs, finalOutputs, finalNodes, constants);
    }

    private String qualified(String role) {
        return origin.layer().isEmpty() ? role : origin.layer() + "/" + role;
    }

    private String fresh(String wanted) {
        return names.fresh(wanted);
    }

    private void countNode(String op) {
        if (++names.nodes > MOST_NODES) {
            throw ModelException.limitExceeded(
                    SourceLocation.file(origin.file()),
                    origin.layer().isEmpty() ? op : origin.layer(),
                    "the graph grows to more than " + MOST_NODES + " nodes, the limit");
        }
    }

    private Node withFinalNames(Node node) {
        Attributes attributes = node.attributes();
        for (var entry : attributes.values().entrySet()) {
            if (entry.getValue() instanceof Attribute.GraphValue subgraph) {
                attributes = attributes.with(entry.getKey(), withFinalNames(subgraph.value()));
            }
        }
        return node.with(attributes)
                .with(
                        node.inputs().stream().map(this::withFinalName).toList(),
                        node.outputs().stream().map(this::withFinalName).toList());
    }

    private Graph withFinalNames(Graph graph) {
        return new Graph(
                graph.name(),
                graph.inputs(),
                graph.outputs().stream().map(this::withFinalName).toList(),
                graph.nodes().stream().map(this::withFinalNames).toList(),
                graph.initializers(),
                graph.doc(),
                graph.metadata());
    }

    private Value withFinalName(Value value) {
        return value.withName(finalName(value.name()));
    }

    private String finalName(String current) {
        String found = current;
        for (String next = renamed.get(found); next != null; next = renamed.get(found)) {
            found = next;
        }
        return found;
    }

    private static void collectUses(Node node, Set<String> used) {
        node.inputs().forEach(input -> used.add(input.name()));
        for (Attribute attribute : node.attributes().values().values()) {
            if (attribute instanceof Attribute.GraphValue subgraph) {
                subgraph.value().outputs().forEach(output -> used.add(output.name()));
                subgraph.value().nodes().forEach(inner -> collectUses(inner, used));
            }
        }
    }
}
