package dev.entrepot.validator.localise;

import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A value of the model that the source's own can be put beside.
 *
 * @param place the number of its node in the graph
 * @param node the node that makes it
 * @param value the value
 * @param layer the layer it comes from
 * @param truth what the source computed
 */
record Checkpoint(int place, Node node, Value value, SourceLayer layer, Tensor truth) {

    /** All values that have one, in the order of the graph. */
    static List<Checkpoint> match(Graph graph, List<SourceLayer> layers) {
        List<Checkpoint> found = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (SourceLayer layer : layers) {
            for (int top = 0; top < layer.tops().size(); top++) {
                Tensor truth = layer.tops().get(top).value();
                if (truth != null) {
                    find(graph, layer, top, truth)
                            .filter(checkpoint -> taken.add(checkpoint.value().name()))
                            .ifPresent(found::add);
                }
            }
        }
        found.sort(Comparator.comparingInt(Checkpoint::place));
        return found;
    }

    /** The layer's type: the source's word, or what the node remembers. */
    String layerType() {
        return layer.type().isEmpty() ? node.origin().type() : layer.type();
    }

    private static Optional<Checkpoint> find(Graph graph, SourceLayer layer, int top, Tensor truth) {
        List<Integer> places = places(graph, layer.name());
        String blob = layer.tops().get(top).name();
        for (int place : places) {
            for (Value output : graph.nodes().get(place).outputs()) {
                if (output.name().equals(blob)) {
                    return of(graph, place, output, layer, truth);
                }
            }
        }
        if (!places.isEmpty()) {
            int last = places.get(places.size() - 1);
            List<Value> outputs = graph.nodes().get(last).outputs();
            boolean clear =
                    layer.tops().size() == 1 || outputs.size() >= layer.tops().size();
            return clear ? of(graph, last, outputs.get(top), layer, truth) : Optional.empty();
        }
        // Nothing is known but a name: it may be the value's.
        return layer.type().isEmpty() ? named(graph, blob, layer, truth) : Optional.empty();
    }

    private static List<Integer> places(Graph graph, String layer) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < graph.nodes().size(); i++) {
            if (graph.nodes().get(i).origin().layer().equals(layer)) {
                places.add(i);
            }
        }
        return places;
    }

    private static Optional<Checkpoint> named(Graph graph, String name, SourceLayer layer, Tensor truth) {
        for (int i = 0; i < graph.nodes().size(); i++) {
            for (Value output : graph.nodes().get(i).outputs()) {
                if (output.name().equals(name)) {
                    return of(graph, i, output, layer, truth);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Checkpoint> of(Graph graph, int place, Value value, SourceLayer layer, Tensor truth) {
        DataType type = value.dataType();
        boolean comparable = !value.isNone() && (type == DataType.UNDEFINED || type == truth.type());
        return comparable
                ? Optional.of(new Checkpoint(place, graph.nodes().get(place), value, layer, truth))
                : Optional.empty();
    }
}
