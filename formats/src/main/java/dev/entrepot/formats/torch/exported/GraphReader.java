package dev.entrepot.formats.torch.exported;

import static dev.entrepot.formats.torch.exported.DocumentFields.constant;
import static dev.entrepot.formats.torch.exported.DocumentFields.list;
import static dev.entrepot.formats.torch.exported.DocumentFields.mapOrNone;
import static dev.entrepot.formats.torch.exported.DocumentFields.text;

import dev.entrepot.formats.json.JsonValue;

/** Reads graphs and nodes. */
final class GraphReader {

    private GraphReader() {}

    static Graph graph(JsonValue object) {
        Graph graph = new Graph(
                ArgumentReader.argumentsOf(object, "inputs"),
                ArgumentReader.argumentsOf(object, "outputs"),
                list(object.member("nodes"), GraphReader::node),
                mapOrNone(object, "tensor_values", GraphReader::meta),
                mapOrNone(object, "sym_int_values", ArgumentReader::symValue),
                mapOrNone(object, "sym_float_values", ArgumentReader::symValue),
                mapOrNone(object, "sym_bool_values", ArgumentReader::symValue),
                object.find("is_single_tensor_return").map(JsonValue::asBool).orElse(false));
        GraphNames.check(graph, object.where());
        return graph;
    }

    private static Node node(JsonValue object) {
        return new Node(
                text(object, "target"),
                list(object.member("inputs"), ArgumentReader::named),
                ArgumentReader.argumentsOf(object, "outputs"),
                mapOrNone(object, "metadata", JsonValue::asText),
                object.find("is_hop_single_tensor_return").map(JsonValue::asBool),
                object.where());
    }

    private static TensorMeta meta(JsonValue object) {
        return new TensorMeta(
                DocumentFields.dtype(object.member("dtype")),
                list(object.member("sizes"), ArgumentReader::size),
                DocumentFields.device(object.member("device")),
                constant(object.member("layout"), Layout.class));
    }
}
