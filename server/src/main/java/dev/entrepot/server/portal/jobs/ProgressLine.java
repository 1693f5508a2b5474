package dev.entrepot.server.portal.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.server.jobs.JobEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A line of what happened to a job.
 *
 * @param when how long after it was asked for
 * @param kind the event's kind
 * @param title what happened
 * @param text more of it; may be empty
 */
public record ProgressLine(String when, String kind, String title, String text) {

    static List<ProgressLine> of(List<JobEvent> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        Instant begin = events.get(0).happened();
        return events.stream().map(event -> of(event, begin)).toList();
    }

    private static ProgressLine of(JobEvent event, Instant begin) {
        JsonNode detail = event.detail();
        String when = "+" + Wording.span(Duration.between(begin, event.happened()));
        return switch (event.kind()) {
            case "queued" -> new ProgressLine(when, "queued", "Asked for", "waits for a worker");
            case "started" -> new ProgressLine(when, "started", "Taken by a worker", started(detail));
            case "progress" -> new ProgressLine(when, "progress", stage(detail), "");
            case "retried" ->
                new ProgressLine(
                        when,
                        "retried",
                        "Given back, and will be tried again",
                        detail.path("reason").asText());
            case "succeeded" ->
                new ProgressLine(
                        when, "succeeded", "Done", detail.path("version").asText());
            case "failed" ->
                new ProgressLine(when, "failed", "Failed", detail.path("detail").asText());
            case "cancelled" ->
                new ProgressLine(
                        when, "cancelled", "Called off", detail.path("detail").asText());
            default ->
                new ProgressLine(
                        when, "progress", event.kind(), detail.path("text").asText());
        };
    }

    /** What a stage says it does, else its name, as a sentence begins. */
    private static String stage(JsonNode detail) {
        String text = detail.path("text").asText();
        String said = text.isEmpty() ? detail.path("stage").asText() : text;
        return said.isEmpty() ? "" : said.substring(0, 1).toUpperCase(Locale.ROOT) + said.substring(1);
    }

    private static String started(JsonNode detail) {
        int attempt = detail.path("attempt").asInt(1);
        return detail.path("worker").asText() + (attempt > 1 ? ", attempt " + attempt : "");
    }
}
