package dev.entrepot.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.config.ServerConfig.Anonymous;
import dev.entrepot.server.config.ServerLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that nobody sends in good faith. Each is refused with a status of the 400s or cut off, and the server goes on answering. */
class HostileRequestsTest {

    private static final int REFUSED = 499;

    @TempDir
    static Path data;

    private static Running server;

    @BeforeAll
    static void start() throws IOException {
        ServerLimits limits = ServerLimits.DEFAULT
                .withIdle(Duration.ofSeconds(2))
                .withBodyBytes(1 << 20)
                .withUploadBytes(4 << 20);
        server = Running.on(ServerConfig.onLoopback(0, data).withLimits(limits).withAnonymous(Anonymous.WRITE));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void it_still_answers() throws Exception {
        assertThat(server.get("/health").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /../../../../etc/passwd",
                "GET /docs/../../../../etc/passwd",
                "GET /docs/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
                "GET /docs/..%2f..%2flogback.xml",
                "GET /docs/%2e%2e/ServerConfig.class",
                "GET /webjars/swagger-ui/../../../../logback.xml",
                "GET /webjars/swagger-ui/..%5c..%5clogback.xml",
                "GET /assets/../../../../logback.xml",
                "GET //etc/passwd",
                "GET /api/v1/models/samples/x/files/../../../../../../etc/passwd",
                "GET /api/v1/models/samples/x/files/..%2f..%2f..%2fetc%2fpasswd",
                "GET /api/v1/models/..%2f..%2f/x",
                "GET /api/v1/models/a%00b/x",
                "GET /api/v1/models/'%20or%201=1--/x",
                "GET /api/v1/models/<script>alert(1)<%2fscript>/x",
                "GET /api/v1/uploads/..%2f..%2fcatalogue.mv.db",
                "DELETE /api/v1/uploads/..%2f..%2fblobs",
                "GET /v2/models/..%2f..%2fetc%2fpasswd",
                "GET /v2/models/%ff%fe/ready",
                "POST /v2/repository/models/..%2f../load",
                "GET /health/../api/v1/tokens",
                "GET /%61pi/v1/tokens",
                "GET /api/v1/models?limit=99999999999999999999",
                "GET /api/v1/models?limit=-1",
                "TRACE /",
                "CONNECT localhost:22",
                "BREW /coffee"
            })
    void a_path_leads_nowhere_else(String line) throws IOException {
        String answer = raw(line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(status(answer)).as(answer).isBetween(400, REFUSED);
        assertThat(answer)
                .doesNotContain("root:")
                .doesNotContain("<configuration>")
                .doesNotContain("<script>")
                .doesNotContain("\tat ")
                .doesNotContain("java.lang");
    }

    @Test
    void oversized_headers_and_lines_are_refused() throws IOException {
        String much = "x".repeat(100_000);
        assertThat(status(raw("GET /health HTTP/1.1\r\nHost: localhost\r\nX: " + much + "\r\n\r\n")))
                .isBetween(400, REFUSED);
        assertThat(status(raw("GET /" + much + " HTTP/1.1\r\nHost: localhost\r\n\r\n")))
                .isBetween(400, REFUSED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v2/models/a/b/infer | Content-Length: 1048577 | 413",
                "/v2/models/a/b/infer | Content-Length: 9223372036854775807 | 413",
                "/v2/models/a/b/infer | Content-Length: -1 | 400",
                "/v2/models/a/b/infer | Content-Length: 1x | 400",
                "/api/v1/uploads | Content-Length: 4194305 | 413"
            })
    void an_announced_body_that_is_too_large_is_refused_before_it_comes(String path, String length, int status)
            throws IOException {
        String answer = raw("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + length + "\r\n\r\n");

        assertThat(status(answer)).as(answer).isEqualTo(status);
    }

    @Test
    void a_body_without_end_is_cut_off() throws IOException {
        String answer = raw(
                "POST /v2/models/a/b/infer HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n",
                ("10000\r\n" + "x".repeat(0x10000) + "\r\n").repeat(40));

        assertThat(status(answer)).as(answer).isIn(413, 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST /api/v1/tokens | text/plain | role=admin",
                "POST /api/v1/tokens | application/json | {",
                "POST /api/v1/tokens | application/json | {\"role\":\"god\"}",
                "POST /api/v1/tokens | application/xml | <!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>",
                "POST /v2/repository/index | application/json | [[[[[",
                "PUT /api/v1/models/a/b/aliases/c | application/json | {\"version\":{}}",
                "PUT /api/v1/models/a/b/aliases/c | multipart/form-data; boundary=x | --x"
            })
    void a_body_of_the_wrong_type_or_form_is_refused(String line, String type, String body) throws IOException {
        String answer = raw(line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: " + type
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

        assertThat(status(answer)).as(answer).isBetween(400, REFUSED);
        assertThat(answer).doesNotContain("root:").doesNotContain("\tat ");
    }

    @Test
    void who_never_ends_its_headers_is_cut_off_and_others_are_served_meanwhile() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = connect();
                socket.getOutputStream().write("GET /health HTTP/1.1\r\nX".getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }
            HttpResponse<String> answer = server.get("/health");
            assertThat(answer.statusCode()).isEqualTo(200);
            slow.get(0).setSoTimeout(10_000);
            assertThat(slow.get(0).getInputStream().readAllBytes()).isNotNull();
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void a_second_length_does_not_smuggle_a_request() throws IOException {
        String answer = raw("POST /v2/repository/index HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n"
                + "Content-Length: 44\r\n\r\n{}GET /api/v1/tokens HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(status(answer)).isEqualTo(400);
    }

    @Test
    void markup_in_names_comes_back_as_json_only() throws Exception {
        HttpResponse<String> upload = server.post("/api/v1/uploads?name=%3Cimg%20src=x%20onerror=alert(1)%3E", "{}");

        assertThat(upload.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(upload.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    private static String raw(String... parts) throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout(15_000);
            try {
                for (String part : parts) {
                    socket.getOutputStream().write(part.getBytes(StandardCharsets.ISO_8859_1));
                    socket.getOutputStream().flush();
                }
            } catch (IOException e) {
                // The server has cut the connection; it may have said why.
            }
            return answer(socket.getInputStream());
        }
    }

    private static String answer(InputStream in) {
        StringBuilder text = new StringBuilder();
        byte[] chunk = new byte[8192];
        try {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                text.append(new String(chunk, 0, count, StandardCharsets.ISO_8859_1));
                if (text.indexOf("\r\n\r\n") > 0 && in.available() == 0) {
                    Thread.sleep(50);
                    if (in.available() == 0) {
                        break;
                    }
                }
            }
        } catch (IOException e) {
            // What came until then is the answer.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return text.toString();
    }

    private static int status(String answer) {
        return answer.startsWith("HTTP/1.") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }

    private static Socket connect() throws IOException {
        return new Socket(server.uri().getHost(), server.uri().getPort());
    }
}
