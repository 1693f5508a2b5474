package dev.entrepot.onnx.schema;

import java.util.Locale;

/** The kinds of attribute values. Source: ONNX {@code AttributeProto.AttributeType}, less UNDEFINED. */
public enum AttributeType {
    FLOAT,
    INT,
    STRING,
    TENSOR,
    GRAPH,
    SPARSE_TENSOR,
    TYPE_PROTO,
    FLOATS,
    INTS,
    STRINGS,
    TENSORS,
    GRAPHS,
    SPARSE_TENSORS,
    TYPE_PROTOS;

    /** The kind as ONNX's text syntax and documentation write it, such as {@code ints}. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether values are lists. */
    public boolean isList() {
        return ordinal() >= FLOATS.ordinal();
    }

    /** The kind of one element of a list: INT for INTS. A kind that is no list is its own element. */
    public AttributeType element() {
        return isList() ? values()[ordinal() - FLOATS.ordinal()] : this;
    }
}
