package dev.entrepot.server.work;

import dev.entrepot.server.child.ChildEnd;
import dev.entrepot.server.child.ChildWatch;
import dev.entrepot.server.child.JobFolder;
import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobState;
import dev.entrepot.server.jobs.Jobs;
import dev.entrepot.server.jobs.Jobs.Standing;
import dev.entrepot.server.jobs.Outcome;
import dev.entrepot.server.jobs.Outcome.Failure;
import dev.entrepot.zoo.Zoo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A job from the moment a worker takes it to the moment it lets it go. */
final class JobRun {

    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Jobs jobs;
    private final Zoo zoo;
    private final Launch launch;
    private final String worker;
    private final int attempts;
    private final BooleanSupplier stopping;

    /**
     * @param jobs the jobs
     * @param zoo where files and models are
     * @param launch starts children
     * @param worker who works
     * @param attempts how often a job is tried
     * @param stopping whether running jobs are to be given back now
     */
    JobRun(Jobs jobs, Zoo zoo, Launch launch, String worker, int attempts, BooleanSupplier stopping) {
        this.jobs = jobs;
        this.zoo = zoo;
        this.launch = launch;
        this.worker = worker;
        this.attempts = attempts;
        this.stopping = stopping;
    }

    /**
     * Takes a job and does it.
     *
     * @return when it is to be tried again; empty if there is nothing left to do
     * @throws IOException if the database fails; nothing is known of the job then, and it is to be tried again
     */
    Optional<Duration> run(String id) throws IOException {
        Optional<Job> taken =
                jobs.begin(id, worker, launch.launcher().isolation().word());
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        Job job = taken.get();
        try (MDC.MDCCloseable mdc = MDC.putCloseable("job", id.substring(0, 12))) {
            LOG.info(
                    "takes {} {}, attempt {}",
                    job.order().operation(),
                    job.order().subject(),
                    job.attempt());
            return run(job);
        }
    }

    private Optional<Duration> run(Job job) throws IOException {
        if (job.cancelAsked() != null) {
            return end(job, JobState.CANCELLED, failed("cancelled", "called off before it began"));
        }
        if (job.attempt() > attempts) {
            return end(
                    job,
                    JobState.FAILED,
                    failed("internal", "it was tried " + attempts + " times, and every time its worker died"));
        }
        try {
            return done(job);
        } catch (IOException | RuntimeException e) {
            LOG.warn("attempt {} failed", job.attempt(), e);
            return retried(job, String.valueOf(e.getMessage()));
        }
    }

    private Optional<Duration> done(Job job) throws IOException {
        try (JobSpace space = JobSpace.make(zoo.settings().work(), job)) {
            JobFolder folder = space.folder();
            new JobFiles(zoo.blobs()).layOut(job.order(), folder);
            Watch watch = new Watch(job);
            ChildEnd end = launch.launcher().run(folder, watch);
            return switch (end.kind()) {
                case DONE -> delivered(job, folder);
                case TIMEOUT -> end(job, JobState.FAILED, failed("timeout", end.detail()));
                case LIMIT -> end(job, JobState.FAILED, failed("limit-exceeded", end.detail()));
                case CRASHED -> end(job, JobState.FAILED, failed("internal", end.detail()));
                case KILLED -> retried(job, end.detail());
                case STOPPED -> stopped(job, watch.standing);
            };
        }
    }

    private Optional<Duration> delivered(Job job, JobFolder folder) throws IOException {
        if (jobs.standing(job) == Standing.LOST) {
            return Optional.empty();
        }
        jobs.event(job.id(), "progress", Map.of("stage", "store", "text", "storing what came out"));
        Outcome outcome = new Delivery(zoo, jobs).take(job, folder, folder.result());
        return end(job, outcome.failure() == null ? JobState.SUCCEEDED : JobState.FAILED, outcome);
    }

    private Optional<Duration> stopped(Job job, Standing standing) throws IOException {
        return switch (standing) {
            case CALLED_OFF -> end(job, JobState.CANCELLED, failed("cancelled", "called off while it ran"));
            case LOST -> Optional.empty();
            case OURS -> {
                jobs.release(job);
                yield Optional.of(Duration.ZERO);
            }
        };
    }

    private Optional<Duration> retried(Job job, String reason) throws IOException {
        if (job.attempt() >= attempts) {
            return end(job, JobState.FAILED, failed("internal", reason));
        }
        jobs.giveBack(job, reason);
        return Optional.of(PAUSE.multipliedBy(1L << job.attempt()));
    }

    private Optional<Duration> end(Job job, JobState state, Outcome outcome) throws IOException {
        boolean ended = jobs.end(job, state, outcome);
        LOG.info("{}{}", ended ? "" : "would have ", state.word());
        return Optional.empty();
    }

    private static Outcome failed(String kind, String detail) {
        return Outcome.failed(new Failure(kind, detail, List.of()));
    }

    /** Writes the child's events down, and looks whether it is still wanted. */
    private final class Watch implements ChildWatch {

        private final Job job;
        private volatile Standing standing = Standing.OURS;

        Watch(Job job) {
            this.job = job;
        }

        @Override
        public void progress(String stage, String text) {
            try {
                jobs.event(job.id(), "progress", Map.of("stage", stage, "text", text));
            } catch (IOException e) {
                LOG.warn("an event was not kept", e);
            }
        }

        @Override
        public boolean shouldStop() throws IOException {
            if (stopping.getAsBoolean()) {
                return true;
            }
            standing = jobs.standing(job);
            return standing != Standing.OURS;
        }
    }
}
