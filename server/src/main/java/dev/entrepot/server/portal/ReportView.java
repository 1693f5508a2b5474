package dev.entrepot.server.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A validation report as a page tells it. All of it is read from the report's JSON, and what an older report lacks is left out.
 *
 * @param reason why the verdict was given
 * @param device where the model ran
 * @param deviceReason why there
 * @param runtime what ran it
 * @param platform Java and the operating system
 * @param reference the reference's name
 * @param sets how many sets of inputs and outputs it has
 * @param seconds how long the validation took
 * @param median the median time of a run in ms; empty if there was one run only
 * @param repeatable whether the same inputs gave the same bits; empty if there was one run only
 * @param placement the nodes of the optimized graph by provider
 * @param outputs the outputs, all sets together
 * @param localisation where the model begins to differ, if somebody looked
 */
public record ReportView(
        String reason,
        String device,
        String deviceReason,
        String runtime,
        String platform,
        String reference,
        int sets,
        double seconds,
        Optional<Double> median,
        Optional<Boolean> repeatable,
        Map<String, Long> placement,
        List<OutputView> outputs,
        Optional<String> localisation) {

    static ReportView of(JsonNode report) {
        JsonNode run = report.path("runs").path(0);
        JsonNode runtime = run.path("runtime");
        Map<String, Long> placement = new LinkedHashMap<>();
        run.path("placement")
                .path("nodes_by_provider")
                .properties()
                .forEach(entry -> placement.put(entry.getKey(), entry.getValue().asLong()));
        JsonNode median = run.path("timing").path("p50_ms");
        JsonNode repeatability = run.path("repeatability");
        String localisation = report.path("localisation").path("text").asText();
        return new ReportView(
                report.path("verdict_reason").path("text").asText(),
                run.path("device").path("kind").asText(),
                run.path("device").path("reason").asText(),
                (runtime.path("name").asText() + " " + runtime.path("version").asText()).strip(),
                "Java " + runtime.path("java").asText() + ", "
                        + runtime.path("os").asText(),
                report.path("reference").path("name").asText(),
                report.path("reference").path("sets").asInt(),
                report.path("duration_ms").asDouble() / 1000,
                median.isNumber() ? Optional.of(median.asDouble()) : Optional.empty(),
                repeatability.isObject()
                        ? Optional.of(repeatability.path("bit_equal").asBoolean())
                        : Optional.empty(),
                placement,
                outputs(run),
                localisation.isEmpty() ? Optional.empty() : Optional.of(localisation));
    }

    private static List<OutputView> outputs(JsonNode run) {
        Map<String, List<JsonNode>> byName = new LinkedHashMap<>();
        for (JsonNode output : run.path("outputs")) {
            byName.computeIfAbsent(output.path("name").asText(), name -> new ArrayList<>())
                    .add(output);
        }
        return byName.values().stream().map(OutputView::of).toList();
    }
}
