package dev.entrepot.server.portal.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.server.portal.Figures;
import java.util.ArrayList;
import java.util.List;

/**
 * A validation report in words and numbers; of the JSON that the validator writes.
 *
 * @param verdict the verdict's name, such as {@code pass}
 * @param reason why, in a sentence
 * @param sentences what was done and what was found
 * @param rows the outputs beside their references
 * @param notes what weakens the proof, or tells where a model begins to differ
 */
public record ProofPage(String verdict, String reason, List<String> sentences, List<Row> rows, List<String> notes) {

    /**
     * An output beside its reference. What is not known is a dash.
     *
     * @param output its name
     * @param set the reference's set
     * @param type its type and sizes
     * @param maxAbs the greatest absolute error
     * @param maxRel the greatest relative error
     * @param overBound the greatest error, as a part of what is allowed for it
     * @param cosine the cosine between both
     * @param snr the signal to noise ratio
     * @param top1 the share of rows whose greatest class agrees
     * @param passed whether it is near enough
     * @param fault why it is not, or could not be compared
     */
    public record Row(
            String output,
            String set,
            String type,
            String maxAbs,
            String maxRel,
            String overBound,
            String cosine,
            String snr,
            String top1,
            boolean passed,
            String fault) {

        static Row of(JsonNode output) {
            JsonNode distances = output.path("vs_reference");
            JsonNode bound = output.path("bound");
            return new Row(
                    output.path("name").asText(),
                    output.path("set").asText(),
                    output.path("dtype").asText() + ResultPage.sizes(output.path("shape")),
                    number(distances.path("max_abs")),
                    number(distances.path("max_rel")),
                    share(bound.path("max_error_over_bound")),
                    rounded(distances.path("cosine"), "%.9f"),
                    distances.isObject() && distances.path("snr_db").isNull()
                            ? "equal"
                            : rounded(distances.path("snr_db"), "%.1f dB"),
                    share(output.path("task").path("top1_agree")),
                    output.path("pass").asBoolean(),
                    fault(output));
        }

        private static String fault(JsonNode output) {
            String fault = output.path("fault").asText();
            if (output.path("pass").asBoolean() || !fault.isEmpty()) {
                return fault;
            }
            return Figures.count(output.path("mismatches").asLong()) + " of "
                    + Figures.count(output.path("elements").asLong()) + " elements are too far off, the first at "
                    + ResultPage.sizes(output.path("first_mismatch_index"));
        }
    }

    static ProofPage of(JsonNode report) {
        List<String> sentences = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (JsonNode run : report.path("runs")) {
            sentences.addAll(about(run));
            run.path("outputs").forEach(output -> rows.add(Row.of(output)));
        }
        return new ProofPage(
                report.path("verdict").asText(),
                report.path("verdict_reason").path("text").asText(),
                sentences,
                rows,
                notes(report));
    }

    private static List<String> about(JsonNode run) {
        JsonNode runtime = run.path("runtime");
        JsonNode device = run.path("device");
        List<String> sentences = new ArrayList<>();
        sentences.add("Run on ONNX Runtime " + runtime.path("version").asText() + ", "
                + ("cuda".equals(device.path("kind").asText()) ? "on CUDA." : "on the CPU."));
        JsonNode timing = run.path("timing");
        if (timing.isObject()) {
            JsonNode median = timing.path("p50_ms");
            sentences.add("Loading took " + rounded(timing.path("load_ms"), "%.1f ms") + ", the first run "
                    + rounded(timing.path("first_run_ms"), "%.1f ms")
                    + (median.isNumber() ? ", then " + rounded(median, "%.2f ms") + " a run." : "."));
        }
        JsonNode again = run.path("repeatability");
        if (again.isObject()) {
            sentences.add(
                    again.path("bit_equal").asBoolean()
                            ? "All " + again.path("runs").asInt() + " runs gave the same, bit by bit."
                            : "Running it again gave slightly other numbers.");
        }
        return sentences;
    }

    private static List<String> notes(JsonNode report) {
        List<String> notes = new ArrayList<>();
        JsonNode reference = report.path("reference");
        for (JsonNode power : reference.path("power")) {
            if (power.path("degenerate").asBoolean()) {
                notes.add("The reference of " + power.path("name").asText() + " proves nothing: "
                        + power.path("weakness").asText());
            }
        }
        List<String> left = new ArrayList<>();
        reference.path("without_reference").forEach(name -> left.add(name.asText()));
        if (!left.isEmpty()) {
            notes.add("The reference has nothing to compare with: " + String.join(", ", left));
        }
        String localised = report.path("localisation").path("text").asText();
        if (!localised.isEmpty()) {
            notes.add(localised);
        }
        return notes;
    }

    private static String number(JsonNode number) {
        return number.isNumber() ? Figures.small(number.asDouble()) : "–";
    }

    private static String share(JsonNode part) {
        return part.isNumber() ? Figures.percent(part.asDouble()) : "–";
    }

    private static String rounded(JsonNode number, String format) {
        return number.isNumber() ? String.format(java.util.Locale.ROOT, format, number.asDouble()) : "–";
    }
}
