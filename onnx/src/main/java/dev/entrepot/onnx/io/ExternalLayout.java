package dev.entrepot.onnx.io;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Function;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which initializers lie in the one external file, and where. A tensor that is used twice lies there once.
 *
 * <p>Every tensor begins at a multiple of 4,096 bytes, so that it can be mapped into memory.
 */
final class ExternalLayout {

    /** Everything stays in the model's own file. */
    static final ExternalLayout NONE = new ExternalLayout("");

    /** Tensors of fewer bytes stay in the model's file. Source: onnx.external_data_helper, size_threshold. */
    static final long SMALLEST = 1024;

    private static final int ALIGNMENT = 4096;

    /** The bytes of a tensor in the external file. */
    record Place(long offset, long length) {}

    private final String location;
    private final Map<Tensor, Place> places = new IdentityHashMap<>();
    private final List<Tensor> order = new ArrayList<>();
    private long length;

    private ExternalLayout(String location) {
        this.location = location;
    }

    /** A layout for all initializers of a model that are large enough. */
    static ExternalLayout of(Model model, String location) {
        ExternalLayout layout = new ExternalLayout(location);
        layout.addGraph(model.graph());
        for (Function function : model.functions()) {
            layout.addSubgraphs(function.nodes());
        }
        return layout;
    }

    String location() {
        return location;
    }

    boolean isEmpty() {
        return order.isEmpty();
    }

    @Nullable
    Place place(Tensor tensor) {
        return places.get(tensor);
    }

    /** Writes the external file, with zeros between the tensors. */
    void writeTo(WritableByteChannel out) throws IOException {
        long position = 0;
        for (Tensor tensor : order) {
            Place place = places.get(tensor);
            if (place == null) {
                continue;
            }
            ByteBuffer gap = ByteBuffer.allocate((int) (place.offset() - position));
            while (gap.hasRemaining()) {
                out.write(gap);
            }
            tensor.data().writeTo(out);
            position = place.offset() + place.length();
        }
    }

    /** The bytes that {@link #writeTo} writes. */
    long length() {
        return length;
    }

    private void addGraph(Graph graph) {
        graph.initializers().values().forEach(this::add);
        addSubgraphs(graph.nodes());
    }

    private void addSubgraphs(List<Node> nodes) {
        for (Node node : nodes) {
            for (Attribute attribute : node.attributes().values().values()) {
                if (attribute instanceof Attribute.GraphValue subgraph) {
                    addGraph(subgraph.value());
                } else if (attribute instanceof Attribute.GraphsValue subgraphs) {
                    subgraphs.values().forEach(this::addGraph);
                }
            }
        }
    }

    private void add(Tensor tensor) {
        long size = tensor.data().byteLength();
        if (tensor.type() == DataType.STRING || size < SMALLEST || places.containsKey(tensor)) {
            return;
        }
        long offset = Math.addExact(length, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        places.put(tensor, new Place(offset, size));
        order.add(tensor);
        length = Math.addExact(offset, size);
    }
}
