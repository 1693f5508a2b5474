package dev.entrepot.onnx.check;

import dev.entrepot.onnx.graph.Function;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Node;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How large a model gets when every function is written out where it is called; and that functions do not call themselves. */
final class Expansion {

    /** No number here grows beyond this, so none overflows. */
    private static final long ENOUGH = 1L << 40;

    /** Deeper than any limit; below it nothing is looked at. */
    private static final int DEEPEST = 200;

    /**
     * What a list of nodes expands to.
     *
     * @param nodes the nodes
     * @param calls how deep the calls in them go
     * @param depth how deep the subgraphs in them go
     * @param weight the sum of 2^depth over these subgraphs
     */
    private record Size(long nodes, int calls, int depth, long weight) {

        static final Size NONE = new Size(0, 0, 0, 0);

        Size and(Size other) {
            return new Size(
                    Math.min(ENOUGH, nodes + other.nodes),
                    Math.max(calls, other.calls),
                    Math.max(depth, other.depth),
                    Math.min(ENOUGH, weight + other.weight));
        }

        Size asSubgraph() {
            return new Size(nodes, calls, depth + 1, Math.min(ENOUGH, 2 * (1 + weight)));
        }

        Size asCalled() {
            return new Size(nodes, calls + 1, depth, weight);
        }
    }

    private final Functions functions;
    private final CheckLimits limits;
    private final Faults faults;
    private final Map<Function, Size> known = new IdentityHashMap<>();
    private final Set<Function> open = new LinkedHashSet<>();

    Expansion(Functions functions, CheckLimits limits, Faults faults) {
        this.functions = functions;
        this.limits = limits;
        this.faults = faults;
    }

    void check(Graph graph, Site site) {
        functions.all().forEach(this::size);
        if (!faults.isEmpty()) {
            return;
        }
        Size size = size(graph.nodes(), 0);
        limit(site, "nodes", size.nodes, limits.expandedNodes());
        limit(site, "levels of functions that call each other", size.calls, limits.callDepth());
        limit(site, "levels of subgraphs", size.depth, limits.graphDepth());
        limit(site, "subgraphs weighted by 2^depth", size.weight, limits.subgraphWeight());
    }

    private void limit(Site site, String what, long found, long limit) {
        if (found > limit) {
            faults.limitExceeded(site, "expands to " + found + " " + what + ", the limit is " + limit);
        }
    }

    private Size size(List<Node> nodes, int depth) {
        Size sum = Size.NONE;
        if (depth > DEEPEST) {
            return sum;
        }
        for (Node node : nodes) {
            Size own = new Size(1, 0, 0, 0);
            for (List<Graph> graphs : Functions.subgraphs(node).values()) {
                for (Graph graph : graphs) {
                    own = own.and(size(graph.nodes(), depth + 1).asSubgraph());
                }
            }
            Size called =
                    functions.calledBy(node).map(this::size).map(Size::asCalled).orElse(Size.NONE);
            sum = sum.and(own).and(called);
        }
        return sum;
    }

    private Size size(Function function) {
        Size size = known.get(function);
        if (size != null) {
            return size;
        }
        if (open.contains(function) || open.size() > DEEPEST) {
            refuse(function);
            return Size.NONE;
        }
        open.add(function);
        size = size(function.nodes(), 0);
        open.remove(function);
        known.put(function, size);
        return size;
    }

    private void refuse(Function function) {
        if (open.contains(function)) {
            String cycle = open.stream()
                    .dropWhile(other -> other != function)
                    .map(Function::name)
                    .collect(Collectors.joining(" -> "));
            faults.malformed(functions.site(function), "calls itself: " + cycle + " -> " + function.name());
        } else {
            faults.limitExceeded(
                    functions.site(function),
                    "is called more than " + DEEPEST + " levels deep, the limit is " + limits.callDepth());
        }
    }
}
