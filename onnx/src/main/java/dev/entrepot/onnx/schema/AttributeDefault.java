package dev.entrepot.onnx.schema;

import java.util.List;

/** What holds when a node does not give an attribute. The five kinds of values are those that occur in ONNX. */
public sealed interface AttributeDefault {

    /** The node must give the attribute. */
    record Required() implements AttributeDefault {}

    /** The attribute may be absent, and its absence has a meaning of its own, told in the operator's text. */
    record Absent() implements AttributeDefault {}

    /** A float32. */
    record FloatDefault(float value) implements AttributeDefault {}

    /** An int64. */
    record IntDefault(long value) implements AttributeDefault {}

    /** A string. */
    record StringDefault(String value) implements AttributeDefault {}

    /** A list of int64. */
    record IntsDefault(List<Long> values) implements AttributeDefault {
        public IntsDefault {
            values = List.copyOf(values);
        }
    }

    /** A list of strings. */
    record StringsDefault(List<String> values) implements AttributeDefault {
        public StringsDefault {
            values = List.copyOf(values);
        }
    }
}
