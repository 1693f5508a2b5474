package dev.entrepot.server.portal.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobEvent;
import dev.entrepot.server.jobs.JobOrder.Conversion;
import dev.entrepot.server.jobs.JobOrder.Destination;
import dev.entrepot.server.jobs.JobOrder.Validation;
import dev.entrepot.server.jobs.JobState;
import dev.entrepot.server.jobs.Outcome;
import dev.entrepot.zoo.entry.VersionName;
import dev.entrepot.zoo.recipe.Recipe;
import dev.entrepot.zoo.recipe.Recipe.Source;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job, as its page shows it.
 *
 * @param job the job
 * @param now when this is shown
 * @param progress what has happened
 * @param last the number of the last event
 * @param result what its conversion gave; null if there was none
 * @param proof its validation report; null if there is none
 * @param failure why it failed; null if it did not
 * @param downloads the files that came out
 */
public record JobPage(
        Job job,
        Instant now,
        List<ProgressLine> progress,
        long last,
        @Nullable ResultPage result,
        @Nullable ProofPage proof,
        @Nullable FailurePage failure,
        List<Download> downloads) {

    /**
     * A file that came out.
     *
     * @param path its name
     * @param address where it is
     * @param bytes its size
     * @param sha256 its digest
     */
    public record Download(String path, String address, long bytes, String sha256) {}

    /**
     * Something that was said with the order.
     *
     * @param name what
     * @param value the value
     */
    public record Said(String name, String value) {}

    static JobPage of(Job job, List<JobEvent> events, Instant now) {
        Outcome outcome = job.outcome();
        long last = events.isEmpty() ? 0 : events.get(events.size() - 1).seq();
        if (outcome == null) {
            return new JobPage(job, now, ProgressLine.of(events), last, null, null, null, List.of());
        }
        return new JobPage(
                job,
                now,
                ProgressLine.of(events),
                last,
                present(outcome.conversion()).map(ResultPage::of).orElse(null),
                present(outcome.report()).map(ProofPage::of).orElse(null),
                outcome.failure() == null ? null : FailurePage.of(outcome.failure()),
                outcome.files().stream().map(file -> download(job.id(), file)).toList());
    }

    /** JSON that says something; what comes from the database may be a null of JSON. */
    private static Optional<JsonNode> present(@Nullable JsonNode json) {
        return Optional.ofNullable(json).filter(node -> !node.isNull());
    }

    private static Download download(String id, Outcome.File file) {
        return new Download(
                file.path(),
                "/api/v1/jobs/" + id + "/files/" + encoded(file.path()),
                file.bytes(),
                file.sha256().hex());
    }

    private static String encoded(String path) {
        try {
            return new URI(null, null, "/" + path, null).getRawPath().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    /** The page's title: what goes in. */
    public String title() {
        return job.order().subject();
    }

    /** Whether nothing more will happen. */
    public boolean isOver() {
        return job.state().isFinal();
    }

    /** Whether it can be called off: it is not over, and nobody has done so. */
    public boolean isCancellable() {
        return !isOver() && job.cancelAsked() == null;
    }

    /** The state in a sentence. */
    public String sentence() {
        String took = Wording.took(job, now);
        return switch (job.state()) {
            case QUEUED -> "It waits for a worker. This page follows it.";
            case RUNNING -> job.cancelAsked() == null ? "It runs, for " + took + " now." : "It is being called off.";
            case SUCCEEDED -> "It took " + took + ".";
            case FAILED -> took.isEmpty() ? "It never ran." : "It took " + took + ".";
            case CANCELLED ->
                took.isEmpty() ? "It was called off before it ran." : "It was called off after " + took + ".";
        };
    }

    /** The files that went in. */
    public List<Source> sources() {
        return job.order() instanceof Conversion conversion
                ? conversion.recipe().sources()
                : ((Validation) job.order()).model();
    }

    /** The files of the reference. */
    public List<Source> reference() {
        return job.order() instanceof Conversion conversion
                ? conversion.recipe().reference()
                : ((Validation) job.order()).reference();
    }

    /** What was said with the order, but for what is as always. */
    public List<Said> said() {
        List<Said> said = new ArrayList<>();
        if (job.order() instanceof Validation validation) {
            said.add(new Said("provider", validation.provider()));
            return said;
        }
        Conversion conversion = (Conversion) job.order();
        Recipe recipe = conversion.recipe();
        add(said, "framework", recipe.framework());
        recipe.inputs().forEach(input -> add(said, "input", InputLine.of(input)));
        add(said, "opset", String.valueOf(recipe.opset()));
        add(said, "missing weights", recipe.missing().equals("fill") ? "filled" : "");
        add(said, "unused weights", recipe.unused().equals("ignore") ? "left out" : "");
        add(said, "weights key", recipe.weightsKey());
        add(said, "strip prefix", recipe.stripPrefix());
        add(said, "external data", recipe.externalData().equals("always") ? "always" : "");
        Destination destination = conversion.destination();
        if (destination != null) {
            add(said, "publish as", destination.model().toString());
        }
        return said;
    }

    private static void add(List<Said> said, String name, String value) {
        if (!value.isEmpty()) {
            said.add(new Said(name, value));
        }
    }

    /** The version that it made or looked at; empty if there is none. */
    public Optional<String> version() {
        Outcome outcome = job.outcome();
        return outcome == null ? Optional.empty() : Optional.ofNullable(outcome.version());
    }

    /** The page of that version's model. */
    public Optional<String> modelAddress() {
        return version()
                .map(VersionName::parse)
                .map(name -> "/models/" + name.model().namespace() + "/"
                        + name.model().name());
    }

    /** Whether the same files can be converted again, otherwise. */
    public boolean isConversion() {
        return job.order() instanceof Conversion;
    }

    /** The style class of its badge. */
    public String style() {
        return Wording.style(job.state());
    }

    /** The state in a word. */
    public String state() {
        return Wording.state(job.state());
    }

    /** Whether it waits or runs. */
    public boolean isRunning() {
        return job.state() == JobState.RUNNING;
    }
}
