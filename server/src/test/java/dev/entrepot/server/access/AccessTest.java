package dev.entrepot.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.server.Running;
import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.config.ServerConfig.Anonymous;
import dev.entrepot.server.config.ServerLimits;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

    private static final String UPLOADS = "/api/v1/uploads";

    @TempDir
    static Path data;

    private static Running server;
    private static String admin;

    @BeforeAll
    static void start() throws Exception {
        server = Running.on(data);
        admin = server.firstToken().orElseThrow();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_first_token_is_told_once_and_kept_only_as_a_digest() throws Exception {
        assertThat(server.firstToken()).isEmpty();
        String secret = admin.substring(admin.lastIndexOf('_') + 1);
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain(secret);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/models, reader, 200",
        "GET, /api/v1/tokens, reader, 403",
        "GET, /api/v1/tokens, author, 403",
        "GET, /api/v1/tokens, admin, 200",
        "GET, /api/v1/audit, author, 403",
        "GET, /api/v1/audit, admin, 200",
        "POST, /api/v1/uploads, reader, 403",
        "POST, /api/v1/uploads, author, 201",
        "POST, /v2/repository/index, reader, 200",
        "POST, /v2/repository/models/a/b/load, reader, 403",
        "POST, /v2/repository/models/a/b/load, author, 404",
        "GET, /api/v1/jobs, reader, 200",
        "POST, /api/v1/conversions, reader, 403",
        "POST, /api/v1/validations, reader, 403",
        "POST, /api/v1/exports, reader, 403",
        "POST, /api/v1/exports, author, 501",
        "POST, /api/v1/jobs/x/cancel, reader, 403",
        "DELETE, /api/v1/jobs/x, reader, 403",
        "DELETE, /api/v1/jobs/x, author, 404",
        "DELETE, /api/v1/models/a/b/versions/1, author, 403",
        "DELETE, /api/v1/models/a/b/versions/1, admin, 404"
    })
    void a_role_may_do_so_much_and_no_more(String method, String path, String role, int status) throws Exception {
        String token = role.equals("admin") ? admin : make(role);

        HttpResponse<String> answer = server.send(server.to(path)
                .header("Authorization", "Bearer " + token)
                .method(method, method.equals("POST") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody()));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/models, 200",
        "GET, /v2, 200",
        "POST, /api/v1/uploads, 401",
        "POST, /api/v1/conversions, 401",
        "DELETE, /api/v1/jobs/x, 401",
        "GET, /api/v1/tokens, 401",
        "PUT, /api/v1/models/a/b/aliases/c, 401",
        "DELETE, /something, 401"
    })
    void without_a_token_one_may_read(String method, String path, int status) throws Exception {
        HttpResponse<String> answer = server.send(server.to(path).method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 401) {
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
            assertThat(Running.json(answer).get("kind").asText()).isEqualTo("unauthenticated");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer x",
                "Bearer ",
                "Basic YTpi",
                "Bearer entrepot_000000000000_0000000000000000000000000000000000000000000000000000000000000000",
                "Bearer entrepot_'; drop table access_token; --_00"
            })
    void a_bad_token_is_refused_also_where_none_is_needed(String header) throws Exception {
        assertThat(server.get("/api/v1/models", "Authorization", header).statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_revoked_token_is_good_no_more_and_the_trail_says_who_did_it() throws Exception {
        JsonNode made = Running.json(request("reader"));
        String token = made.get("token").asText();
        String id = made.get("id").asText();
        assertThat(server.get("/api/v1/models", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(200);

        HttpResponse<String> revoked = server.send(server.to("/api/v1/tokens/" + id)
                .header("Authorization", "Bearer " + admin)
                .DELETE());

        assertThat(revoked.statusCode()).isEqualTo(204);
        assertThat(server.get("/api/v1/models", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(401);
        assertThat(server.get("/api/v1/audit?subject=" + id, "Authorization", "Bearer " + admin)
                        .body())
                .contains("make_token")
                .contains("revoke_token")
                .contains("token:" + admin.substring(9, 21))
                .doesNotContain(token);
    }

    @Test
    void anonymous_callers_may_be_kept_out() throws Exception {
        Path other = Files.createDirectory(data.resolve("closed"));
        try (Running closed = Running.on(ServerConfig.onLoopback(0, other).withAnonymous(Anonymous.NOTHING))) {
            assertThat(closed.get("/api/v1/models").statusCode()).isEqualTo(401);
            assertThat(closed.get("/v2/models/a/ready").statusCode()).isEqualTo(401);
            assertThat(closed.get("/health").statusCode()).isEqualTo(200);
            assertThat(closed.get("/v2/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_page_of_another_site_may_only_read() throws Exception {
        Path other = Files.createDirectory(data.resolve("open"));
        try (Running open = Running.on(ServerConfig.onLoopback(0, other).withAnonymous(Anonymous.WRITE))) {
            assertThat(open.get("/api/v1/models", "Origin", "https://evil.example")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(open.post(UPLOADS, "{}", "Origin", "https://evil.example")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(open.post(UPLOADS, "{}", "Sec-Fetch-Site", "cross-site").statusCode())
                    .isEqualTo(403);
            assertThat(open.post(UPLOADS, "{}", "Origin", open.uri().toString()).statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void who_asks_too_often_is_told_when_to_come_back() throws Exception {
        Path other = Files.createDirectory(data.resolve("limited"));
        ServerConfig config =
                ServerConfig.onLoopback(0, other).withLimits(ServerLimits.DEFAULT.withRequestsPerMinute(5));
        try (Running limited = Running.on(config)) {
            HttpResponse<String> first = limited.get("/api/v1/models");
            assertThat(first.headers().firstValue("RateLimit-Policy")).hasValue("\"api\";q=5;w=60");
            assertThat(first.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"api\";r=4;t=");
            for (int i = 0; i < 4; i++) {
                assertThat(limited.get("/api/v1/models").statusCode()).isEqualTo(200);
            }

            HttpResponse<String> sixth = limited.get("/api/v1/models");

            assertThat(sixth.statusCode()).isEqualTo(429);
            assertThat(Running.json(sixth).get("kind").asText()).isEqualTo("too-many-requests");
            assertThat(Integer.parseInt(
                            sixth.headers().firstValue("Retry-After").orElseThrow()))
                    .isBetween(1, 12);
            assertThat(limited.get("/health").statusCode()).isEqualTo(200);
        }
    }

    private static String make(String role) throws Exception {
        return Running.json(request(role)).get("token").asText();
    }

    private static HttpResponse<String> request(String role) throws Exception {
        HttpResponse<String> made =
                server.post("/api/v1/tokens", "{\"role\":\"" + role + "\"}", "Authorization", "Bearer " + admin);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return made;
    }
}
