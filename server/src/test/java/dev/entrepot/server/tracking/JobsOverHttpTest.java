package dev.entrepot.server.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.server.Ordering;
import dev.entrepot.server.Running;
import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.config.ServerConfig.Anonymous;
import dev.entrepot.server.config.ServerLimits;
import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobState;
import dev.entrepot.server.jobs.Jobs;
import dev.entrepot.server.jobs.Outcome;
import dev.entrepot.zoo.store.Blob;
import dev.entrepot.zoo.store.BlobStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsOverHttpTest {

    private static final Outcome NOTHING = new Outcome(null, null, null, List.of(), null);

    @TempDir
    static Path data;

    @TempDir
    static Path folder;

    private static Running server;
    private static Jobs jobs;
    private static String order;
    private static int orders;

    @BeforeAll
    static void start() throws Exception {
        server = Running.on(
                ServerConfig.onLoopback(0, data)
                        .withAnonymous(Anonymous.WRITE)
                        .withLimits(ServerLimits.DEFAULT.withIdle(Duration.ofSeconds(2))),
                Ordering.NOBODY_WORKS);
        jobs = server.bean(Jobs.class);
        order = Ordering.sample(server, folder, "");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_job_is_told_from_its_order_to_its_end() throws Exception {
        String id = ordered();
        Job taken = jobs.begin(id, "worker-1", "process").orElseThrow();
        JsonNode running = Running.json(server.get("/api/v1/jobs/" + id));
        Outcome.Fault fault = new Outcome.Fault("unsupported", "a.prototxt", "3:7", "Foo", "is not known");
        jobs.end(taken, JobState.FAILED, Outcome.failed(new Outcome.Failure("unsupported", "no", List.of(fault))));
        JsonNode failed = Running.json(server.get("/api/v1/jobs/" + id));

        assertThat(running.get("state").asText()).isEqualTo("running");
        assertThat(running.get("worker").asText()).isEqualTo("worker-1");
        assertThat(running.get("isolation").asText()).isEqualTo("process");
        assertThat(failed.get("state").asText()).isEqualTo("failed");
        assertThat(failed.at("/outcome/failure/kind").asText()).isEqualTo("unsupported");
        assertThat(failed.at("/outcome/failure/problems/0/construct").asText()).isEqualTo("Foo");
        assertThat(failed.get("ended").isTextual()).isTrue();
    }

    @Test
    void events_come_as_they_happen_and_end_with_the_last() throws Exception {
        String id = ordered();
        CompletableFuture<List<String>> heard = CompletableFuture.supplyAsync(() -> listen(id, null));
        Job taken = jobs.begin(id, "worker-1", "process").orElseThrow();
        Thread.sleep(400);
        jobs.event(id, "progress", Map.of("stage", "convert", "text", "two\nlines"));
        // Longer than a connection may stay silent.
        Thread.sleep(6500);
        jobs.end(taken, JobState.SUCCEEDED, NOTHING);

        List<String> lines = heard.get();
        assertThat(lines)
                .containsSubsequence(
                        "id: 1",
                        "event: queued",
                        "id: 2",
                        "event: started",
                        "id: 3",
                        "event: progress",
                        "id: 4",
                        "event: succeeded");
        assertThat(lines).contains("data: {\"stage\":\"convert\",\"text\":\"two\\nlines\"}", ": alive");
        assertThat(lines).filteredOn(line -> line.startsWith("id: ")).hasSize(4);
    }

    @Test
    void a_listener_that_was_cut_off_goes_on_after_the_last_event_it_heard() throws Exception {
        String id = ordered();
        Job taken = jobs.begin(id, "worker-1", "process").orElseThrow();
        jobs.event(id, "progress", Map.of("stage", "convert"));
        jobs.end(taken, JobState.SUCCEEDED, NOTHING);

        assertThat(listen(id, "2")).filteredOn(line -> line.startsWith("id: ")).containsExactly("id: 3", "id: 4");
    }

    @Test
    void who_heard_the_last_event_is_told_not_to_come_back() throws Exception {
        String id = ordered();
        Job taken = jobs.begin(id, "worker-1", "process").orElseThrow();
        jobs.end(taken, JobState.SUCCEEDED, NOTHING);

        assertThat(server.get("/api/v1/jobs/" + id + "/events", "Last-Event-ID", "3")
                        .statusCode())
                .isEqualTo(204);
        assertThat(server.get("/api/v1/jobs/" + id + "/events", "Last-Event-ID", "x")
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.get("/api/v1/jobs/none/events").statusCode()).isEqualTo(404);
    }

    @Test
    void hundreds_listen_without_a_thread_each() throws Exception {
        String id = ordered();
        int before = Thread.activeCount();
        List<CompletableFuture<HttpResponse<String>>> listeners = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            listeners.add(server.client()
                    .sendAsync(server.to("/api/v1/jobs/" + id + "/events").build(), BodyHandlers.ofString()));
        }
        Thread.sleep(2000);
        assertThat(server.get("/health").statusCode()).isEqualTo(200);
        assertThat(Thread.activeCount() - before).isLessThan(100);
        server.send(server.to("/api/v1/jobs/" + id).DELETE());

        for (CompletableFuture<HttpResponse<String>> listener : listeners) {
            assertThat(listener.get().body()).contains("event: cancelled");
        }
    }

    @Test
    void a_job_that_waits_is_called_off_at_once() throws Exception {
        String id = ordered();
        HttpResponse<String> answer =
                server.send(server.to("/api/v1/jobs/" + id).DELETE());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Running.json(answer).get("state").asText()).isEqualTo("cancelled");
        assertThat(Running.json(answer).at("/outcome/failure/kind").asText()).isEqualTo("cancelled");
    }

    @Test
    void a_job_that_runs_is_asked_to_end() throws Exception {
        String id = ordered();
        jobs.begin(id, "worker-1", "process");
        HttpResponse<String> answer = server.post("/api/v1/jobs/" + id + "/cancel", "");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(Running.json(answer).get("state").asText()).isEqualTo("running");
        assertThat(Running.json(answer).get("cancel_asked").isTextual()).isTrue();
    }

    @Test
    void files_that_came_out_are_fetched_whole_and_by_range() throws Exception {
        byte[] bytes = "0123456789".getBytes(StandardCharsets.UTF_8);
        Blob blob = server.bean(BlobStore.class).put(bytes);
        String id = ordered();
        Job taken = jobs.begin(id, "worker-1", "process").orElseThrow();
        jobs.end(
                taken,
                JobState.SUCCEEDED,
                new Outcome(null, null, null, List.of(new Outcome.File("a b/model.onnx", blob.digest(), 10)), null));
        JsonNode job = Running.json(server.get("/api/v1/jobs/" + id));
        String url = job.at("/outcome/files/0/url").asText();

        HttpResponse<String> whole = server.get(url);
        assertThat(whole.body()).isEqualTo("0123456789");
        assertThat(whole.headers().firstValue("ETag"))
                .hasValue("\"" + blob.digest().hex() + "\"");
        assertThat(whole.headers().firstValue("Cache-Control")).hasValue("private, no-cache");
        assertThat(whole.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("attachment"));
        HttpResponse<String> part = server.get(url, "Range", "bytes=3-5");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("345");
        assertThat(server.get(url, "If-None-Match", "\"" + blob.digest().hex() + "\"")
                        .statusCode())
                .isEqualTo(304);
        assertThat(server.get("/api/v1/jobs/" + id + "/files/other").statusCode())
                .isEqualTo(404);
    }

    @Test
    void jobs_are_listed_by_state_a_page_at_a_time() throws Exception {
        for (int i = 0; i < 3; i++) {
            server.send(server.to("/api/v1/jobs/" + ordered()).DELETE());
        }
        HttpResponse<String> first = server.get("/api/v1/jobs?state=cancelled&limit=2");
        JsonNode page = Running.json(first);

        assertThat(page.get("jobs"))
                .hasSize(2)
                .allSatisfy(job -> assertThat(job.get("state").asText()).isEqualTo("cancelled"));
        JsonNode second = Running.json(server.get(page.get("next").asText()));
        assertThat(second.get("jobs").size()).isPositive();
        assertThat(second.at("/jobs/0/submitted").asText())
                .isLessThan(page.at("/jobs/1/submitted").asText());
        assertThat(server.get("/api/v1/jobs?state=lost").statusCode()).isEqualTo(400);
        assertThat(server.get("/api/v1/jobs?limit=1000").statusCode()).isEqualTo(400);
        assertThat(server.get("/api/v1/jobs?before=yesterday").statusCode()).isEqualTo(400);
    }

    @Test
    void prometheus_is_told_of_jobs() throws Exception {
        Job taken = jobs.begin(ordered(), "worker-1", "process").orElseThrow();
        ordered();
        jobs.end(taken, JobState.SUCCEEDED, NOTHING);
        String metrics = server.get("/prometheus").body();
        for (int i = 0;
                i < 40
                        && !(metrics.contains("entrepot_job_seconds_count{")
                                && metrics.matches("(?s).*entrepot_jobs\\{state=\"queued\"} [1-9].*"));
                i++) {
            Thread.sleep(250);
            metrics = server.get("/prometheus").body();
        }

        assertThat(metrics)
                .contains("entrepot_job_seconds_count{operation=\"conversion\",state=\"succeeded\"}")
                .containsPattern("entrepot_jobs\\{state=\"queued\"} [1-9]");
    }

    /** A new job's id. */
    private static String ordered() throws IOException, InterruptedException {
        String body = order.substring(0, order.length() - 1) + ",\"weights_key\":\"job " + orders++ + "\"}";
        HttpResponse<String> answer = Ordering.convert(server, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return Running.json(answer).get("id").asText();
    }

    /** The lines of a stream until it ends. */
    private static List<String> listen(String id, @org.jspecify.annotations.Nullable String after) {
        var request = server.to("/api/v1/jobs/" + id + "/events");
        if (after != null) {
            request.header("Last-Event-ID", after);
        }
        try {
            var answer = server.client().send(request.build(), BodyHandlers.ofInputStream());
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                return lines.lines().toList();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
