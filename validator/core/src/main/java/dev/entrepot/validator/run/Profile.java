package dev.entrepot.validator.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.entrepot.validator.run.Placement.PlacedNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads ONNX Runtime's profiles, event by event. Source: onnxruntime core/framework/sequential_executor.cc, KernelScope.
 *
 * <p>A node may run more than once, in the body of a Loop: it is counted once and its time summed.
 */
final class Profile {

    private static final String KERNEL = "_kernel_time";
    private static final String MEMCPY = "Memcpy";

    private final Map<String, Long> nodes = new HashMap<>();
    private final Map<String, Long> microseconds = new HashMap<>();
    private final Set<PlacedNode> cpuNodes = new LinkedHashSet<>();
    private final Set<List<String>> seen = new LinkedHashSet<>();
    private long memcpyNodes;

    private Profile() {}

    static Placement read(InputStream json, Provider sessionProvider) throws IOException {
        Profile profile = new Profile();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.START_OBJECT) {
                    profile.add(event(parser), sessionProvider);
                }
            }
        }
        return new Placement(profile.nodes, profile.microseconds, List.copyOf(profile.cpuNodes), profile.memcpyNodes);
    }

    /** The texts and numbers of an event and of its {@code args}, deeper ones left out. */
    private static Map<String, String> event(JsonParser parser) throws IOException {
        Map<String, String> fields = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT && "args".equals(key)) {
                event(parser).forEach((name, text) -> fields.put("args." + name, text));
            } else if (value.isStructStart()) {
                parser.skipChildren();
            } else {
                fields.put(key, parser.getText());
            }
        }
        return fields;
    }

    private void add(Map<String, String> event, Provider sessionProvider) {
        String name = event.getOrDefault("name", "");
        String provider = event.getOrDefault("args.provider", "");
        if (!"Node".equals(event.get("cat")) || !name.endsWith(KERNEL) || provider.isEmpty()) {
            return;
        }
        microseconds.merge(provider, Long.parseLong(event.getOrDefault("dur", "0")), Long::sum);
        String op = event.getOrDefault("args.op_name", "");
        if (!seen.add(List.of(name, op, event.getOrDefault("args.node_index", "")))) {
            return;
        }
        nodes.merge(provider, 1L, Long::sum);
        if (op.startsWith(MEMCPY)) {
            memcpyNodes++;
        }
        if (sessionProvider != Provider.CPU && provider.equals(Provider.CPU.ortName())) {
            cpuNodes.add(new PlacedNode(name.substring(0, name.length() - KERNEL.length()), op));
        }
    }
}
