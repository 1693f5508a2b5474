package dev.entrepot.formats.json;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value of a JSON text. The {@code as...} methods throw a {@link ModelException} (malformed) where the value is of another kind. */
public sealed interface JsonValue {

    /** Where the value starts. */
    SourceLocation where();

    /** What the value is, for messages: {@code an object}. */
    String kind();

    /** {@code null}. */
    record Null(SourceLocation where) implements JsonValue {
        @Override
        public String kind() {
            return "null";
        }
    }

    /** {@code true} or {@code false}. */
    record Bool(boolean value, SourceLocation where) implements JsonValue {
        @Override
        public String kind() {
            return value ? "true" : "false";
        }
    }

    /** A number as it is written. */
    record Number(String text, SourceLocation where) implements JsonValue {
        @Override
        public String kind() {
            return "the number " + (text.length() < 40 ? text : "of " + text.length() + " characters");
        }
    }

    /** A text. */
    record Text(String value, SourceLocation where) implements JsonValue {
        @Override
        public String kind() {
            return "a text";
        }
    }

    /** An array. */
    record Array(List<JsonValue> items, SourceLocation where) implements JsonValue {
        public Array {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "an array";
        }
    }

    /** An object; its members keep the text's order. */
    record Members(Map<String, JsonValue> members, SourceLocation where) implements JsonValue {
        public Members {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        @Override
        public String kind() {
            return "an object";
        }
    }

    /** Whether this is {@code null}. */
    default boolean isNull() {
        return this instanceof Null;
    }

    /** The members of an object. */
    default Map<String, JsonValue> asMembers() {
        if (this instanceof Members object) {
            return object.members;
        }
        throw wrong("an object");
    }

    /** The items of an array. */
    default List<JsonValue> asItems() {
        if (this instanceof Array array) {
            return array.items;
        }
        throw wrong("an array");
    }

    /** A text. */
    default String asText() {
        if (this instanceof Text text) {
            return text.value;
        }
        throw wrong("a text");
    }

    /** A truth value. */
    default boolean asBool() {
        if (this instanceof Bool bool) {
            return bool.value;
        }
        throw wrong("true or false");
    }

    /** A whole number of 64 bits. */
    default long asLong() {
        if (this instanceof Number number) {
            try {
                return Long.parseLong(number.text);
            } catch (NumberFormatException e) {
                throw wrong("a whole number of 64 bits");
            }
        }
        throw wrong("a whole number");
    }

    /** A float64. */
    default double asDouble() {
        if (this instanceof Number number) {
            return switch (number.text) {
                case "NaN" -> Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(number.text);
            };
        }
        throw wrong("a number");
    }

    /** The member of an object with this name; it must be there. */
    default JsonValue member(String name) {
        return find(name)
                .orElseThrow(() -> ModelException.malformed(where(), "object", "has no member \"" + name + "\""));
    }

    /** The member of an object with this name, if it is there and not null. */
    default Optional<JsonValue> find(String name) {
        @Nullable JsonValue value = asMembers().get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    private ModelException wrong(String expected) {
        return ModelException.malformed(where(), "value", "should be " + expected + ", is " + kind());
    }
}
