package dev.entrepot.importers.caffe;

import dev.entrepot.formats.caffe.CaffeLayer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which blobs change when a layer works in place on another one.
 *
 * <p>Some layers' tops are only views of their bottom's memory, so a later layer that writes such a view in place changes the bottom, and all
 * its other views, for everybody who reads them afterwards. Source: caffe {@code ShareData} in reshape_layer.cpp, flatten_layer.cpp,
 * split_layer.cpp (which net.cpp inserts wherever a blob is read twice), slice_layer.cpp and concat_layer.cpp.
 */
final class SharedMemory {

    private final Map<CaffeLayer, List<String>> rewritten = new IdentityHashMap<>();
    private final Map<String, Integer> lastReads = new HashMap<>();
    private final Map<String, Integer> writes = new HashMap<>();
    private final Map<String, Set<String>> sharers = new HashMap<>();

    private SharedMemory() {}

    /** Follows the memory through a net's layers, in their order. */
    static SharedMemory of(List<CaffeLayer> layers) {
        var found = new SharedMemory();
        for (int i = 0; i < layers.size(); i++) {
            for (String bottom : layers.get(i).bottoms()) {
                found.lastReads.put(bottom, i);
            }
        }
        for (int i = 0; i < layers.size(); i++) {
            found.follow(layers.get(i), i);
        }
        return found;
    }

    /** The other blobs whose memory this layer writes, and that are still wanted. */
    List<String> rewrittenBy(CaffeLayer layer) {
        return rewritten.getOrDefault(layer, List.of());
    }

    private void follow(CaffeLayer layer, int index) {
        for (String top : layer.tops()) {
            if (layer.bottoms().contains(top) && !layer.type().equals("Dropout")) {
                List<String> others = sharers.getOrDefault(top, Set.of()).stream()
                        .filter(other -> !other.equals(top))
                        .filter(other -> isWanted(other, index))
                        .sorted()
                        .toList();
                if (!others.isEmpty()) {
                    rewritten.put(layer, others);
                }
            } else if (isView(layer)) {
                String bottom = layer.bottoms().get(0);
                Set<String> group = sharers.computeIfAbsent(bottom, name -> new HashSet<>(Set.of(name)));
                group.add(top);
                sharers.put(top, group);
            }
            writes.put(top, index);
        }
    }

    /** Whether a later layer reads the blob, or none has read it since it was written, which makes it an output. */
    private boolean isWanted(String blob, int index) {
        int lastRead = lastReads.getOrDefault(blob, -1);
        return lastRead > index || lastRead <= writes.getOrDefault(blob, -1);
    }

    private static boolean isView(CaffeLayer layer) {
        return switch (layer.type()) {
            case "Flatten", "Reshape", "Split" -> !layer.bottoms().isEmpty();
            case "Concat", "Slice" ->
                layer.bottoms().size() == 1 && layer.tops().size() == 1;
            default -> false;
        };
    }
}
