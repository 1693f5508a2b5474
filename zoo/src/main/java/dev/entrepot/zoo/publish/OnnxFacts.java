package dev.entrepot.zoo.publish;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attribute.GraphValue;
import dev.entrepot.onnx.graph.Attribute.GraphsValue;
import dev.entrepot.onnx.graph.Function;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.io.OnnxFile;
import dev.entrepot.onnx.io.OnnxReader;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.zoo.convert.Conversion;
import dev.entrepot.zoo.entry.ModelRecord.Facts;
import dev.entrepot.zoo.store.Digest;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what an ONNX model says of itself. */
final class OnnxFacts {

    private final Map<String, Long> operators = new TreeMap<>();

    private OnnxFacts() {}

    static Facts of(Conversion conversion) throws IOException {
        Conversion.ModelFile file = conversion.model();
        try (OnnxFile open = OnnxReader.open(file.path())) {
            Model model = open.model();
            OnnxFacts facts = new OnnxFacts();
            facts.count(model.graph().nodes());
            for (Function function : model.functions()) {
                facts.count(function.nodes());
            }
            return new Facts(
                    new Digest(file.sha256()),
                    file.bytes(),
                    model.irVersion(),
                    model.opset(),
                    model.opsetImports(),
                    file.nodes(),
                    file.parameters(),
                    precision(model.graph()),
                    facts.operators,
                    conversion.inputs(),
                    conversion.outputs());
        }
    }

    private void count(List<Node> nodes) {
        for (Node node : nodes) {
            String name = node.domain().isEmpty() ? node.op() : node.domain() + ":" + node.op();
            operators.merge(name, 1L, Long::sum);
            for (Attribute attribute : node.attributes().values().values()) {
                if (attribute instanceof GraphValue subgraph) {
                    count(subgraph.value().nodes());
                } else if (attribute instanceof GraphsValue subgraphs) {
                    subgraphs.values().forEach(subgraph -> count(subgraph.nodes()));
                }
            }
        }
    }

    /** The type of most elements; empty if there are none. */
    private static String precision(Graph graph) {
        Map<String, Long> elements = new TreeMap<>();
        for (Tensor tensor : graph.initializers().values()) {
            elements.merge(tensor.type().numpyName(), tensor.elementCount(), Long::sum);
        }
        return elements.entrySet().stream()
                .max(Comparator.comparingLong(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .orElse("");
    }
}
