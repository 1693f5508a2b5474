package dev.entrepot.onnx.io;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.AttributeKind;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.onnx.io.ProtoFields.AttributeProto;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;

/** Turns attributes into the fields of {@code AttributeProto}. */
final class AttributeEncoder {

    private final ModelEncoder graphs;
    private final TensorEncoder tensors;

    AttributeEncoder(ModelEncoder graphs, TensorEncoder tensors) {
        this.graphs = graphs;
        this.tensors = tensors;
    }

    void attribute(FieldSink sink, String name, Attribute attribute) throws IOException {
        sink.text(AttributeProto.NAME, name);
        value(sink, attribute);
        if (attribute instanceof Attribute.Reference reference) {
            sink.optionalInt64(AttributeProto.TYPE, kindCode(reference));
            sink.text(AttributeProto.REF_ATTR_NAME, reference.attributeName());
        } else {
            sink.int64(AttributeProto.TYPE, AttributeKind.of(attribute).code());
        }
    }

    private static int kindCode(Attribute.Reference reference) {
        return AttributeKind.ofKeyword(reference.type())
                .map(AttributeKind::code)
                .orElse(0);
    }

    private void value(FieldSink sink, Attribute attribute) throws IOException {
        if (attribute instanceof Attribute.FloatValue found) {
            sink.float32(AttributeProto.F, found.value());
        } else if (attribute instanceof Attribute.IntValue found) {
            sink.int64(AttributeProto.I, found.value());
        } else if (attribute instanceof Attribute.StringValue found) {
            sink.text(AttributeProto.S, found.value());
        } else if (attribute instanceof Attribute.TensorValue found) {
            sink.message(AttributeProto.T, body -> tensors.unnamed(body, found.value()));
        } else if (attribute instanceof Attribute.GraphValue found) {
            sink.message(AttributeProto.G, body -> graphs.graph(body, found.value()));
        } else if (attribute instanceof Attribute.TypeValue found) {
            sink.message(AttributeProto.TP, body -> TypeEncoder.type(body, found.value()));
        } else {
            list(sink, attribute);
        }
    }

    private void list(FieldSink sink, Attribute attribute) throws IOException {
        if (attribute instanceof Attribute.FloatsValue found) {
            for (float value : found.values()) {
                sink.float32(AttributeProto.FLOATS, value);
            }
        } else if (attribute instanceof Attribute.IntsValue found) {
            for (long value : found.values()) {
                sink.int64(AttributeProto.INTS, value);
            }
        } else if (attribute instanceof Attribute.StringsValue found) {
            sink.texts(AttributeProto.STRINGS, found.values());
        } else if (attribute instanceof Attribute.TensorsValue found) {
            for (Tensor value : found.values()) {
                sink.message(AttributeProto.TENSORS, body -> tensors.unnamed(body, value));
            }
        } else if (attribute instanceof Attribute.GraphsValue found) {
            for (Graph value : found.values()) {
                sink.message(AttributeProto.GRAPHS, body -> graphs.graph(body, value));
            }
        } else if (attribute instanceof Attribute.TypesValue found) {
            for (ValueType value : found.values()) {
                sink.message(AttributeProto.TYPE_PROTOS, body -> TypeEncoder.type(body, value));
            }
        }
    }
}
