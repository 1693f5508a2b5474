package dev.entrepot.server.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.server.child.ChildLimits;
import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobOrder;
import dev.entrepot.server.jobs.JobState;
import dev.entrepot.server.jobs.Outcome;
import dev.entrepot.server.jobs.Outcome.Failure;
import dev.entrepot.server.work.WorkSettings.Sandboxed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Orders that go wrong, or want to do harm: each ends with a reason, and the worker goes on. */
class HostileJobsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String NET = """
            import torch
            from torch import nn


            class Net(nn.Module):
                def forward(self, x):
            %s
            """;

    @TempDir
    Path folder;

    private Workplace place;

    @BeforeEach
    void open() throws Exception {
        place = new Workplace(folder.resolve("data"));
    }

    @AfterEach
    void close() {
        place.close();
    }

    @Test
    void source_that_cannot_be_converted_is_told_with_its_line() throws Exception {
        Failure failure = failure(run("        return torch.linalg.eig(x)[0]", settings()));

        assertThat(failure.kind()).isEqualTo("unsupported");
        assertThat(failure.problems()).isNotEmpty();
        assertThat(failure.problems().get(0).file()).isEqualTo("net.py");
        assertThat(failure.problems().get(0).place()).startsWith("7:");
    }

    @ParameterizedTest
    @EnumSource(Sandboxed.class)
    void source_that_never_ends_is_ended_and_told_where_it_was(Sandboxed rule) throws Exception {
        ChildLimits limits = ChildLimits.DEFAULT.withWall(Duration.ofSeconds(25));
        Job job = run(
                "        while True:\n            x = x + 1",
                settings().withSandboxed(rule).withLimits(limits));

        Failure failure = failure(job);
        assertThat(failure.kind()).as(failure.detail()).isEqualTo("timeout");
        assertThat(job.isolation()).isEqualTo(rule == Sandboxed.NEVER ? "process" : Workplace.bestIsolation());
    }

    @Test
    void source_that_eats_memory_meets_the_limit() throws Exception {
        ChildLimits limits = ChildLimits.DEFAULT.withHeapBytes(300L << 20);
        Failure failure = failure(run(
                "        kept = []\n        while True:\n            kept.append([0.5] * 1000000)",
                settings().withLimits(limits)));

        assertThat(failure.kind()).as(failure.detail()).isEqualTo("limit-exceeded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "        import socket; socket.create_connection(('127.0.0.1', 80)); return x",
                "        open('/etc/passwd').read(); return x",
                "        import os; os.system('touch /tmp/here'); return x",
                "        open('../in/source/net.py', 'w').write(''); return x"
            })
    void source_that_reaches_for_the_machine_is_refused(String body) throws Exception {
        Failure failure = failure(run("        " + body.strip(), settings()));

        assertThat(failure.kind()).as(failure.detail()).isIn("unsupported", "malformed");
        assertThat(failure.problems()).isNotEmpty();
    }

    @Test
    void a_running_job_that_is_called_off_ends_within_seconds() throws Exception {
        place.work(settings());
        Job job = place.jobs().submit(order("        while True:\n            x = x + 1"), "me");
        while (place.jobs().find(job.id()).orElseThrow().state() == JobState.QUEUED) {
            Thread.sleep(20);
        }
        Thread.sleep(1000);

        place.jobs().cancel(job.id(), "me");
        Job ended = place.end(job.id(), Duration.ofSeconds(15));

        assertThat(ended.state()).isEqualTo(JobState.CANCELLED);
        assertThat(failure(ended).kind()).isEqualTo("cancelled");
    }

    @Test
    void what_writes_more_than_it_may_is_ended() throws Exception {
        ChildLimits limits = ChildLimits.DEFAULT.withDisk(4 << 10, 16 << 10);
        place.work(settings().withLimits(limits));
        Job job = place.jobs().submit(place.sample("digits-caffe", folder.resolve("in"), "tests/digits"), "me");

        Failure failure = failure(place.end(job.id(), PATIENCE));

        assertThat(failure.kind()).as(failure.detail()).isEqualTo("limit-exceeded");
        assertThat(place.zoo().catalogue().allVersions()).isEmpty();
    }

    @Test
    void a_model_that_does_not_give_its_reference_is_not_published_but_can_be_looked_at() throws Exception {
        place.work(settings());
        Job job = place.jobs().submit(place.unproven(folder.resolve("in"), "tests/digits"), "me");

        Job ended = place.end(job.id(), PATIENCE);

        assertThat(failure(ended).kind()).isEqualTo("not-proven");
        Outcome outcome = Objects.requireNonNull(ended.outcome());
        assertThat(Objects.requireNonNull(outcome.report()).path("verdict").asText())
                .isEqualTo("fail_conversion");
        assertThat(outcome.files()).extracting(file -> file.path()).contains("model.onnx", "report.json");
        assertThat(place.zoo().catalogue().allVersions()).isEmpty();
    }

    private Job run(String body, WorkSettings settings) throws Exception {
        place.work(settings);
        Job job = place.jobs().submit(order(body), "me");
        return place.end(job.id(), PATIENCE);
    }

    private JobOrder order(String body) throws Exception {
        return place.source(Map.of("net.py", NET.formatted(body).getBytes(UTF_8)), "net.py", "Net()");
    }

    private static WorkSettings settings() {
        return WorkSettings.ofThisMachine();
    }

    private static Failure failure(Job job) {
        return Objects.requireNonNull(Objects.requireNonNull(job.outcome()).failure(), job + " has not failed");
    }
}
