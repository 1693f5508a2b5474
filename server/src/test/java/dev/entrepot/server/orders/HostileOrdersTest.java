package dev.entrepot.server.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.server.Ordering;
import dev.entrepot.server.Running;
import dev.entrepot.server.child.ChildLimits;
import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.config.ServerConfig.Anonymous;
import dev.entrepot.server.work.WorkSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders that nobody gives in good faith: refused, or ended by a limit, with the server answering all along. */
class HostileOrdersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String SOURCE = """
            from torch import nn


            class Net(nn.Module):
                def forward(self, x):
            %s
            """;

    @TempDir
    static Path data;

    private static Running server;

    @BeforeAll
    static void start() throws IOException {
        ChildLimits limits =
                ChildLimits.DEFAULT.withWall(Duration.ofSeconds(40)).withHeapBytes(256L << 20);
        server = Running.on(
                ServerConfig.onLoopback(0, data).withAnonymous(Anonymous.WRITE),
                WorkSettings.ofThisMachine().withJobs(2).withLimits(limits));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_model_that_loops_for_ever_and_one_that_eats_memory_are_ended() throws Exception {
        String loops = ordered(source("        while True:\n            x = x + 1"));
        String eats =
                ordered(source("        kept = []\n        while True:\n            kept.append([0.5] * 1000000)"));

        assertThat(failure(loops).path("kind").asText()).isIn("timeout", "limit-exceeded");
        // On a machine that is busy the time may be over before the memory is.
        assertThat(failure(eats).path("kind").asText()).isIn("limit-exceeded", "timeout");
    }

    @Test
    void an_archive_whose_names_lead_elsewhere_is_refused_and_writes_nothing() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name :
                    new String[] {"../../../evil.py", "/tmp/evil.py", "archive/data.pkl", "archive/version"}) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write("evil".getBytes(UTF_8));
            }
        }
        String upload = Ordering.upload(server, "net.pth", bytes.toByteArray());

        assertThat(failure(ordered("{\"sources\":[{\"upload\":\"" + upload + "\"}]}"))
                        .path("kind")
                        .asText())
                .isIn("malformed", "unsupported");
        try (var files = Files.walk(data)) {
            assertThat(files.map(Path::toString)).noneMatch(file -> file.endsWith("evil.py"));
        }
        assertThat(Path.of("/tmp/evil.py")).doesNotExist();
    }

    @Test
    void an_archive_that_swells_meets_a_limit() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 2048; i++) {
                zip.write(zeros);
            }
        }
        String upload = Ordering.upload(server, "bomb.pth", bytes.toByteArray());

        assertThat(failure(ordered("{\"sources\":[{\"upload\":\"" + upload + "\"}]}"))
                        .path("kind")
                        .asText())
                .isIn("malformed", "unsupported", "limit-exceeded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../net.py",
                "/etc/passwd",
                "a/../../net.py",
                "a//b.py",
                "..",
                "a\\\\..\\\\b.py",
                "net\\u0000.py",
                "a/./b.py",
                "source/model.pth",
                ""
            })
    void a_name_that_leads_elsewhere_is_refused(String path) throws Exception {
        String upload = Ordering.upload(server, "net.py", "x".getBytes(UTF_8));
        HttpResponse<String> answer =
                Ordering.convert(server, "{\"sources\":[{\"upload\":\"" + upload + "\",\"path\":\"" + path + "\"}]}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(Running.json(answer).get("place").asText()).startsWith("sources");
    }

    @Test
    void markup_in_names_and_texts_comes_back_as_json_only() throws Exception {
        String markup = "<img src=x onerror=alert(1)>";
        String upload = Ordering.upload(server, markup + ".prototxt", "layer {".getBytes(UTF_8));
        HttpResponse<String> answer = Ordering.convert(
                server, "{\"sources\":[{\"upload\":\"" + upload + "\"}],\"weights_key\":\"" + markup + "\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void an_order_as_deep_or_as_long_as_can_be_is_refused() throws Exception {
        assertThat(Ordering.convert(server, "[".repeat(100_000)).statusCode()).isEqualTo(400);
        assertThat(Ordering.convert(server, "{\"sources\":" + "[".repeat(5000)).statusCode())
                .isEqualTo(400);
        assertThat(Ordering.convert(server, "{\"framework\":\"" + "x".repeat(2 << 20) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(Ordering.convert(server, "{\"opset\":" + "9".repeat(500) + "}")
                        .statusCode())
                .isEqualTo(400);
        String many = "{\"upload\":\"00000000000000000000000000000000\"},".repeat(2000);
        assertThat(Ordering.convert(server, "{\"sources\":[" + many.substring(0, many.length() - 1) + "]}")
                        .statusCode())
                .isEqualTo(400);
    }

    private static String source(String body) throws Exception {
        String upload = Ordering.upload(server, "net.py", SOURCE.formatted(body).getBytes(UTF_8));
        return "{\"sources\":[{\"upload\":\"" + upload + "\",\"expression\":\"Net()\"}],\"inputs\":[\"x:[1,4]\"]}";
    }

    private static String ordered(String body) throws Exception {
        HttpResponse<String> answer = Ordering.convert(server, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return Running.json(answer).get("id").asText();
    }

    /** Why the job failed; while it runs, the server answers within the time a person waits. */
    private static JsonNode failure(String id) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            long asked = System.nanoTime();
            JsonNode job = Running.json(server.get("/api/v1/jobs/" + id));
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(10));
            if (job.get("ended").isTextual()) {
                assertThat(job.get("state").asText()).as(job.toString()).isEqualTo("failed");
                return job.at("/outcome/failure");
            }
            Thread.sleep(200);
        }
        throw new AssertionError("job " + id + " has not ended after " + PATIENCE);
    }
}
