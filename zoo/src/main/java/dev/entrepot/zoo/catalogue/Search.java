package dev.entrepot.zoo.catalogue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is looked for among the newest versions of all models.
 *
 * @param text words that all occur in what is said about a model; empty for all
 * @param chosen what was chosen of each facet: any of these values, of operators and tags all of them
 * @param leastParameters the least number of parameters
 * @param mostParameters the greatest number of parameters
 * @param order the order
 * @param limit how many to give, 1 to {@value #MOST}
 * @param offset how many to pass over
 */
public record Search(
        String text,
        Map<Facet, List<String>> chosen,
        long leastParameters,
        long mostParameters,
        Order order,
        int limit,
        int offset) {

    /** The most that are given at once. */
    public static final int MOST = 500;

    /** Everything, by name. */
    public static final Search ALL = new Search("", Map.of(), 0, Long.MAX_VALUE, Order.NAME, MOST, 0);

    /** What models can be told apart by. */
    public enum Facet {
        /** Where the model came from. */
        FRAMEWORK("v.framework"),
        /** What it is for. */
        TASK("v.task"),
        /** Its SPDX expression. */
        LICENCE("v.licence"),
        /** The version of ai.onnx. */
        OPSET("cast(v.opset as varchar(20))"),
        /** Who publishes it. */
        NAMESPACE("n.name"),
        /** An operator that it uses. */
        OPERATOR("o.operator"),
        /** A tag of its card. */
        TAG("t.tag");

        private final String column;

        Facet(String column) {
            this.column = column;
        }

        String column() {
            return column;
        }

        /** The facet as JSON and URLs have it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An order of models. */
    public enum Order {
        /** By name. */
        NAME("n.name, m.name"),
        /** The newest version first. */
        NEWEST("v.published desc, v.id desc"),
        /** The smallest first. */
        SMALLEST("v.parameters, n.name, m.name"),
        /** The largest first. */
        LARGEST("v.parameters desc, n.name, m.name");

        private final String columns;

        Order(String columns) {
            this.columns = columns;
        }

        String columns() {
            return columns;
        }
    }

    /** @throws IllegalArgumentException if limit or offset are out of bounds */
    public Search {
        if (limit < 1 || limit > MOST || offset < 0) {
            throw new IllegalArgumentException(
                    "limit is 1 to " + MOST + " and offset from 0 on, got " + limit + " and " + offset);
        }
        Map<Facet, List<String>> copy = new EnumMap<>(Facet.class);
        chosen.forEach((facet, values) -> copy.put(facet, List.copyOf(values)));
        chosen = Collections.unmodifiableMap(copy);
    }

    /** This search for words. */
    public Search withText(String words) {
        return new Search(words, chosen, leastParameters, mostParameters, order, limit, offset);
    }

    /** This search with one more value chosen. */
    public Search with(Facet facet, String value) {
        Map<Facet, List<String>> more = new EnumMap<>(Facet.class);
        more.putAll(chosen);
        List<String> values = new ArrayList<>(more.getOrDefault(facet, List.of()));
        values.add(value);
        more.put(facet, values);
        return new Search(text, more, leastParameters, mostParameters, order, limit, offset);
    }

    /** This search in another order. */
    public Search by(Order other) {
        return new Search(text, chosen, leastParameters, mostParameters, other, limit, offset);
    }

    /** Another part of what is found. */
    public Search page(int newLimit, int newOffset) {
        return new Search(text, chosen, leastParameters, mostParameters, order, newLimit, newOffset);
    }

    /**
     * What was found.
     *
     * @param total how many there are
     * @param versions those that were asked for
     */
    public record Found(long total, List<VersionSummary> versions) {
        public Found {
            versions = List.copyOf(versions);
        }
    }

    /**
     * A value of a facet.
     *
     * @param value the value
     * @param count how many models have it and all else that is looked for
     */
    public record Option(String value, long count) {}

    /**
     * What could be chosen.
     *
     * @param options the values of each facet, the most frequent first
     * @param leastParameters the least number of parameters in the zoo
     * @param mostParameters the greatest
     */
    public record FilterOptions(Map<Facet, List<Option>> options, long leastParameters, long mostParameters) {
        public FilterOptions {
            options = Collections.unmodifiableMap(new EnumMap<>(options));
        }
    }
}
