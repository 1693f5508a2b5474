package dev.entrepot.validator.oracles.caffe.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A message in protobuf's text format, being written. */
final class Message {

    private record Field(String name, Object value) {}

    private final List<Field> fields = new ArrayList<>();

    /** A string, quoted. */
    Message text(String name, String value) {
        return put(name, '"' + value + '"');
    }

    /** An enum's word, a number or a truth value, as it is. */
    Message put(String name, Object value) {
        fields.add(new Field(name, value));
        return this;
    }

    /** All values of a repeated field. */
    Message all(String name, int... values) {
        for (int value : values) {
            put(name, value);
        }
        return this;
    }

    /** A message inside this one; nothing when it is empty. */
    Message nest(String name, Message value) {
        return value.fields.isEmpty() ? this : put(name, value);
    }

    boolean has(String name) {
        return fields.stream().anyMatch(field -> field.name.equals(name));
    }

    /** This message with the fields of this name left out. */
    Message without(String name) {
        var rest = new Message();
        fields.stream().filter(field -> !field.name.equals(name)).forEach(rest.fields::add);
        return rest;
    }

    /** The fields in one line. */
    @Override
    public String toString() {
        return fields.stream()
                .map(field -> field.value instanceof Message nested
                        ? field.name + " { " + nested + " }"
                        : field.name + ": " + field.value)
                .collect(Collectors.joining(" "));
    }
}
