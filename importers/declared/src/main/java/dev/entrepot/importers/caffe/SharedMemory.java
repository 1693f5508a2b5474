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

    private SharedMemory() {}

    /** Follows the memory through a net's layers, in their order. */
    static SharedMemory of(List<CaffeLayer> layers) {
        var found = new SharedMemory();
        Map<String, Integer> lastReads = new HashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            for (String bottom : layers.get(i).bottoms()) {
                lastReads.put(bottom, i);
            }
        }
        Map<String, Set<String>> sharers = new HashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            found.follow(layers.get(i), i, lastReads, sharers);
        }
        return found;
    }

    /** The other blobs whose memory this layer writes, and that are still wanted. */
    List<String> rewrittenBy(CaffeLayer layer) {
        return rewritten.getOrDefault(layer, List.of());
    }

    private void follow(CaffeLayer layer, int index, Map<String, Integer> lastReads, Map<String, Set<String>> sharers) {
        for (String top : layer.tops()) {
            if (layer.bottoms().contains(top) && !layer.type().equals("Dropout")) {
                List<String> others = sharers.getOrDefault(top, Set.of()).stream()
                        .filter(other -> !other.equals(top))
                        .filter(other -> lastReads.getOrDefault(other, Integer.MAX_VALUE) > index)
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
        }
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
