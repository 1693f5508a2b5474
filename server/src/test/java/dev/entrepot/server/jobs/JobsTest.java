package dev.entrepot.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.server.jobs.JobOrder.Validation;
import dev.entrepot.server.jobs.Jobs.Standing;
import dev.entrepot.server.jobs.Outcome.Failure;
import dev.entrepot.zoo.Zoo;
import dev.entrepot.zoo.ZooSettings;
import dev.entrepot.zoo.recipe.Recipe.Source;
import dev.entrepot.zoo.store.Blob;
import dev.entrepot.zoo.store.Digest;
import dev.entrepot.zoo.store.NoSuchBlobException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs as rows: orders that join, bounds, states and who may change them. */
class JobsTest {

    private final List<String> offered = Collections.synchronizedList(new ArrayList<>());
    private final Time time = new Time();

    @TempDir
    Path folder;

    private Zoo zoo;
    private Jobs jobs;

    @BeforeEach
    void open() throws IOException {
        ZooSettings settings = ZooSettings.in(folder.resolve("data"));
        zoo = Zoo.open(new ZooSettings(settings.data(), settings.database(), settings.reserve(), time));
        jobs = new Jobs(zoo.database(), zoo.catalogue(), zoo.blobs(), job -> offered.add(job.id()), time, 3);
    }

    @AfterEach
    void close() {
        zoo.close();
    }

    @Test
    void equal_orders_are_one_job_however_many_come_at_once() throws Exception {
        Validation order = order("a");
        ExecutorService callers = Executors.newFixedThreadPool(8);
        List<Future<Job>> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String actor = "caller" + i;
            answers.add(callers.submit(() -> jobs.submit(order, actor)));
        }
        for (Future<Job> answer : answers) {
            assertThat(answer.get().id()).isEqualTo(order.id());
        }
        callers.shutdown();

