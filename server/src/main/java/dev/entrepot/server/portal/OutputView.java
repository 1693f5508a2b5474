package dev.entrepot.server.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * An output beside its references, all sets together.
 *
 * @param name its name
 * @param dtype its element type
 * @param elements how many elements were compared
 * @param mismatches how many of them are too far apart
 * @param maxAbsolute the greatest absolute error; empty where the type has no fractions
 * @param maxRelative the greatest relative error
 * @param overBound the greatest error over what is allowed
 * @param cosine the least cosine of a set
 * @param rows the rows whose greatest class was compared; 0 where these are no classes
 * @param agreement the share of them that agree
 * @param absolute the absolute part of the bound
 * @param relative the relative part
 * @param why where the bound comes from
 * @param fault why nothing could be compared; empty where it could
 * @param isNear whether all sets are near enough
 * @param histogram how far elements are over what is allowed; empty where the report does not say
 * @param scatter some elements
 */
public record OutputView(
        String name,
        String dtype,
        long elements,
        long mismatches,
        Optional<Double> maxAbsolute,
        Optional<Double> maxRelative,
        Optional<Double> overBound,
        Optional<Double> cosine,
        long rows,
        double agreement,
        double absolute,
        double relative,
        String why,
        String fault,
        boolean isNear,
        Optional<Histogram> histogram,
        Optional<Scatter> scatter) {

    private static final int DOTS = 1500;
    /** The last bin's limit that still passes. */
    private static final double PASSING = 1;

    /** @param sets the same output in all sets, at least one */
    static OutputView of(List<JsonNode> sets) {
        JsonNode first = sets.get(0);
        JsonNode bound = first.path("bound");
        long rows = sum(sets, set -> set.path("task").path("rows").asLong());
        double agreeing = sets.stream()
                .map(set -> set.path("task"))
                .mapToDouble(task ->
                        task.path("rows").asDouble() * task.path("top1_agree").asDouble())
                .sum();
        return new OutputView(
                first.path("name").asText(),
                first.path("dtype").asText(),
                sum(sets, set -> set.path("elements").asLong()),
                sum(sets, set -> set.path("mismatches").asLong()),
                greatest(sets, "vs_reference", "max_abs"),
                greatest(sets, "vs_reference", "max_rel"),
                greatest(sets, "bound", "max_error_over_bound"),
                least(sets, "vs_reference", "cosine"),
                rows,
                rows == 0 ? 0 : agreeing / rows,
                bound.path("atol").asDouble(),
                bound.path("rtol").asDouble(),
                bound.path("why").asText(),
                sets.stream()
                        .map(set -> set.path("fault").asText())
                        .filter(fault -> !fault.isEmpty())
                        .findFirst()
                        .orElse(""),
                sets.stream().allMatch(set -> set.path("pass").asBoolean()),
                histogram(sets),
                scatter(sets));
    }

    private static long sum(List<JsonNode> sets, ToDoubleFunction<JsonNode> number) {
        return (long) sets.stream().mapToDouble(number).sum();
    }

    private static Optional<Double> greatest(List<JsonNode> sets, String group, String name) {
        return numbers(sets, group, name).stream().max(Double::compare);
    }

    private static Optional<Double> least(List<JsonNode> sets, String group, String name) {
        return numbers(sets, group, name).stream().min(Double::compare);
    }

    private static List<Double> numbers(List<JsonNode> sets, String group, String name) {
        return sets.stream()
                .map(set -> set.path(group).path(name))
                .filter(JsonNode::isNumber)
                .map(JsonNode::asDouble)
                .toList();
    }

    private static Optional<Histogram> histogram(List<JsonNode> sets) {
        List<String> labels = new ArrayList<>(List.of("equal"));
        List<Long> counts = new ArrayList<>(List.of(0L));
        List<String> styles = new ArrayList<>(List.of("equal"));
        for (JsonNode bin : sets.get(0).path("spread").path("bins")) {
            boolean isLast = !bin.path("at_most").isNumber();
            double limit = bin.path("at_most").asDouble();
            labels.add(isLast ? "more" : limit >= 0.01 ? Figures.small(limit) : "1e" + Math.round(Math.log10(limit)));
            counts.add(0L);
            styles.add(isLast || limit > PASSING ? "far" : "near");
        }
        if (labels.size() == 1) {
            return Optional.empty();
        }
        for (JsonNode set : sets) {
            counts.set(0, counts.get(0) + set.path("spread").path("equal").asLong());
            JsonNode bins = set.path("spread").path("bins");
            for (int bin = 0; bin < Math.min(bins.size(), counts.size() - 1); bin++) {
                counts.set(
                        bin + 1,
                        counts.get(bin + 1) + bins.get(bin).path("elements").asLong());
            }
        }
        return Optional.of(Histogram.of(labels, counts, styles));
    }

    private static Optional<Scatter> scatter(List<JsonNode> sets) {
        List<double[]> pairs = new ArrayList<>();
        for (JsonNode set : sets) {
            for (JsonNode pair : set.path("spread").path("sample")) {
                if (pairs.size() < DOTS
                        && pair.path(0).isNumber()
                        && pair.path(1).isNumber()) {
                    pairs.add(new double[] {pair.get(0).asDouble(), pair.get(1).asDouble()});
                }
            }
        }
        return pairs.isEmpty() ? Optional.empty() : Optional.of(Scatter.of(pairs));
    }
}
