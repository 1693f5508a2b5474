package dev.entrepot.onnx.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a node came from, in the source's own words. Kept in the node's {@code metadata_props}, below IR version 10
 * in its documentation text.
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

    /** Reads it back from a node's documentation text; {@link #NONE} if it is not there. */
    public static Origin ofDoc(String doc) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (String line : doc.split("\n", -1)) {
            int end = line.indexOf('=');
            if (end < 0 || !List.of(FILE, LAYER, TYPE).contains(line.substring(0, end))) {
                return NONE;
            }
            entries.put(line.substring(0, end), line.substring(end + 1));
        }
        return of(entries);
    }

    /** Keeps this origin in a node's documentation text, for file formats whose nodes have no metadata; empty for {@link #NONE}. */
    public String toDoc() {
        return toMetadata().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().replace('\n', ' '))
                .collect(Collectors.joining("\n"));
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
