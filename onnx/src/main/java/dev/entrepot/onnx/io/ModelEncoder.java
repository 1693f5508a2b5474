package dev.entrepot.onnx.io;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Function;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.io.ProtoFields.FunctionProto;
import dev.entrepot.onnx.io.ProtoFields.GraphProto;
import dev.entrepot.onnx.io.ProtoFields.ModelProto;
import dev.entrepot.onnx.io.ProtoFields.NodeProto;
import dev.entrepot.onnx.io.ProtoFields.OperatorSetIdProto;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns models, graphs, functions and nodes into the fields of ONNX's messages. */
final class ModelEncoder {

    private final AttributeEncoder attributes;
    private final TensorEncoder tensors;

    ModelEncoder(ExternalLayout external) {
        this.tensors = new TensorEncoder(external);
        this.attributes = new AttributeEncoder(this, tensors);
    }

    void model(FieldSink sink, Model model) throws IOException {
        sink.int64(ModelProto.IR_VERSION, model.irVersion());
        sink.optionalText(ModelProto.PRODUCER_NAME, model.producerName());
        sink.optionalText(ModelProto.PRODUCER_VERSION, model.producerVersion());
        sink.optionalText(ModelProto.DOMAIN, model.domain());
        sink.optionalInt64(ModelProto.MODEL_VERSION, model.modelVersion());
        sink.optionalText(ModelProto.DOC_STRING, model.doc());
        sink.message(ModelProto.GRAPH, graph -> graph(graph, model.graph()));
        opsets(sink, ModelProto.OPSET_IMPORT, model.opsetImports());
        sink.entries(ModelProto.METADATA_PROPS, model.metadata());
        for (Function function : model.functions()) {
            sink.message(ModelProto.FUNCTIONS, body -> function(body, function));
        }
    }

    void graph(FieldSink sink, Graph graph) throws IOException {
        nodes(sink, GraphProto.NODE, graph.nodes());
        sink.text(GraphProto.NAME, graph.name());
        for (var entry : graph.initializers().entrySet()) {
            sink.message(
                    GraphProto.INITIALIZER, tensor -> tensors.initializer(tensor, entry.getKey(), entry.getValue()));
        }
        sink.optionalText(GraphProto.DOC_STRING, graph.doc());
        values(sink, GraphProto.INPUT, graph.inputs());
        values(sink, GraphProto.OUTPUT, graph.outputs());
        values(sink, GraphProto.VALUE_INFO, graph.madeValues());
        sink.entries(GraphProto.METADATA_PROPS, graph.metadata());
    }

    private void function(FieldSink sink, Function function) throws IOException {
        sink.text(FunctionProto.NAME, function.name());
        sink.texts(FunctionProto.INPUT, function.inputs());
        sink.texts(FunctionProto.OUTPUT, function.outputs());
        sink.texts(FunctionProto.ATTRIBUTE, function.attributeNames());
        nodes(sink, FunctionProto.NODE, function.nodes());
        sink.optionalText(FunctionProto.DOC_STRING, function.doc());
        opsets(sink, FunctionProto.OPSET_IMPORT, function.opsetImports());
        sink.text(FunctionProto.DOMAIN, function.domain());
        attributes(sink, FunctionProto.ATTRIBUTE_PROTO, function.attributeDefaults());
        values(sink, FunctionProto.VALUE_INFO, function.typedValues());
        sink.optionalText(FunctionProto.OVERLOAD, function.overload());
        sink.entries(FunctionProto.METADATA_PROPS, function.metadata());
    }

    private void nodes(FieldSink sink, int field, List<Node> nodes) throws IOException {
        for (Node node : nodes) {
            sink.message(field, body -> node(body, node));
        }
    }

    private void node(FieldSink sink, Node node) throws IOException {
        for (Value input : node.inputs()) {
            sink.text(NodeProto.INPUT, input.name());
        }
        for (Value output : node.outputs()) {
            sink.text(NodeProto.OUTPUT, output.name());
        }
        sink.optionalText(NodeProto.NAME, node.name());
        sink.text(NodeProto.OP_TYPE, node.op());
        attributes(sink, NodeProto.ATTRIBUTE, node.attributes());
        sink.optionalText(NodeProto.DOC_STRING, node.doc());
        sink.optionalText(NodeProto.DOMAIN, node.domain());
        sink.optionalText(NodeProto.OVERLOAD, node.overload());
        sink.entries(NodeProto.METADATA_PROPS, node.metadata());
    }

    /** Sorted by name, as ONNX's own helper does: the order has no meaning, and must not depend on the kind of map. */
    private void attributes(FieldSink sink, int field, Attributes all) throws IOException {
        for (Map.Entry<String, Attribute> entry : new TreeMap<>(all.values()).entrySet()) {
            sink.message(field, body -> attributes.attribute(body, entry.getKey(), entry.getValue()));
        }
    }

    private static void opsets(FieldSink sink, int field, Map<String, Long> imports) throws IOException {
        for (Map.Entry<String, Long> entry : new TreeMap<>(imports).entrySet()) {
            sink.message(field, opset -> {
                opset.text(OperatorSetIdProto.DOMAIN, entry.getKey());
                opset.int64(OperatorSetIdProto.VERSION, entry.getValue());
            });
        }
    }

    private static void values(FieldSink sink, int field, Collection<Value> values) throws IOException {
        for (Value value : values) {
            sink.message(field, info -> TypeEncoder.value(info, value));
        }
    }
}
