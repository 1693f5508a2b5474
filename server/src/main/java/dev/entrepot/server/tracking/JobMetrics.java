package dev.entrepot.server.tracking;

import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobState;
import dev.entrepot.server.jobs.Jobs;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.context.annotation.Context;
import io.micronaut.scheduling.annotation.Scheduled;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Jobs as metrics: {@code entrepot_jobs} by state, and {@code entrepot_job_seconds} of those that ended, by operation and state.
 *
 * <p>They are read off the rows, so that each server tells of all workers' jobs.
 */
@Context
final class JobMetrics {

    /** Another machine's clock may be so far behind. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    private final Jobs jobs;
    private final MeterRegistry meters;
    private final Map<JobState, AtomicLong> counts = new EnumMap<>(JobState.class);
    private final Map<String, Instant> seen = new HashMap<>();

    JobMetrics(Jobs jobs, MeterRegistry meters) throws IOException {
        this.jobs = jobs;
        this.meters = meters;
        for (JobState state : new JobState[] {JobState.QUEUED, JobState.RUNNING}) {
            AtomicLong count = new AtomicLong();
            counts.put(state, count);
            Gauge.builder("entrepot.jobs", count, AtomicLong::get)
                    .description("Jobs that wait or run")
                    .tag("state", state.word())
                    .register(meters);
        }
        jobs.endedAfter(Instant.now().minus(OVERLAP)).forEach(this::isNew);
    }

    @Scheduled(fixedDelay = "2s")
    void look() throws IOException {
        for (Map.Entry<JobState, AtomicLong> count : counts.entrySet()) {
            count.getValue().set(jobs.count(count.getKey()));
        }
        Instant since = Instant.now().minus(OVERLAP);
        for (Job job : jobs.endedAfter(since)) {
            if (isNew(job)) {
                time(job);
            }
        }
        seen.values().removeIf(ended -> ended.isBefore(since));
    }

    private boolean isNew(Job job) {
        Instant ended = job.ended();
        return ended != null && !ended.equals(seen.put(job.id(), ended));
    }

    /** From the last start; a job that never ran took no time. */
    private void time(Job job) {
        Instant started = job.started();
        Instant ended = job.ended();
        Duration took = started == null || ended == null || ended.isBefore(started)
                ? Duration.ZERO
                : Duration.between(started, ended);
        Timer.builder("entrepot.job")
                .description("Jobs that ended, and how long they ran")
                .tag("operation", job.order().operation())
                .tag("state", job.state().word())
                .register(meters)
                .record(took);
    }
}
