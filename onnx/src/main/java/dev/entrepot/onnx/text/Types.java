package dev.entrepot.onnx.text;

import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;

/** Prints types; see {@link TypeParser}. */
final class Types {

    private Types() {}

    /** The type as it stands before a name; empty if nothing is known. */
    static String print(ValueType type) {
        if (type instanceof ValueType.TensorType tensor) {
            return tensor(tensor.type(), tensor.shape());
        }
        if (type instanceof ValueType.SparseTensorType tensor) {
            return "sparse_tensor(" + tensor(tensor.type(), tensor.shape()) + ")";
        }
        if (type instanceof ValueType.SequenceType sequence) {
            return "seq(" + print(sequence.element()) + ")";
        }
        if (type instanceof ValueType.OptionalType optional) {
            return "optional(" + print(optional.element()) + ")";
        }
        if (type instanceof ValueType.MapType map) {
            return "map(" + map.key().onnxName() + ", " + print(map.value()) + ")";
        }
        if (type instanceof ValueType.OpaqueType opaque) {
            return "opaque(" + (opaque.domain().isEmpty() ? "" : opaque.domain() + ",") + opaque.name() + ")";
        }
        return "";
    }

    private static String tensor(DataType type, Shape shape) {
        if (!shape.ranked()) {
            return type.onnxName() + "[]";
        }
        if (shape.dims().isEmpty()) {
            return type.onnxName();
        }
        StringBuilder out = new StringBuilder(type.onnxName());
        String separator = "[";
        for (Dim dim : shape.dims()) {
            out.append(separator);
            separator = ",";
            if (dim instanceof Dim.Symbol symbol) {
                Names.name(out, symbol.name());
            } else {
                out.append(dim);
            }
        }
        return out.append(']').toString();
    }
}
