package dev.entrepot.server.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobEvent;
import dev.entrepot.server.jobs.JobOrder;
import dev.entrepot.server.jobs.JobState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that die or stop: others go on with their jobs. */
class TakeOverTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String LOOP = """
            import torch
            from torch import nn


            class Net(nn.Module):
                def forward(self, x):
                    while True:
                        x = x + 1
            """;

    @TempDir
    Path folder;

    @Test
    void a_job_of_a_killed_worker_is_taken_over_within_seconds_and_its_child_is_gone() throws Exception {
        Path data = folder.resolve("data");
        try (Workplace place = new Workplace(data);
                Machinery worker = Machinery.worker(data, folder.resolve("log"))) {
            String first = worker.ready();
            Job job = place.jobs().submit(loop(place), "me");
            Job taken = await(place, job.id(), each -> each.state() == JobState.RUNNING);
            assertThat(taken.worker()).isEqualTo(first);
            awaitEvent(place, job.id(), "progress");

            Workers second = place.work(WorkSettings.ofThisMachine());
            List<ProcessHandle> children = worker.kill();
            long killed = System.nanoTime();
            assertThat(children).isNotEmpty();

            Job again = await(place, job.id(), each -> each.worker().equals(second.name()));
            long millis = (System.nanoTime() - killed) / 1_000_000;

            assertThat(millis).as("milliseconds until it was taken over").isLessThan(20_000);
            assertThat(again.attempt()).isEqualTo(2);
            assertThat(children).allSatisfy(child -> assertThat(child.isAlive()).isFalse());
            place.jobs().cancel(job.id(), "me");
            assertThat(place.end(job.id(), PATIENCE).state()).isEqualTo(JobState.CANCELLED);
        }
    }

    @Test
    void a_worker_that_stops_gives_its_job_back_in_time_and_another_does_it() throws Exception {
        try (Workplace place = new Workplace(folder.resolve("data"))) {
            Workers first = place.work(WorkSettings.ofThisMachine().withDrain(Duration.ofSeconds(1)));
            Job job = place.jobs().submit(loop(place), "me");
            awaitEvent(place, job.id(), "progress");

            long start = System.nanoTime();
            first.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
            assertThat(place.jobs().find(job.id()).orElseThrow().state()).isEqualTo(JobState.QUEUED);
            assertThat(place.jobs().events(job.id(), 0))
                    .extracting(JobEvent::kind)
                    .endsWith("retried");
            Workers second = place.work(WorkSettings.ofThisMachine());
            Job again = await(place, job.id(), each -> each.worker().equals(second.name()));
            assertThat(again.attempt()).isEqualTo(1);
            place.jobs().cancel(job.id(), "me");
            place.end(job.id(), PATIENCE);
        }
    }

    @Test
    void a_job_waits_for_a_worker_that_can_do_it() throws Exception {
        try (Workplace place = new Workplace(folder.resolve("data"))) {
            place.work(WorkSettings.ofThisMachine().withCapabilities(Set.of(WorkSettings.VALIDATE_CPU)));
            Job job = place.jobs().submit(place.sample("digits-caffe", folder.resolve("in"), null), "me");
            Thread.sleep(2500);
            assertThat(place.jobs().find(job.id()).orElseThrow().state()).isEqualTo(JobState.QUEUED);

            place.work(WorkSettings.ofThisMachine().withCapabilities(Set.of(WorkSettings.CONVERT)));

            assertThat(place.end(job.id(), PATIENCE).state()).isEqualTo(JobState.SUCCEEDED);
        }
    }

    private static JobOrder loop(Workplace place) throws Exception {
        return place.source(Map.of("net.py", LOOP.getBytes(UTF_8)), "net.py", "Net()");
    }

    private static void awaitEvent(Workplace place, String id, String kind) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (place.jobs().events(id, 0).stream()
                .noneMatch(event -> event.kind().equals(kind))) {
            assertThat(System.nanoTime()).as("waiting for " + kind).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static Job await(Workplace place, String id, Predicate<Job> condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Job job = place.jobs().find(id).orElseThrow();
            if (condition.test(job)) {
                return job;
            }
            assertThat(System.nanoTime()).as("%s", job).isLessThan(end);
            Thread.sleep(20);
        }
    }
}
