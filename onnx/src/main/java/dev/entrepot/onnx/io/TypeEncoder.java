package dev.entrepot.onnx.io;

import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.onnx.io.ProtoFields.TensorShapeProto;
import dev.entrepot.onnx.io.ProtoFields.TypeProto;
import dev.entrepot.onnx.io.ProtoFields.ValueInfoProto;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.io.IOException;

/** Turns values and types into the fields of {@code ValueInfoProto} and {@code TypeProto}. */
final class TypeEncoder {

    private TypeEncoder() {}

    static void value(FieldSink sink, Value value) throws IOException {
        sink.text(ValueInfoProto.NAME, value.name());
        if (!value.type().equals(ValueType.UNKNOWN)) {
            sink.message(ValueInfoProto.TYPE, type -> type(type, value.type()));
        }
    }

    static void type(FieldSink sink, ValueType type) throws IOException {
        if (type instanceof ValueType.TensorType tensor) {
            sink.message(TypeProto.TENSOR_TYPE, body -> tensor(body, tensor.type(), tensor.shape()));
        } else if (type instanceof ValueType.SparseTensorType tensor) {
            sink.message(TypeProto.SPARSE_TENSOR_TYPE, body -> tensor(body, tensor.type(), tensor.shape()));
        } else if (type instanceof ValueType.SequenceType sequence) {
            sink.message(TypeProto.SEQUENCE_TYPE, body -> element(body, TypeProto.ELEM_TYPE, sequence.element()));
        } else if (type instanceof ValueType.OptionalType optional) {
            sink.message(TypeProto.OPTIONAL_TYPE, body -> element(body, TypeProto.ELEM_TYPE, optional.element()));
        } else if (type instanceof ValueType.MapType map) {
            sink.message(TypeProto.MAP_TYPE, body -> {
                body.int64(TypeProto.MAP_KEY_TYPE, map.key().code());
                element(body, TypeProto.MAP_VALUE_TYPE, map.value());
            });
        } else if (type instanceof ValueType.OpaqueType opaque) {
            sink.message(TypeProto.OPAQUE_TYPE, body -> {
                body.optionalText(TypeProto.OPAQUE_DOMAIN, opaque.domain());
                body.optionalText(TypeProto.OPAQUE_NAME, opaque.name());
            });
        }
    }

    private static void element(FieldSink sink, int field, ValueType element) throws IOException {
        if (!element.equals(ValueType.UNKNOWN)) {
            sink.message(field, type -> type(type, element));
        }
    }

    private static void tensor(FieldSink sink, DataType type, Shape shape) throws IOException {
        sink.int64(TypeProto.ELEM_TYPE, type.code());
        if (shape.ranked()) {
            sink.message(TypeProto.SHAPE, body -> {
                for (Dim dim : shape.dims()) {
                    body.message(TensorShapeProto.DIM, size -> dim(size, dim));
                }
            });
        }
    }

    private static void dim(FieldSink sink, Dim dim) throws IOException {
        if (dim instanceof Dim.Known known) {
            sink.int64(TensorShapeProto.DIM_VALUE, known.value());
        } else if (dim instanceof Dim.Symbol symbol) {
            sink.text(TensorShapeProto.DIM_PARAM, symbol.name());
        }
    }
}
