package dev.entrepot.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.zoo.entry.EntryJson;

/** Entries of the zoo as JSON, in the words of their manifests. */
final class Json {

    private Json() {}

    /** The JSON of a value that may hold entries. */
    static JsonNode of(Object value) {
        return EntryJson.tree(EntryJson.toBytes(value));
    }
}
