package dev.entrepot.server.portal.jobs;

import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobState;
import dev.entrepot.server.jobs.Jobs;
import dev.entrepot.server.portal.Pages;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The pages of jobs. */
@Controller("/jobs")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class JobsController {

    private final Jobs jobs;
    private final Pages pages;

    JobsController(Jobs jobs, Pages pages) {
        this.jobs = jobs;
        this.pages = pages;
    }

    /** The list, those asked for last first. */
    @Get
    HttpResponse<String> list(@QueryValue Optional<String> state, @QueryValue Optional<String> before)
            throws IOException {
        Optional<JobState> only = state.filter(word -> !word.isEmpty()).map(JobsController::state);
        Optional<Instant> until = before.map(JobsController::instant);
        List<Job> found = jobs.list(only.map(Set::of).orElse(Set.of()), until.orElse(null), JobsPage.SIZE + 1);
        Map<JobState, Long> counts = new EnumMap<>(JobState.class);
        for (JobState each : JobState.values()) {
            counts.put(each, jobs.count(each));
        }
        return pages.page("jobs/list", JobsPage.of(found, counts, only, until, Instant.now()));
    }

    /** One job. */
    @Get("/{id}")
    HttpResponse<String> job(@PathVariable String id) throws IOException {
        Job job = jobs.find(id).orElseThrow(() -> new ProblemException(Kind.NOT_FOUND, "there is no such job"));
        return pages.page("jobs/job", JobPage.of(job, jobs.events(id, 0), Instant.now()));
    }

    private static JobState state(String word) {
        try {
            return JobState.of(word);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Kind.BAD_REQUEST, "there is no state \"" + word + "\"");
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ProblemException(Kind.BAD_REQUEST, "before must be a time such as 2026-01-31T12:00:00Z");
        }
    }
}
