package dev.entrepot.onnx.graph;

import dev.entrepot.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A node's attributes, in the order they were given.
 *
 * @param values the attributes by name
 */
public record Attributes(Map<String, Attribute> values) {

    /** No attributes. */
    public static final Attributes NONE = new Attributes(Map.of());

    public Attributes {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** One int attribute. */
    public static Attributes of(String name, long value) {
        return NONE.with(name, value);
    }

    /** One list of ints. */
    public static Attributes of(String name, long... values) {
        return NONE.with(name, values);
    }

    /** One float attribute. */
    public static Attributes of(String name, float value) {
        return NONE.with(name, value);
    }

    /** One string attribute. */
    public static Attributes of(String name, String value) {
        return NONE.with(name, value);
    }

    /** These attributes and an int. */
    public Attributes with(String name, long value) {
        return with(name, new Attribute.IntValue(value));
    }

    /** These attributes and a list of ints. */
    public Attributes with(String name, long... ints) {
        return with(name, new Attribute.IntsValue(Arrays.stream(ints).boxed().toList()));
    }

    /** These attributes and a float. */
    public Attributes with(String name, float value) {
        return with(name, new Attribute.FloatValue(value));
    }

    /** These attributes and a string. */
    public Attributes with(String name, String value) {
        return with(name, new Attribute.StringValue(value));
    }

    /** These attributes and a tensor. */
    public Attributes with(String name, Tensor value) {
        return with(name, new Attribute.TensorValue(value));
    }

    /** These attributes and a subgraph. */
    public Attributes with(String name, Graph value) {
        return with(name, new Attribute.GraphValue(value));
    }

    /** These attributes and another, which replaces one of the same name. */
    public Attributes with(String name, Attribute value) {
        Map<String, Attribute> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Attributes(more);
    }

    /** These attributes less those of these names. */
    public Attributes without(String... names) {
        Map<String, Attribute> fewer = new LinkedHashMap<>(values);
        for (String name : names) {
            fewer.remove(name);
        }
        return new Attributes(fewer);
    }

    /** The attribute of this name. */
    public Optional<Attribute> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** An int, or the default when absent. */
    public long intOr(String name, long absent) {
        return values.get(name) instanceof Attribute.IntValue found ? found.value() : absent;
    }

    /** A float, or the default when absent. */
    public float floatOr(String name, float absent) {
        return values.get(name) instanceof Attribute.FloatValue found ? found.value() : absent;
    }

    /** A string, or the default when absent. */
    public String stringOr(String name, String absent) {
        return values.get(name) instanceof Attribute.StringValue found ? found.value() : absent;
    }

    /** A list of ints, if present. */
    public Optional<List<Long>> ints(String name) {
        return values.get(name) instanceof Attribute.IntsValue found ? Optional.of(found.values()) : Optional.empty();
    }

    /** A subgraph, if present. */
    public Optional<Graph> graph(String name) {
        return values.get(name) instanceof Attribute.GraphValue found ? Optional.of(found.value()) : Optional.empty();
    }

    /** A tensor, if present. */
    public Optional<Tensor> tensor(String name) {
        return values.get(name) instanceof Attribute.TensorValue found ? Optional.of(found.value()) : Optional.empty();
    }
}
