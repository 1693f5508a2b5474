package dev.entrepot.server.tracking;

import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.Jobs;
import dev.entrepot.server.web.Drain;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * What happens to a job, while it happens. Source: HTML, "Server-sent events".
 *
 * <p>The rows are looked at again and again, so it does not matter which process works. Between two looks a listener holds a connection and no
 * thread.
 */
@Controller("/api/v1/jobs")
@Tag(name = "Jobs")
final class EventController {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);
    private static final int MOST_LISTENERS = 1000;
    private static final int LOOKERS = 4;

    private final Jobs jobs;
    private final Drain drain;
    private final Scheduler lookers = Schedulers.newBoundedElastic(LOOKERS, MOST_LISTENERS, "job-events", 60, true);
    private final int silence;
    private final AtomicInteger listeners = new AtomicInteger();

    EventController(Jobs jobs, Drain drain, ServerConfig config) {
        this.jobs = jobs;
        this.drain = drain;
        // A third of what a connection may stay silent, since looks take their time as well.
        Duration third = config.limits().idle().dividedBy(3);
        Duration longest = third.compareTo(LONGEST_SILENCE) < 0 ? third : LONGEST_SILENCE;
        this.silence = Math.toIntExact(Math.max(1, longest.dividedBy(PAUSE)));
    }

    /**
     * The job's events as server-sent events: {@code id} is their number, {@code event} their kind ({@code queued}, {@code started},
     * {@code progress}, {@code retried}, {@code succeeded}, {@code failed}, {@code cancelled}), {@code data} their JSON. The stream ends after the
     * last; {@code Last-Event-ID} takes it up after that event, and is answered 204 if there is nothing more to come.
     */
    @Get("/{id}/events")
    @Produces({MediaType.TEXT_EVENT_STREAM, MediaType.APPLICATION_JSON})
    @ExecuteOn(TaskExecutors.BLOCKING)
    @ApiResponse(
            responseCode = "200",
            description = "the events",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(type = "string")))
    HttpResponse<?> events(@PathVariable String id, @Header("Last-Event-ID") Optional<String> lastEventId)
            throws IOException {
        Job job =
                jobs.find(id).orElseThrow(() -> new ProblemException(Kind.NOT_FOUND, "there is no job \"" + id + "\""));
        long after = lastEventId.map(EventController::number).orElse(0L);
        if (after > 0 && job.state().isFinal() && jobs.events(id, after).isEmpty()) {
            return HttpResponse.noContent();
        }
        if (listeners.incrementAndGet() > MOST_LISTENERS) {
            listeners.decrementAndGet();
            throw new ProblemException(
                    Kind.UNAVAILABLE, MOST_LISTENERS + " listeners are here already", Map.of("Retry-After", "5"));
        }
        return HttpResponse.ok(stream(new JobFollower(jobs, id, after, silence)))
                .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no");
    }

    private Flux<byte[]> stream(JobFollower follower) {
        return Mono.fromCallable(follower::look)
                .subscribeOn(lookers)
                .repeatWhen(looks -> looks.delayElements(PAUSE))
                .takeUntil(bytes -> follower.hasEnded() || drain.isDraining())
                .filter(bytes -> bytes.length > 0)
                .doFinally(signal -> listeners.decrementAndGet());
    }

    @PreDestroy
    void close() {
        lookers.dispose();
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new ProblemException(Kind.BAD_REQUEST, "Last-Event-ID is the number of an event");
        }
        return Long.parseLong(text);
    }
}
