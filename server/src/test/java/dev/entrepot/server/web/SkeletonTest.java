package dev.entrepot.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.server.Running;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkeletonTest {

    @TempDir
    static Path data;

    private static Running server;

    @BeforeAll
    static void start() throws IOException {
        server = Running.on(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void it_listens_on_loopback() {
        assertThat(server.uri().getHost()).isIn("127.0.0.1", "localhost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/liveness", "/health/readiness"})
    void it_is_alive_and_ready(String path) throws Exception {
        HttpResponse<String> answer = server.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Running.json(answer).get("status").asText()).isEqualTo("UP");
    }

    @Test
    void prometheus_scrapes_it() throws Exception {
        server.get("/health");

        assertThat(server.get("/prometheus").body())
                .contains("jvm_memory_used_bytes")
                .contains("http_server_requests_seconds");
    }

    @Test
    void an_unknown_path_is_a_problem() throws Exception {
        HttpResponse<String> answer = server.get("/api/v1/nothing");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = Running.json(answer);
        assertThat(problem.get("type").asText()).isEqualTo("urn:entrepot:problem:not-found");
        assertThat(problem.get("kind").asText()).isEqualTo("not-found");
        assertThat(problem.get("status").asInt()).isEqualTo(404);
        assertThat(problem.get("title").asText()).isNotEmpty();
        assertThat(problem.get("detail").asText()).isNotEmpty();
    }

    @Test
    void an_unknown_path_below_v2_is_an_error_of_the_protocol() throws Exception {
        HttpResponse<String> answer = server.get("/v2/nothing");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(Running.json(answer).get("error").isTextual()).isTrue();
    }

    @Test
    void browsers_are_told_to_run_only_what_this_server_sends() throws Exception {
        HttpResponse<String> answer = server.get("/docs/index.html");

        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy).contains("default-src 'self'").doesNotContain("unsafe"));
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/index.html",
                "/docs/start.js",
                "/webjars/swagger-ui/swagger-ui-bundle.js",
                "/webjars/swagger-ui/swagger-ui.css"
            })
    void the_pages_of_the_api_need_no_other_host(String path) throws Exception {
        HttpResponse<String> answer = server.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isNotEmpty();
        if (path.endsWith(".html")) {
            assertThat(answer.body())
                    .doesNotContain("http:")
                    .doesNotContain("https:")
                    .doesNotContain("<script>");
        }
    }

    @Test
    void the_description_of_the_api_is_generated() throws Exception {
        JsonNode description = Running.json(server.get("/openapi.json"));

        assertThat(description.get("openapi").asText()).startsWith("3.");
        assertThat(description.get("info").get("title").asText()).isEqualTo("Entrepot");
    }

    @Test
    void a_caller_may_name_its_request_but_not_forge_a_log_line() throws Exception {
        assertThat(server.get("/health", "X-Request-ID", "mine-7").headers().firstValue("X-Request-ID"))
                .hasValue("mine-7");
        assertThat(server.get("/health", "X-Request-ID", "mine {forged}")
                        .headers()
                        .firstValue("X-Request-ID"))
                .hasValueSatisfying(id -> assertThat(id).doesNotContain("forged"));
    }
}