        assertThat(jobs.list(Set.of(), null, 10)).hasSize(1);
        assertThat(jobs.events(order.id(), 0)).extracting(JobEvent::kind).containsExactly("queued");
        assertThat(offered).containsOnly(order.id());
    }

    @Test
    void an_order_needs_its_files_in_the_store() {
        Source missing = new Source("model.onnx", "", Digest.of(new byte[] {1}));

        assertThatThrownBy(() -> jobs.submit(
                        new Validation("entrepot test", "", List.of(missing), List.of(missing), "cpu"), "me"))
                .isInstanceOf(NoSuchBlobException.class);
    }

    @Test
    void more_jobs_than_may_wait_are_refused_but_joining_is_not() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            jobs.submit(order(name), "me");
        }
        Validation fourth = order("d");

        assertThatThrownBy(() -> jobs.submit(fourth, "me"))
                .isInstanceOf(QueueFullException.class)
                .hasMessage("3 jobs are waiting, which is as many as may");
        assertThat(jobs.find(fourth.id())).isEmpty();
        assertThat(jobs.submit(order("a"), "another").submittedBy()).isEqualTo("me");

        jobs.begin(order("a").id(), "worker", "process");
        assertThat(jobs.submit(fourth, "me").state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void a_job_that_waits_is_called_off_at_once_and_may_be_asked_for_again() throws IOException {
        Job job = jobs.submit(order("a"), "me");

        Job called = jobs.cancel(job.id(), "you").orElseThrow();

        assertThat(called.state()).isEqualTo(JobState.CANCELLED);
        assertThat(Objects.requireNonNull(
                                Objects.requireNonNull(called.outcome()).failure())
                        .detail())
                .isEqualTo("called off by you");
        assertThat(jobs.begin(job.id(), "worker", "process")).isEmpty();
        Job again = jobs.submit(order("a"), "they");
        assertThat(again.state()).isEqualTo(JobState.QUEUED);
        assertThat(again.submittedBy()).isEqualTo("they");
        assertThat(again.cancelAsked()).isNull();
        assertThat(jobs.events(job.id(), 0))
                .extracting(JobEvent::kind)
                .containsExactly("queued", "cancelled", "queued");
    }

    @Test
    void a_running_job_stands_as_called_off_until_its_worker_ends_it() throws IOException {
        Job running = running("a");
        assertThat(jobs.standing(running)).isEqualTo(Standing.OURS);

        assertThat(jobs.cancel(running.id(), "you").orElseThrow().state()).isEqualTo(JobState.RUNNING);

        assertThat(jobs.standing(running)).isEqualTo(Standing.CALLED_OFF);
        assertThat(jobs.end(running, JobState.CANCELLED, failed("cancelled"))).isTrue();
        assertThat(jobs.find(running.id()).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
        assertThat(jobs.cancel(running.id(), "you").orElseThrow().state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void what_another_worker_has_taken_cannot_be_ended() throws IOException {
        Job first = running("a");
        Job second = jobs.begin(first.id(), "second", "process").orElseThrow();

        assertThat(second.attempt()).isEqualTo(2);
        assertThat(jobs.standing(first)).isEqualTo(Standing.LOST);
        assertThat(jobs.end(first, JobState.FAILED, failed("internal"))).isFalse();
        jobs.giveBack(first, "late");
        jobs.release(first);
        assertThat(jobs.find(first.id()).orElseThrow().state()).isEqualTo(JobState.RUNNING);
        assertThat(jobs.end(second, JobState.SUCCEEDED, done(List.of()))).isTrue();
        assertThat(jobs.end(second, JobState.SUCCEEDED, done(List.of()))).isFalse();
        assertThat(jobs.events(first.id(), 0))
                .extracting(JobEvent::kind)
                .containsExactly("queued", "started", "started", "succeeded");
    }

    @Test
    void a_worker_that_stops_does_not_use_up_an_attempt_and_one_that_fails_does() throws IOException {
        Job first = running("a");
        jobs.release(first);
        Job second = jobs.begin(first.id(), "worker", "process").orElseThrow();
        assertThat(second.attempt()).isEqualTo(1);
        jobs.giveBack(second, "the disk failed");
        assertThat(jobs.begin(first.id(), "worker", "process").orElseThrow().attempt())
                .isEqualTo(2);
    }

    @Test
    void an_order_joins_a_failure_of_the_model_but_not_one_of_the_machine() throws IOException {
        Job model = running("a");
        jobs.end(model, JobState.FAILED, failed("unsupported"));
        assertThat(jobs.submit(order("a"), "me").state()).isEqualTo(JobState.FAILED);

        Job machine = running("b");
        jobs.end(machine, JobState.FAILED, failed("internal"));
        assertThat(jobs.submit(order("b"), "me").state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void what_went_in_and_what_came_out_is_kept_for_a_time_after_the_end() throws IOException {
        Job running = running("a");
        Blob result = zoo.blobs().put(new byte[] {42});
        jobs.end(running, JobState.SUCCEEDED, done(List.of(new Outcome.File("model.onnx", result.digest(), 1))));

        zoo.collectGarbage(Duration.ofSeconds(-1));
        assertThat(zoo.blobs().find(result.digest())).isPresent();
        assertThat(running.order().blobs())
                .allSatisfy(blob -> assertThat(zoo.blobs().find(blob)).isPresent());

        time.passes(Duration.ofDays(31));
        zoo.collectGarbage(Duration.ofSeconds(-1));
        assertThat(zoo.blobs().find(result.digest())).isEmpty();
        // Its files are gone, so the same order is work again.
        assertThat(jobs.submit(order("a"), "me").state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void a_refused_order_holds_no_files() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            jobs.submit(order(name), "me");
        }
        Validation refused = order("d");
        assertThatThrownBy(() -> jobs.submit(refused, "me")).isInstanceOf(QueueFullException.class);

        assertThat(zoo.catalogue().neededBlobs()).doesNotContainAnyElementsOf(refused.blobs());
    }

    @Test
    void jobs_that_wait_are_offered_again() throws IOException {
        Job waiting = jobs.submit(order("a"), "me");
        Job running = running("b");
        offered.clear();

        jobs.offerAll();

        assertThat(offered).containsExactly(waiting.id()).doesNotContain(running.id());
    }

    private Job running(String name) throws IOException {
        Job job = jobs.submit(order(name), "me");
        return jobs.begin(job.id(), "worker", "process").orElseThrow();
    }

    private Validation order(String name) throws IOException {
        Digest model = zoo.blobs().put(("model " + name).getBytes()).digest();
        Digest reference = zoo.blobs().put(("reference " + name).getBytes()).digest();
        return new Validation(
                "entrepot test",
                "",
                List.of(new Source("model.onnx", "", model)),
                List.of(new Source("reference.npz", "", reference)),
                "cpu");
    }

    private static Outcome done(List<Outcome.File> files) {
        return new Outcome(null, null, null, files, null);
    }

    private static Outcome failed(String kind) {
        return Outcome.failed(new Failure(kind, "for this test", List.of()));
    }

    /** A clock that is put forward. */
    private static final class Time extends Clock {

        private Duration ahead = Duration.ZERO;

        void passes(Duration time) {
            ahead = ahead.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }
}
