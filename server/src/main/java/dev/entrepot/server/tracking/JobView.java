package dev.entrepot.server.tracking;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobOrder;
import dev.entrepot.server.jobs.JobOrder.Conversion;
import dev.entrepot.server.jobs.JobOrder.Destination;
import dev.entrepot.server.jobs.JobOrder.Validation;
import dev.entrepot.server.jobs.Outcome;
import dev.entrepot.zoo.recipe.Recipe;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job, as JSON tells it.
 *
 * @param id its name, 64 hexadecimal digits
 * @param operation {@code conversion} or {@code validation}
 * @param subject a line for people
 * @param state {@code queued}, {@code running}, {@code succeeded}, {@code failed} or {@code cancelled}
 * @param submitted when it was asked for
 * @param submittedBy by whom first
 * @param started when a worker took it
 * @param ended when it came to its end
 * @param cancelAsked when somebody called it off
 * @param attempt how often a worker took it
 * @param worker who has it or had it last; empty if nobody had
 * @param isolation how it is kept apart: {@code process} or {@code sandbox}; empty before it ran
 * @param url where it is
 * @param events where its events are
 * @param sources the files that go in
 * @param reference the files with expected outputs
 * @param publish where it is published; null if it is not
 * @param outcome what came out; null until the end
 */
@Schema(name = "Job")
public record JobView(
        String id,
        String operation,
        String subject,
        String state,
        Instant submitted,
        @JsonProperty("submitted_by") String submittedBy,
        @Nullable Instant started,
        @Nullable Instant ended,
        @JsonProperty("cancel_asked") @Nullable Instant cancelAsked,
        int attempt,
        String worker,
        String isolation,
        String url,
        String events,
        List<Input> sources,
        List<Input> reference,
        @Nullable Published publish,
        @Nullable Result outcome) {

    private static final String PLACE = "/api/v1/jobs/";

    /** A job with all that is known of it. */
    public static JobView of(Job job) {
        Outcome outcome = job.outcome();
        return view(job, outcome == null ? null : Result.of(job.id(), outcome));
    }

    /** A job without what its conversion and its validation said at length. */
    public static JobView inBrief(Job job) {
        Outcome outcome = job.outcome();
        return view(job, outcome == null ? null : Result.of(job.id(), outcome).inBrief());
    }

    private static JobView view(Job job, @Nullable Result outcome) {
        JobOrder order = job.order();
        List<Recipe.Source> sources;
        List<Recipe.Source> reference;
        Published publish = null;
        if (order instanceof Conversion conversion) {
            sources = conversion.recipe().sources();
            reference = conversion.recipe().reference();
            Destination destination = conversion.destination();
            publish = destination == null ? null : Published.of(destination);
        } else {
            sources = ((Validation) order).model();
            reference = ((Validation) order).reference();
        }
        return new JobView(
                job.id(),
                order.operation(),
                order.subject(),
                job.state().word(),
                job.submitted(),
                job.submittedBy(),
                job.started(),
                job.ended(),
                job.cancelAsked(),
                job.attempt(),
                job.worker(),
                job.isolation(),
                place(job),
                place(job) + "/events",
                sources.stream().map(Input::of).toList(),
                reference.stream().map(Input::of).toList(),
                publish,
                outcome);
    }

    /** Where a job is. */
    public static String place(Job job) {
        return PLACE + job.id();
    }

    /**
     * A file that goes in.
     *
     * @param path its name
     * @param sha256 its digest
     * @param expression what makes the network, for Python source; else empty
     */
    @Schema(name = "JobInput")
    public record Input(String path, String sha256, String expression) {
        static Input of(Recipe.Source source) {
            return new Input(source.path(), source.sha256().toString(), source.expression());
        }
    }

    /**
     * Where a job's model is published.
     *
     * @param model as a version of which model
     * @param title its title
     * @param licence its licence
     * @param task what it is for
     * @param description what is said about it, Markdown of a stranger's
     * @param tags words to find it by
     * @param labels the classes' names
     * @param aliases the aliases that are moved to it
     */
    @Schema(name = "JobPublication")
    public record Published(
            String model,
            String title,
            String licence,
            String task,
            String description,
            List<String> tags,
            List<String> labels,
            List<String> aliases) {
        static Published of(Destination destination) {
            var card = destination.card();
            return new Published(
                    destination.model().toString(),
                    card.title(),
                    card.licence(),
                    card.task(),
                    card.description(),
                    card.tags(),
                    card.labels(),
                    destination.aliases());
        }
    }

    /**
     * What came out.
     *
     * @param conversion what the converter says, as {@code entrepot convert --json} does
     * @param report the validation report, as {@code entrepot validate --report} writes it
     * @param version the version that was published
     * @param files the files that can be fetched
     * @param failure why it failed; null if it did not
     */
    @Schema(name = "JobOutcome")
    public record Result(
            @Schema(type = "object") @Nullable JsonNode conversion,
            @Schema(type = "object") @Nullable JsonNode report,
            @Nullable String version,
            List<File> files,
            Outcome.@Nullable Failure failure) {
        static Result of(String job, Outcome outcome) {
            return new Result(
                    outcome.conversion(),
                    outcome.report(),
                    outcome.version(),
                    outcome.files().stream().map(file -> File.of(job, file)).toList(),
                    outcome.failure());
        }

        Result inBrief() {
            return new Result(null, null, version, files, failure);
        }
    }

    /**
     * A file that came out.
     *
     * @param path its name
     * @param sha256 its digest
     * @param bytes its length
     * @param url where it is
     */
    @Schema(name = "JobFile")
    public record File(String path, String sha256, long bytes, String url) {
        static File of(String job, Outcome.File file) {
            return new File(
                    file.path(),
                    file.sha256().toString(),
                    file.bytes(),
                    PLACE + job + "/files/" + encoded(file.path()));
        }

        private static String encoded(String path) {
            try {
                return new URI(null, null, "/" + path, null).getRawPath().substring(1);
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException(path, e);
            }
        }
    }

    /**
     * Some jobs, those asked for last first.
     *
     * @param jobs the jobs, in brief
     * @param next the address of those asked for before; null if there are none
     */
    @Schema(name = "Jobs")
    public record Page(List<JobView> jobs, @Nullable String next) {}
}
