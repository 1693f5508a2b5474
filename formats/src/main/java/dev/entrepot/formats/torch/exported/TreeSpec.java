package dev.entrepot.formats.torch.exported;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.formats.json.Json;
import dev.entrepot.formats.json.JsonLimits;
import dev.entrepot.formats.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The containers that values lie in: tuples, lists, dicts and classes that are registered as such. Source: torch/utils/_pytree.py.
 *
 * @param type the container's class; empty for a value itself
 * @param keys what the children are called; their numbers where they have no names
 * @param children what lies in it
 */
public record TreeSpec(String type, List<String> keys, List<TreeSpec> children) {

    private static final JsonLimits LIMITS = new JsonLimits(1 << 24, 1_000_000, 100);

    public TreeSpec {
        keys = List.copyOf(keys);
        children = List.copyOf(children);
    }

    /** The paths of the values, in order: for each container on the way the key below it. */
    public List<List<String>> leafPaths() {
        List<List<String>> paths = new ArrayList<>();
        collect(List.of(), paths);
        return paths;
    }

    private void collect(List<String> path, List<List<String>> into) {
        if (type.isEmpty()) {
            into.add(path);
        }
        for (int i = 0; i < children.size(); i++) {
            List<String> below = new ArrayList<>(path);
            below.add(keys.get(i));
            children.get(i).collect(below, into);
        }
    }

    /**
     * Reads a text as {@code treespec_dumps} writes it.
     *
     * @param tupleFields the fields of named tuples, by class
     * @throws dev.entrepot.bytes.ModelException if it is malformed
     */
    static TreeSpec read(JsonValue text, Map<String, List<String>> tupleFields) {
        ByteSource bytes = ByteSource.of(
                text.where() + " (tree of containers)", text.asText().getBytes(StandardCharsets.UTF_8));
        JsonValue document = Json.read(bytes, LIMITS);
        List<JsonValue> items = document.asItems();
        if (items.size() != 2 || items.get(0).asLong() != 1) {
            throw DocumentFields.malformed(
                    document, "tree of containers", "should be [1, tree], is of another version");
        }
        return node(items.get(1), tupleFields);
    }

    private static TreeSpec node(JsonValue node, Map<String, List<String>> tupleFields) {
        String type = node.find("type").map(JsonValue::asText).orElse("");
        List<TreeSpec> children = node.member("children_spec").asItems().stream()
                .map(child -> node(child, tupleFields))
                .toList();
        return new TreeSpec(type, keys(node, tupleFields, children.size()), children);
    }

    private static List<String> keys(JsonValue node, Map<String, List<String>> tupleFields, int count) {
        List<String> keys = node.find("context")
                .map(context -> context instanceof JsonValue.Text text
                        ? tupleFields.getOrDefault(text.value(), keysOf(parsed(text)))
                        : keysOf(context))
                .orElse(List.of());
        if (keys.size() == count) {
            return keys;
        }
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(String.valueOf(i));
        }
        return numbers;
    }

    /** A context is JSON within JSON; the name of a named tuple's class is not. */
    private static JsonValue parsed(JsonValue.Text text) {
        if (!text.value().startsWith("[") && !text.value().startsWith("{")) {
            return text;
        }
        return Json.read(
                ByteSource.of(text.where() + " (context)", text.value().getBytes(StandardCharsets.UTF_8)), LIMITS);
    }

    private static List<String> keysOf(JsonValue context) {
        if (context instanceof JsonValue.Members members && members.members().containsKey("dict_context")) {
            return keysOf(members.member("dict_context"));
        }
        return context instanceof JsonValue.Array array
                ? array.items().stream().map(TreeSpec::key).toList()
                : List.of();
    }

    private static String key(JsonValue key) {
        if (key instanceof JsonValue.Text text) {
            return text.value();
        }
        return key instanceof JsonValue.Number number ? number.text() : key.kind();
    }
}
