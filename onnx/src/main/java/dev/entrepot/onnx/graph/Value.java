package dev.entrepot.onnx.graph;

import dev.entrepot.onnx.graph.ValueType.TensorType;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;

/**
 * A named value of a graph: an input, an initializer or a node's output. Its name identifies it.
 *
 * @param name the name, unique in its graph; empty only for {@link #NONE}
 * @param type what is known of its type
 */
public record Value(String name, ValueType type) {

    /** An optional input that is not given, or an optional output that is not wanted. */
    public static final Value NONE = new Value("", ValueType.UNKNOWN);

    /** A tensor value. */
    public static Value tensor(String name, DataType type, Shape shape) {
        return new Value(name, ValueType.tensor(type, shape));
    }

    /** Whether this is {@link #NONE}. */
    public boolean isNone() {
        return name.isEmpty();
    }

    /** The tensor's shape; {@link Shape#UNRANKED} if unknown or not a tensor. */
    public Shape shape() {
        return type instanceof TensorType tensor ? tensor.shape() : Shape.UNRANKED;
    }

    /** The tensor's element type; {@link DataType#UNDEFINED} if unknown or not a tensor. */
    public DataType dataType() {
        return type instanceof TensorType tensor ? tensor.type() : DataType.UNDEFINED;
    }

    /** This value under another name. */
    public Value withName(String newName) {
        return new Value(newName, type);
    }

    /** This value with another type. */
    public Value withType(ValueType newType) {
        return new Value(name, newType);
    }
}
