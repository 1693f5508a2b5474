package dev.entrepot.onnx.opset;

import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.onnx.graph.ValueType.TensorType;
import dev.entrepot.onnx.infer.Facts;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A graph or subgraph while it is converted: what is known of its values, and what it has become so far. */
final class Block {

    private final @Nullable Block outer;
    private final Facts facts;
    private final Map<String, ValueType> types = new HashMap<>();
    private final Map<String, Tensor> constants = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    Block(Graph graph, @Nullable Block outer, boolean initializersAreConstant) {
        this.outer = outer;
        this.facts = outer == null ? new Facts() : outer.facts.inner();
        Set<String> inputs = new HashSet<>();
        for (Value input : graph.inputs()) {
            inputs.add(input.name());
            learn(input);
        }
        graph.initializers().forEach((name, tensor) -> {
            learn(Value.tensor(name, tensor.type(), tensor.shape()));
            if (initializersAreConstant || !inputs.contains(name)) {
                facts.constant(name, tensor);
            }
        });
        graph.outputs().forEach(this::learn);
    }

    Facts facts() {
        return facts;
    }

    /** What the graph has become so far, in order. */
    List<Node> nodes() {
        return nodes;
    }

    /** The constants that were added. */
    Map<String, Tensor> constants() {
        return constants;
    }

    /** Adds a constant. */
    Value constant(String name, Tensor tensor) {
        constants.put(name, tensor);
        facts.constant(name, tensor);
        Value value = Value.tensor(name, tensor.type(), tensor.shape());
        learn(value);
        return value;
    }

    /** The value with all that is known of its type, here or in the graphs around. */
    Value typed(Value value) {
        for (Block block = this; block != null; block = block.outer) {
            ValueType known = block.types.get(value.name());
            if (known != null) {
                return value.withType(both(known, value.type()));
            }
        }
        return value;
    }

    List<Value> typed(List<Value> values) {
        return values.stream().map(this::typed).toList();
    }

    /** Notes what a value's type tells beyond what is known. */
    void learn(Value value) {
        if (!value.isNone()) {
            types.merge(value.name(), value.type(), (known, told) -> both(told, known));
        }
    }

    /** What two descriptions tell together; where they differ, the first stands. */
    private static ValueType both(ValueType first, ValueType second) {
        if (first instanceof TensorType a && second instanceof TensorType b) {
            return ValueType.tensor(a.type() == DataType.UNDEFINED ? b.type() : a.type(), both(a.shape(), b.shape()));
        }
        return first.equals(ValueType.UNKNOWN) ? second : first;
    }

    private static Shape both(Shape first, Shape second) {
        if (!first.ranked() || !second.ranked() || first.rank() != second.rank()) {
            return first.ranked() ? first : second;
        }
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < first.rank(); axis++) {
            Dim one = first.dim(axis);
            dims.add(one.isKnown() || !second.dim(axis).isKnown() ? one : second.dim(axis));
        }
        return Shape.of(dims);
    }
}
