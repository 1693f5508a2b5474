package dev.entrepot.onnx.io;

import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.util.Map;

/**
 * Where encoders put the fields of a message: once to measure them, once to write them. Both times they must be the same.
 *
 * <p>Fields are given in the order of their numbers, as Protocol Buffers' own writers do.
 */
interface FieldSink {

    /** Gives the fields of one message. */
    @FunctionalInterface
    interface Body {
        void encode(FieldSink sink) throws IOException;
    }

    /** A varint. */
    void int64(int field, long value) throws IOException;

    /** A float32. */
    void float32(int field, float value) throws IOException;

    /** A text. */
    void text(int field, String value) throws IOException;

    /** The bytes of a tensor. */
    void data(int field, TensorData data) throws IOException;

    /** A nested message. */
    void message(int field, Body body) throws IOException;

    /** A text, unless it is empty. */
    default void optionalText(int field, String value) throws IOException {
        if (!value.isEmpty()) {
            text(field, value);
        }
    }

    /** A number, unless it is zero. */
    default void optionalInt64(int field, long value) throws IOException {
        if (value != 0) {
            int64(field, value);
        }
    }

    /** The texts of a list. */
    default void texts(int field, Iterable<String> values) throws IOException {
        for (String value : values) {
            text(field, value);
        }
    }

    /** One entry of a map. */
    default void entry(int field, String key, String value) throws IOException {
        message(field, entry -> {
            entry.text(ProtoFields.StringStringEntryProto.KEY, key);
            entry.text(ProtoFields.StringStringEntryProto.VALUE, value);
        });
    }

    /** The entries of a map, sorted by key: the order has no meaning, and must not depend on the kind of map. */
    default void entries(int field, Map<String, String> entries) throws IOException {
        for (String key : entries.keySet().stream().sorted().toList()) {
            entry(field, key, entries.getOrDefault(key, ""));
        }
    }
}
