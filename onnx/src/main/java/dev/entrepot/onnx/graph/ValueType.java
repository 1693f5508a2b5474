package dev.entrepot.onnx.graph;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;

/** The type of a value. Source: ONNX {@code TypeProto}. */
public sealed interface ValueType {

    /** Nothing is known. */
    ValueType UNKNOWN = new UnknownType();

    /** A tensor type. */
    static TensorType tensor(DataType type, Shape shape) {
        return new TensorType(type, shape);
    }

    /** A dense tensor. */
    record TensorType(DataType type, Shape shape) implements ValueType {
        /** {@code float32[1, 3, 224, 224]}. */
        @Override
        public String toString() {
            return type.numpyName() + shape;
        }
    }

    /** A sparse tensor. */
    record SparseTensorType(DataType type, Shape shape) implements ValueType {}

    /** A list of values of one type. */
    record SequenceType(ValueType element) implements ValueType {}

    /** A value that may be missing. */
    record OptionalType(ValueType element) implements ValueType {}

    /** A dictionary. */
    record MapType(DataType key, ValueType value) implements ValueType {}

    /**
     * A type that only its operators understand.
     *
     * @param domain the type's domain, may be empty
     * @param name the type's name
     */
    record OpaqueType(String domain, String name) implements ValueType {}

    /** See {@link #UNKNOWN}. */
    record UnknownType() implements ValueType {}
}
