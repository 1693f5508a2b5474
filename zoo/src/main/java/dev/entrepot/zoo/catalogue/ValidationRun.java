package dev.entrepot.zoo.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.zoo.entry.EntryJson;
import dev.entrepot.zoo.store.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A validation of a version.
 *
 * @param created when
 * @param verdict what it came to: {@code pass}, {@code fail_conversion}, {@code fail_runtime} or {@code inconclusive}
 * @param reason why
 * @param provider where it ran: {@code cpu}, {@code cuda}; empty if it did not
 * @param runtime what ran it
 * @param isolation how it was kept apart: {@code none}, {@code process} or {@code sandbox}
 * @param model the digest of the model's file that was validated
 * @param report the blob with the whole report
 * @param metrics its numbers
 */
public record ValidationRun(
        Instant created,
        String verdict,
        String reason,
        String provider,
        String runtime,
        String isolation,
        Digest model,
        Digest report,
        List<Metric> metrics) {

    private static final List<String> DISTANCES =
            List.of("max_abs", "max_rel", "mean_abs", "p50_abs", "p99_abs", "rmse", "cosine", "snr_db");

    public ValidationRun {
        metrics = List.copyOf(metrics);
    }

    /** Whether the model gave what its reference says. */
    public boolean passed() {
        return verdict.equals("pass");
    }

    /**
     * A number of a validation.
     *
     * @param set the reference's set
     * @param output the output
     * @param name what it is, such as {@code max_abs} or {@code top1_agree}
     * @param amount the number, finite
     */
    public record Metric(String set, String output, String name, double amount) {}

    /**
     * Reads a validation report, as {@code validator.report.JsonReport} writes it.
     *
     * @param json the report
     * @param isolation how the validation was kept apart
     * @throws IllegalArgumentException if it is no report
     */
    public static ValidationRun of(byte[] json, String isolation) {
        JsonNode report = EntryJson.tree(json);
        JsonNode run = report.path("runs").path(0);
        JsonNode runtime = run.path("runtime");
        return new ValidationRun(
                Instant.parse(report.path("created").asText()),
                report.path("verdict").asText(),
                report.path("verdict_reason").path("text").asText(),
                run.path("device").path("kind").asText(),
                (runtime.path("name").asText() + " " + runtime.path("version").asText()).strip(),
                isolation,
                Digest.parse(report.path("subject").path("model_sha256").asText()),
                Digest.of(json),
                metrics(report));
    }

    private static List<Metric> metrics(JsonNode report) {
        List<Metric> metrics = new ArrayList<>();
        for (JsonNode run : report.path("runs")) {
            add(metrics, "", "", "p50_ms", run.path("timing").path("p50_ms"));
            add(metrics, "", "", "load_ms", run.path("timing").path("load_ms"));
            for (JsonNode output : run.path("outputs")) {
                String set = output.path("set").asText();
                String name = output.path("name").asText();
                DISTANCES.forEach(distance -> add(
                        metrics,
                        set,
                        name,
                        distance,
                        output.path("vs_reference").path(distance)));
                JsonNode task = output.path("task");
                add(
                        metrics,
                        set,
                        name,
                        "max_error_over_bound",
                        output.path("bound").path("max_error_over_bound"));
                add(metrics, set, name, "mismatches", output.path("mismatches"));
                add(metrics, set, name, "elements", output.path("elements"));
                add(metrics, set, name, "rows", task.path("rows"));
                add(metrics, set, name, "top1_agree", task.path("top1_agree"));
            }
        }
        return metrics;
    }

    /** Infinity and not-a-number are null in JSON, and no metric. */
    private static void add(List<Metric> metrics, String set, String output, String name, JsonNode number) {
        if (number.isNumber()) {
            metrics.add(new Metric(set, output, name, number.asDouble()));
        }
    }

    /** The greatest number of this name among all sets and outputs. */
    public Optional<Double> greatest(String name) {
        return metrics.stream()
                .filter(metric -> metric.name().equals(name))
                .map(Metric::amount)
                .max(Double::compare);
    }
}
