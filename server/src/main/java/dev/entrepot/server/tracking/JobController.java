package dev.entrepot.server.tracking;

import dev.entrepot.server.files.FileAnswers;
import dev.entrepot.server.files.FileAnswers.Served;
import dev.entrepot.server.files.FileAnswers.Sharing;
import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobState;
import dev.entrepot.server.jobs.Jobs;
import dev.entrepot.server.jobs.Outcome;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.zoo.entry.EntryJson;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jobs: one, many, called off, and the files that came out. */
@Controller("/api/v1/jobs")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Jobs", description = "What was ordered, how far it is, and what came out")
final class JobController {

    private static final int MOST = 200;

    private final Jobs jobs;
    private final JobCallers callers;
    private final FileAnswers answers;

    JobController(Jobs jobs, JobCallers callers, FileAnswers answers) {
        this.jobs = jobs;
        this.callers = callers;
        this.answers = answers;
    }

    /** Jobs, those asked for last first: {@code state}, as often as wanted; {@code before}, a time; {@code limit}. */
    @Get
    @Parameter(name = "state", in = ParameterIn.QUERY, description = "queued, running, succeeded, failed or cancelled")
    @Parameter(name = "before", in = ParameterIn.QUERY, description = "only jobs asked for before this time")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "how many at most, 1 to 200; 50 if not said")
    @ApiResponse(
            responseCode = "200",
            description = "jobs, in brief",
            content = @Content(schema = @Schema(implementation = JobView.Page.class)))
    HttpResponse<String> list(@Parameter(hidden = true) HttpRequest<?> request) throws IOException {
        var parameters = request.getParameters();
        Set<JobState> states = states(parameters.getAll("state"));
        int limit = limit(parameters.get("limit"));
        List<Job> found = jobs.list(states, moment(parameters.get("before")), limit);
        String next = found.size() < limit ? null : next(states, limit, found.get(limit - 1));
        MutableHttpResponse<String> response =
                json(new JobView.Page(found.stream().map(JobView::inBrief).toList(), next));
        return next == null ? response : response.header("Link", "<" + next + ">; rel=\"next\"");
    }

    /** A job with all that is known of it. */
    @Get("/{id}")
    @ApiResponse(
            responseCode = "200",
            description = "the job",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    HttpResponse<String> get(@PathVariable String id) throws IOException {
        return json(JobView.of(require(id)));
    }

    /** Calls a job off. What has come to its end stays as it is. */
    @Delete("/{id}")
    @ApiResponse(
            responseCode = "202",
            description = "the job; its state is cancelled at once if it waited, within seconds if it ran",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    HttpResponse<String> delete(HttpRequest<?> request, @PathVariable String id) throws IOException {
        return cancel(request, id);
    }

    /** Calls a job off, for those who cannot send {@code DELETE}. */
    @Post("/{id}/cancel")
    @Consumes(MediaType.ALL)
    @ApiResponse(
            responseCode = "202",
            description = "the job; its state is cancelled at once if it waited, within seconds if it ran",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    HttpResponse<String> cancel(HttpRequest<?> request, @PathVariable String id) throws IOException {
        callers.require(require(id), request);
        Job job = jobs.cancel(id, JobCallers.name(request)).orElseThrow(() -> missing(id));
        return json(JobView.of(job)).status(job.state().isFinal() ? 200 : 202);
    }

    /** A file that came out, for those who asked for the job. */
    @Get(value = "/{id}/files/{+path}", headRoute = false)
    @ApiResponse(
            responseCode = "200",
            description = "the file; its ETag is its SHA-256",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema = @Schema(type = "string", format = "binary")))
    HttpResponse<?> file(HttpRequest<?> request, @PathVariable String id, @PathVariable String path)
            throws IOException {
        Job job = require(id);
        callers.require(job, request);
        Outcome outcome = job.outcome();
        Outcome.File file = (outcome == null ? List.<Outcome.File>of() : outcome.files())
                .stream()
                        .filter(found -> found.path().equals(path))
                        .findFirst()
                        .orElseThrow(() -> new ProblemException(Kind.NOT_FOUND, "the job has no such file"));
        return answers.answer(request, new Served(file.path(), file.sha256(), file.bytes()), Sharing.PRIVATE);
    }

    /** Its headers. */
    @Head("/{id}/files/{+path}")
    HttpResponse<?> fileHeaders(HttpRequest<?> request, @PathVariable String id, @PathVariable String path)
            throws IOException {
        return file(request, id, path);
    }

    private Job require(String id) throws IOException {
        return jobs.find(id).orElseThrow(() -> missing(id));
    }

    private static ProblemException missing(String id) {
        return new ProblemException(Kind.NOT_FOUND, "there is no job \"" + id + "\"");
    }

    private static Set<JobState> states(List<String> words) {
        Set<JobState> states = EnumSet.noneOf(JobState.class);
        for (String word : words) {
            try {
                states.add(JobState.of(word));
            } catch (IllegalArgumentException e) {
                throw new ProblemException(
                        Kind.BAD_REQUEST, "a state is queued, running, succeeded, failed or cancelled");
            }
        }
        return states;
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return 50;
        }
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MOST) {
            return Integer.parseInt(text);
        }
        throw new ProblemException(Kind.BAD_REQUEST, "limit is 1 to " + MOST);
    }

    private static @Nullable Instant moment(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new ProblemException(Kind.BAD_REQUEST, "before is a time such as 2026-01-31T12:00:00Z");
        }
    }

    private static String next(Set<JobState> states, int limit, Job last) {
        StringBuilder address = new StringBuilder("/api/v1/jobs?limit=" + limit + "&before="
                + URLEncoder.encode(last.submitted().toString(), StandardCharsets.UTF_8));
        states.forEach(state -> address.append("&state=").append(state.word()));
        return address.toString();
    }

    private static MutableHttpResponse<String> json(Object value) {
        return HttpResponse.ok(EntryJson.toText(value))
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store");
    }
}
