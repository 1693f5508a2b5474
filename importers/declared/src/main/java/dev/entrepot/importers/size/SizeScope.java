package dev.entrepot.importers.size;

import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where the nodes that compute sizes go, and which sizes have a value there already. */
public interface SizeScope {

    /** The graph that nodes go into now. */
    GraphBuilder current();

    /** The value that holds a size, if one is seen from here. */
    Optional<Value> sizeValue(Object size);

    /** Remembers the value that holds a size. */
    void sizeValue(Object size, Value value);

    /** The scope of one graph without subgraphs. */
    static SizeScope of(GraphBuilder graph) {
        Map<Object, Value> known = new HashMap<>();
        return new SizeScope() {
            @Override
            public GraphBuilder current() {
                return graph;
            }

            @Override
            public Optional<Value> sizeValue(Object size) {
                return Optional.ofNullable(known.get(size));
            }

            @Override
            public void sizeValue(Object size, Value value) {
                known.put(size, value);
            }
        };
    }
}
