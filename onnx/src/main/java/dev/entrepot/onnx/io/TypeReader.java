package dev.entrepot.onnx.io;

import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.onnx.io.ProtoFields.TensorShapeProto;
import dev.entrepot.onnx.io.ProtoFields.TypeProto;
import dev.entrepot.onnx.io.ProtoFields.ValueInfoProto;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code TypeProto} and {@code ValueInfoProto}. Denotations and doc strings are left out. */
final class TypeReader {

    private TypeReader() {}

    static Value readValue(Message message) {
        String name = "";
        ValueType type = ValueType.UNKNOWN;
        while (message.next()) {
            switch (message.number()) {
                case ValueInfoProto.NAME -> name = message.name();
                case ValueInfoProto.TYPE -> type = readType(message.child("type"), 1);
                default -> {}
            }
        }
        if (name.isEmpty()) {
            throw message.malformed("has no name");
        }
        return new Value(name, type);
    }

    static ValueType readType(Message message, int depth) {
        int limit = message.budget().limits().typeDepth();
        if (depth > limit) {
            throw message.limitExceeded("is nested more than " + limit + " deep, the limit");
        }
        ValueType type = ValueType.UNKNOWN;
        while (message.next()) {
            ValueType found = readAlternative(message, depth);
            if (found == null) {
                continue;
            }
            if (!type.equals(ValueType.UNKNOWN)) {
                throw message.malformed("is two types at once");
            }
            type = found;
        }
        return type;
    }

    private static @Nullable ValueType readAlternative(Message message, int depth) {
        return switch (message.number()) {
            case TypeProto.TENSOR_TYPE -> readTensor(message.child("tensor_type"));
            case TypeProto.SPARSE_TENSOR_TYPE -> {
                ValueType.TensorType dense = readTensor(message.child("sparse_tensor_type"));
                yield new ValueType.SparseTensorType(dense.type(), dense.shape());
            }
            case TypeProto.SEQUENCE_TYPE ->
                new ValueType.SequenceType(readElement(message.child("sequence_type"), depth));
            case TypeProto.OPTIONAL_TYPE ->
                new ValueType.OptionalType(readElement(message.child("optional_type"), depth));
            case TypeProto.MAP_TYPE -> readMap(message.child("map_type"), depth);
            case TypeProto.OPAQUE_TYPE -> readOpaque(message.child("opaque_type"));
            default -> null;
        };
    }

    private static ValueType.TensorType readTensor(Message message) {
        DataType type = DataType.UNDEFINED;
        Shape shape = Shape.UNRANKED;
        while (message.next()) {
            switch (message.number()) {
                case TypeProto.ELEM_TYPE -> type = readDataType(message);
                case TypeProto.SHAPE -> shape = readShape(message.child("shape"));
                default -> {}
            }
        }
        return ValueType.tensor(type, shape);
    }

    private static ValueType readElement(Message message, int depth) {
        ValueType element = ValueType.UNKNOWN;
        while (message.next()) {
            if (message.number() == TypeProto.ELEM_TYPE) {
                element = readType(message.child("elem_type"), depth + 1);
            }
        }
        return element;
    }

    private static ValueType readMap(Message message, int depth) {
        DataType key = DataType.UNDEFINED;
        ValueType value = ValueType.UNKNOWN;
        while (message.next()) {
            switch (message.number()) {
                case TypeProto.MAP_KEY_TYPE -> key = readDataType(message);
                case TypeProto.MAP_VALUE_TYPE -> value = readType(message.child("value_type"), depth + 1);
                default -> {}
            }
        }
        return new ValueType.MapType(key, value);
    }

    private static ValueType readOpaque(Message message) {
        String domain = "";
        String name = "";
        while (message.next()) {
            switch (message.number()) {
                case TypeProto.OPAQUE_DOMAIN -> domain = message.name();
                case TypeProto.OPAQUE_NAME -> name = message.name();
                default -> {}
            }
        }
        return new ValueType.OpaqueType(domain, name);
    }

    private static Shape readShape(Message message) {
        List<Dim> dims = new ArrayList<>();
        while (message.next()) {
            if (message.number() == TensorShapeProto.DIM) {
                dims.add(readDim(message.child("dim", dims.size())));
            }
        }
        return Shape.of(dims);
    }

    /** A negative number or an empty name stands for nothing known: converters wrote -1 for a free batch size. */
    private static Dim readDim(Message message) {
        Dim dim = Dim.UNKNOWN;
        while (message.next()) {
            switch (message.number()) {
                case TensorShapeProto.DIM_VALUE -> dim = message.int64() < 0 ? Dim.UNKNOWN : Dim.of(message.int64());
                case TensorShapeProto.DIM_PARAM -> {
                    String symbol = message.name();
                    dim = symbol.isEmpty() ? Dim.UNKNOWN : Dim.of(symbol);
                }
                default -> {}
            }
        }
        return dim;
    }

    static DataType readDataType(Message message) {
        int code = message.int32();
        return DataType.ofCode(code)
                .orElseThrow(() -> message.unsupported("has the element type " + code + ", which is not known"));
    }
}
