package dev.entrepot.validator.run;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Function;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts the nodes a model has once its local functions are inlined, which ONNX Runtime does when it loads it.
 *
 * <p>Eight functions that call each other ten times are 10^8 nodes in two kilobytes; ONNX Runtime works on them for minutes and cannot be
 * stopped, so the number is limited before it sees the model.
 */
final class ExpandedNodes {

    static final long LIMIT = 100_000;

    private final String file;
    private final Map<List<String>, Function> functions = new HashMap<>();
    private final Map<List<String>, Long> counted = new HashMap<>();
    private final Set<List<String>> open = new HashSet<>();

    private ExpandedNodes(String file, Model model) {
        this.file = file;
        for (Function function : model.functions()) {
            String domain = function.domain().equals("ai.onnx") ? "" : function.domain();
            functions.put(List.of(domain, function.name(), function.overload()), function);
        }
    }

    /** @throws ModelException if there are more than {@link #LIMIT}, or a function calls itself */
    static long count(String file, Model model) {
        return new ExpandedNodes(file, model).count(model.graph().nodes());
    }

    private long count(List<Node> nodes) {
        long sum = 0;
        for (Node node : nodes) {
            List<String> callee = List.of(node.domain(), node.op(), node.overload());
            Function function = functions.get(callee);
            sum += function == null ? 1 : count(callee, function);
            for (Attribute attribute : node.attributes().values().values()) {
                if (attribute instanceof Attribute.GraphValue graph) {
                    sum += count(graph.value().nodes());
                } else if (attribute instanceof Attribute.GraphsValue graphs) {
                    for (Graph graph : graphs.values()) {
                        sum += count(graph.nodes());
                    }
                }
            }
            if (sum > LIMIT) {
                throw ModelException.limitExceeded(
                        SourceLocation.file(file),
                        "model",
                        "has more than " + LIMIT + " nodes once its functions are inlined, the limit");
            }
        }
        return sum;
    }

    private long count(List<String> name, Function function) {
        Long known = counted.get(name);
        if (known != null) {
            return known;
        }
        if (!open.add(name)) {
            throw ModelException.malformed(
                    SourceLocation.file(file), "function \"" + function.name() + "\"", "calls itself");
        }
        long count = count(function.nodes());
        open.remove(name);
        counted.put(name, count);
        return count;
    }
}
