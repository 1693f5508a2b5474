package dev.entrepot.validator.run;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the nodes of the optimized graph ran, from ONNX Runtime's profile of a run.
 *
 * @param nodesByProvider the number of nodes by the provider's name, such as {@code CUDAExecutionProvider}
 * @param microsecondsByProvider the time the kernels took, by the same names
 * @param cpuNodes the nodes that ran on the CPU although the session was opened on another provider
 * @param memcpyNodes the nodes that ONNX Runtime put in to copy between devices
 */
public record Placement(
        Map<String, Long> nodesByProvider,
        Map<String, Long> microsecondsByProvider,
        List<PlacedNode> cpuNodes,
        long memcpyNodes) {

    public Placement {
        nodesByProvider = Collections.unmodifiableMap(new TreeMap<>(nodesByProvider));
        microsecondsByProvider = Collections.unmodifiableMap(new TreeMap<>(microsecondsByProvider));
        cpuNodes = List.copyOf(cpuNodes);
    }

    /** The number of all nodes that ran. */
    public long nodes() {
        return nodesByProvider.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * A node of the optimized graph.
     *
     * @param name its name
     * @param op its operator
     */
    public record PlacedNode(String name, String op) {}
}
