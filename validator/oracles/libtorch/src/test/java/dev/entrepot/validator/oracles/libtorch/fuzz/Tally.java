package dev.entrepot.validator.oracles.libtorch.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What happened to each operator's programs. */
final class Tally {

    private final Map<String, Map<String, Integer>> counts = new TreeMap<>();
    private final Map<String, Map<String, String>> reasons = new TreeMap<>();

    /** Counts one verdict; of each kind and operator one reason is kept. */
    void count(FuzzCase drawn, Verdict verdict) {
        String kind = verdict.getClass().getSimpleName();
        counts.computeIfAbsent(drawn.operator(), key -> new TreeMap<>()).merge(kind, 1, Integer::sum);
        if (!(verdict instanceof Verdict.Same)) {
            reasons.computeIfAbsent(drawn.operator(), key -> new LinkedHashMap<>())
                    .putIfAbsent(kind, "#" + drawn.seed() + " " + verdict);
        }
    }

    /** Writes a line with the sums, one per operator, and one per reason. */
    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        Map<String, Integer> sums = new TreeMap<>();
        counts.forEach((operator, kinds) -> {
            kinds.forEach((kind, count) -> sums.merge(kind, count, Integer::sum));
            lines.add(operator + ": " + written(kinds));
            reasons.getOrDefault(operator, Map.of())
                    .values()
                    .forEach(reason -> lines.add("    " + reason.replaceAll("\\s+", " ")));
        });
        lines.add(0, counts.size() + " operators: " + written(sums));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, lines);
    }

    private static String written(Map<String, Integer> kinds) {
        return kinds.entrySet().stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
    }
}
