package dev.entrepot.importers.torch.aten;

import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of a branch or a loop's body.
 *
 * @param builder the subgraph, without outputs yet
 * @param result what the body returned
 * @param writes the tensors of the outside that the body assigned, with the values they have at its end
 */
public record Branch<T>(GraphBuilder builder, T result, Map<TensorRef, Value> writes) {
    public Branch {
        writes = Collections.unmodifiableMap(new LinkedHashMap<>(writes));
    }
}
