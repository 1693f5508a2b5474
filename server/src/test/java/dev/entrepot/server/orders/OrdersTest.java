package dev.entrepot.server.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.server.Digits;
import dev.entrepot.server.Ordering;
import dev.entrepot.server.Running;
import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.config.ServerConfig.Anonymous;
import dev.entrepot.server.config.ServerLimits;
import dev.entrepot.server.jobs.JobState;
import dev.entrepot.server.jobs.Jobs;
import dev.entrepot.zoo.catalogue.Database;
import dev.entrepot.zoo.store.Digest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrdersTest {

    @TempDir
    static Path data;

    @TempDir
    static Path folder;

    private static Running server;
    private static String order;

    @BeforeAll
    static void start() throws Exception {
        Digits.publish(data);
        server = Running.on(
                ServerConfig.onLoopback(0, data)
                        .withAnonymous(Anonymous.WRITE)
                        .withLimits(ServerLimits.DEFAULT.withWaitingJobs(20)),
                Ordering.NOBODY_WORKS);
        order = Ordering.sample(server, folder, "");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void an_order_is_a_job_that_waits() throws Exception {
        HttpResponse<String> answer = Ordering.convert(server, with("\"weights_key\":\"waits\""));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode job = Running.json(answer);
        assertThat(answer.headers().firstValue("Location"))
                .hasValue("/api/v1/jobs/" + job.get("id").asText());
        assertThat(job.get("operation").asText()).isEqualTo("conversion");
        assertThat(job.get("state").asText()).isEqualTo("queued");
        assertThat(job.get("submitted_by").asText()).isEqualTo("anonymous");
        assertThat(job.get("sources").get(0).get("path").asText()).isEqualTo("deploy.prototxt");
        assertThat(job.get("publish").isNull()).isTrue();
        assertThat(job.get("outcome").isNull()).isTrue();
        assertThat(answer.headers().firstValue("RateLimit")).isPresent();
    }

    @Test
    void a_hundred_equal_orders_at_once_are_one_job() throws Exception {
        Set<String> ids = new HashSet<>();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        long before = server.bean(Jobs.class).count(JobState.QUEUED);
        ExecutorService callers = Executors.newFixedThreadPool(100);
        try {
            for (int i = 0; i < 100; i++) {
                answers.add(
                        CompletableFuture.supplyAsync(() -> converted(with("\"weights_key\":\"a hundred\"")), callers));
            }
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(202);
                ids.add(Running.json(answer.get()).get("id").asText());
            }
        } finally {
            callers.shutdownNow();
        }

        assertThat(ids).hasSize(1);
        assertThat(server.bean(Jobs.class).count(JobState.QUEUED)).isEqualTo(before + 1);
        assertThat(server.bean(Jobs.class).events(ids.iterator().next(), 0)).hasSize(1);
    }

    @Test
    void the_same_request_with_a_key_is_answered_as_before() throws Exception {
        HttpResponse<String> first =
                Ordering.convert(server, with("\"weights_key\":\"key\""), "Idempotency-Key", "\"one\"");
        String id = Running.json(first).get("id").asText();
        server.bean(Jobs.class).cancel(id, "somebody");
        HttpResponse<String> second =
                Ordering.convert(server, with("\"weights_key\":\"key\""), "Idempotency-Key", "\"one\"");

        assertThat(second.statusCode()).isEqualTo(first.statusCode()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(server.bean(Jobs.class).find(id).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void another_request_with_the_same_key_is_refused() throws Exception {
        Ordering.convert(server, with("\"weights_key\":\"k1\""), "Idempotency-Key", "\"two\"");
        HttpResponse<String> other =
                Ordering.convert(server, with("\"weights_key\":\"k2\""), "Idempotency-Key", "\"two\"");

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(Running.json(other).get("detail").asText()).contains("Idempotency-Key");
    }

    @Test
    void a_request_that_is_being_answered_is_not_begun_again() throws Exception {
        String body = with("\"weights_key\":\"busy\"");
        String fingerprint = Digest.of("POST /api/v1/conversions\n" + body).hex();
        server.bean(Database.class)
                .write(transaction -> transaction.update(
                        "insert into idempotency_key (caller, name, fingerprint, begun) values ('anonymous', 'busy', ?, ?)",
                        fingerprint,
                        Instant.now()));

        HttpResponse<String> answer = Ordering.convert(server, body, "Idempotency-Key", "\"busy\"");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void a_refused_request_leaves_its_key_free() throws Exception {
        assertThat(Ordering.convert(server, "{}", "Idempotency-Key", "\"three\"")
                        .statusCode())
                .isEqualTo(400);
        assertThat(Ordering.convert(server, with("\"weights_key\":\"k3\""), "Idempotency-Key", "\"three\"")
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void a_version_is_validated_against_its_own_reference() throws Exception {
        HttpResponse<String> answer =
                server.post("/api/v1/validations", "{\"model\":\"" + Digits.NAME + "\",\"provider\":\"auto\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode job = Running.json(answer);
        assertThat(job.get("operation").asText()).isEqualTo("validation");
        assertThat(job.get("subject").asText()).isEqualTo(Digits.NAME + "@1");
        assertThat(job.get("reference").get(0).get("path").asText()).isEqualTo("reference.npz");
    }

    @Test
    void a_file_of_a_published_version_is_known_by_its_digest() throws Exception {
        JsonNode files =
                Running.json(server.get("/api/v1/models/" + Digits.NAME)).get("files");
        String sources = "";
        for (JsonNode file : files) {
            if (file.get("role").asText().equals("source")) {
                sources += (sources.isEmpty() ? "" : ",") + "{\"sha256\":" + file.get("sha256") + ",\"path\":\""
                        + file.get("path").asText().substring("source/".length()) + "\"}";
            }
        }
        HttpResponse<String> answer =
                Ordering.convert(server, "{\"sources\":[" + sources + "],\"weights_key\":\"by digest\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    @Test
    void all_faults_of_a_body_are_told_with_their_fields() throws Exception {
        HttpResponse<String> answer = Ordering.convert(server, """
                {"sources":[{"path":"a"},{"upload":"00000000000000000000000000000000","path":"b"},
                 {"sha256":"sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03","path":"c"}],
                 "framework":"cntk","opset":21,"inputs":["x"],"publish":{"model":"Nope","aliases":["latest"]}}""");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        List<String> fields = new ArrayList<>();
        Running.json(answer)
                .get("reasons")
                .forEach(reason -> fields.add(reason.get("what").asText()));
        assertThat(fields)
                .containsExactly(
                        "sources[0]",
                        "sources[1].upload",
                        "sources[2].sha256",
                        "inputs[0]",
                        "framework",
                        "opset",
                        "publish.aliases[0]",
                        "publish.model",
                        "reference");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"sources\":[{\"path\":5}]} | sources[0].path",
                "{\"sources\":{}} | sources",
                "{\"sources\":[],\"opset\":\"20\"} | opset",
                "{\"sources\":[],\"opset\":20.5} | opset",
                "{\"sources\":[],\"external_data\":\"true\"} | external_data",
                "{\"sources\":[],\"inputs\":\"x:[1]\"} | inputs",
                "{\"sauces\":[]} | sauces",
                "{\"sources\":[{\"upload\":\"x\",\"name\":\"y\"}]} | sources[0].name",
                "{\"sources\":[],\"publish\":{\"model\":\"a/b\",\"preprocessing\":[{\"type\":\"dance\"}]}} | publish.preprocessing[0]",
                "{\"sources\":[null]} | sources[0]"
            })
    void a_value_of_another_type_is_told_with_its_field(String body, String field) throws Exception {
        HttpResponse<String> answer = Ordering.convert(server, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(Running.json(answer).get("place").asText()).as(answer.body()).isEqualTo(field);
        assertThat(answer.body()).doesNotContain("jackson").doesNotContain("dev.entrepot");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {"{", "[]", "null", "\"x\"", "{} {}", "{\"sources\":[],\"sources\":[]}", "''"})
    void what_is_no_object_is_refused(String body) throws Exception {
        assertThat(Ordering.convert(server, body).statusCode()).isEqualTo(400);
    }

    @Test
    void another_type_of_body_is_refused() throws Exception {
        assertThat(server.send(server.to("/api/v1/conversions")
                                .header("Content-Type", "text/plain")
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(order)))
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void nothing_is_published_without_a_reference() throws Exception {
        HttpResponse<String> answer =
                Ordering.convert(server, order.replaceAll(",\"reference\":.*", ",\"publish\":{\"model\":\"a/b\"}}"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Running.json(answer).get("place").asText()).isEqualTo("reference");
        assertThat(answer.body()).contains("nothing is published without reference outputs");
    }

    @Test
    void exports_are_told_to_come_later() throws Exception {
        HttpResponse<String> answer = server.post("/api/v1/exports", "{}");

        assertThat(answer.statusCode()).isEqualTo(501);
        assertThat(Running.json(answer).get("kind").asText()).isEqualTo("not-implemented");
    }

    @Test
    void orders_and_answers_are_described() throws Exception {
        JsonNode description = Running.json(server.get("/openapi.json"));
        JsonNode body =
                description.at("/paths/~1api~1v1~1conversions/post/requestBody/content/application~1json/schema/$ref");
        JsonNode answer = description.at(
                "/paths/~1api~1v1~1conversions/post/responses/202/content/application~1json/schema/$ref");

        assertThat(body.asText()).isEqualTo("#/components/schemas/ConversionOrder");
        assertThat(answer.asText()).isEqualTo("#/components/schemas/Job");
        assertThat(description
                        .at("/components/schemas/ConversionOrder/properties")
                        .has("external_data"))
                .isTrue();
        assertThat(description.at("/components/schemas/Job/properties").has("submitted_by"))
                .isTrue();
    }

    /** Another order than any before, so that it is a job of its own. */
    private static String with(String field) {
        return order.substring(0, order.length() - 1) + "," + field + "}";
    }

    private static HttpResponse<String> converted(String body) {
        try {
            return Ordering.convert(server, body);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
