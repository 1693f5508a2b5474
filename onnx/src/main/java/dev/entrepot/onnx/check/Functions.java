package dev.entrepot.onnx.check;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Function;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model's functions by what calls them. */
final class Functions {

    private record Key(String domain, String name, String overload) {}

    private final Map<Key, Function> functions = new LinkedHashMap<>();
    private final Site model;

    Functions(Model model, Site site, Faults faults) {
        this.model = site;
        for (Function function : model.functions()) {
            var key = new Key(function.domain(), function.name(), function.overload());
            if (functions.putIfAbsent(key, function) != null) {
                faults.malformed(site(function), "is defined a second time");
            }
        }
    }

    /** The function that a node calls. */
    Optional<Function> calledBy(Node node) {
        return Optional.ofNullable(functions.get(new Key(node.domain(), node.op(), node.overload())));
    }

    List<Function> all() {
        return List.copyOf(functions.values());
    }

    Site site(Function function) {
        String overload = function.overload().isEmpty() ? "" : ":" + function.overload();
        return model.in("function " + function.domain() + "." + function.name() + overload);
    }

    /** The subgraphs in a node's attributes, by the attribute's name. */
    static Map<String, List<Graph>> subgraphs(Node node) {
        Map<String, List<Graph>> found = new LinkedHashMap<>();
        node.attributes().values().forEach((name, attribute) -> {
            if (attribute instanceof Attribute.GraphValue graph) {
                found.put(name, List.of(graph.value()));
            } else if (attribute instanceof Attribute.GraphsValue graphs) {
                found.put(name, new ArrayList<>(graphs.values()));
            }
        });
        return found;
    }
}
