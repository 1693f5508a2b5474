package dev.entrepot.onnx.graph;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a node came from, in the source's own words. Kept in the node's {@code metadata_props}.
 *
 * @param file the source file's name
 * @param layer the layer's, module's or function's name
 * @param type the layer's type
 */
public record Origin(String file, String layer, String type) {

    /** A node that nobody wrote in a source. */
    public static final Origin NONE = new Origin("", "", "");

    private static final String FILE = "entrepot.source.file";
    private static final String LAYER = "entrepot.source.layer";
    private static final String TYPE = "entrepot.source.type";

    /** Reads it back from a node's metadata. */
    public static Origin of(Map<String, String> metadata) {
        return new Origin(
                metadata.getOrDefault(FILE, ""), metadata.getOrDefault(LAYER, ""), metadata.getOrDefault(TYPE, ""));
    }

    /** The entries that keep this origin in a node's metadata; none for {@link #NONE}. */
    public Map<String, String> toMetadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (!equals(NONE)) {
            metadata.put(FILE, file);
            metadata.put(LAYER, layer);
            metadata.put(TYPE, type);
        }
        return metadata;
    }
}
