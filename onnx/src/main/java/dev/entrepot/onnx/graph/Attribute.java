package dev.entrepot.onnx.graph;

import dev.entrepot.tensor.Tensor;
import java.util.List;

/** The value of a node's attribute. Source: ONNX {@code AttributeProto}. */
public sealed interface Attribute {

    /** A float32. */
    record FloatValue(float value) implements Attribute {}

    /** An int64. */
    record IntValue(long value) implements Attribute {}

    /** A UTF-8 string. */
    record StringValue(String value) implements Attribute {}

    /** A tensor. */
    record TensorValue(Tensor value) implements Attribute {}

    /** A subgraph, which sees the values of the graphs around it. */
    record GraphValue(Graph value) implements Attribute {}

    /** A type. */
    record TypeValue(ValueType value) implements Attribute {}

    /** A list of float32. */
    record FloatsValue(List<Float> values) implements Attribute {
        public FloatsValue {
            values = List.copyOf(values);
        }
    }

    /** A list of int64. */
    record IntsValue(List<Long> values) implements Attribute {
        public IntsValue {
            values = List.copyOf(values);
        }
    }

    /** A list of UTF-8 strings. */
    record StringsValue(List<String> values) implements Attribute {
        public StringsValue {
            values = List.copyOf(values);
        }
    }

    /** A list of tensors. */
    record TensorsValue(List<Tensor> values) implements Attribute {
        public TensorsValue {
            values = List.copyOf(values);
        }
    }

    /** A list of subgraphs. */
    record GraphsValue(List<Graph> values) implements Attribute {
        public GraphsValue {
            values = List.copyOf(values);
        }
    }

    /** A list of types. */
    record TypesValue(List<ValueType> values) implements Attribute {
        public TypesValue {
            values = List.copyOf(values);
        }
    }

    /**
     * Inside a model-local function: the value of the function's own attribute of this name.
     *
     * @param attributeName the function's attribute
     * @param type the kind of value as ONNX's text syntax has it, such as {@code int} or {@code floats}; may be empty
     */
    record Reference(String attributeName, String type) implements Attribute {}
}
