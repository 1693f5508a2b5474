package dev.entrepot.importers.torch.aten;

import dev.entrepot.importers.size.SizeScope;
import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The graph and the subgraphs inside which nodes are being added, innermost last. */
final class Scopes implements SizeScope {

    private final Deque<Scope> open = new ArrayDeque<>();
    private final GraphBuilder root;
    private final Set<String> outputs = new HashSet<>();
    private long serials;

    /**
     * A graph, the values that sizes already have in it, the values that tensors had before it assigned them, and the views that were
     * computed again in it.
     */
    private record Scope(
            GraphBuilder builder,
            long firstSerial,
            Map<Object, Value> sizes,
            Map<TensorRef, Value> before,
            List<TensorRef> replayed) {
        Scope(GraphBuilder builder, long firstSerial) {
            this(builder, firstSerial, new HashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
        }
    }

    Scopes(GraphBuilder root) {
        this.root = root;
        open.push(new Scope(root, 0));
    }

    GraphBuilder root() {
        return root;
    }

    @Override
    public GraphBuilder current() {
        return open.getFirst().builder;
    }

    /** The names of values that are outputs already. */
    Set<String> outputs() {
        return outputs;
    }

    @Override
    public Optional<Value> sizeValue(Object size) {
        return open.stream()
                .filter(scope -> scope.sizes.containsKey(size))
                .map(scope -> scope.sizes.get(size))
                .findFirst();
    }

    @Override
    public void sizeValue(Object size, Value value) {
        open.getFirst().sizes.put(size, value);
    }

    /** Notes that a tensor, which is no view, is about to be assigned. A tensor that was made in this graph is its own business. */
    void journal(TensorRef tensor) {
        Scope scope = open.getFirst();
        if (tensor.serial() < scope.firstSerial) {
            scope.before.putIfAbsent(tensor, tensor.value());
        }
    }

    /** A number for a new tensor; later ones are larger. */
    long nextSerial() {
        return serials++;
    }

    /** Adds nodes to a subgraph that was walked before and has no outputs yet. */
    <T> T inside(GraphBuilder subgraph, Supplier<T> body) {
        open.push(new Scope(subgraph, serials));
        try {
            return body.get();
        } finally {
            open.pop().replayed.forEach(TensorRef::forget);
        }
    }

    /** Notes that a view was computed again. */
    void replayed(TensorRef view) {
        open.getFirst().replayed.add(view);
    }

    <T> Branch<T> branch(String name, Supplier<T> body) {
        Scope scope = new Scope(current().subgraph(name), serials);
        open.push(scope);
        try {
            T result = body.get();
            Map<TensorRef, Value> writes = new LinkedHashMap<>();
            scope.before.keySet().forEach(tensor -> writes.put(tensor, tensor.value()));
            return new Branch<>(scope.builder, result, writes);
        } finally {
            open.pop();
            scope.before.forEach(TensorRef::restore);
            scope.replayed.forEach(TensorRef::forget);
        }
    }
}
