package dev.entrepot.server.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.server.Ordering;
import dev.entrepot.server.Running;
import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobState;
import dev.entrepot.server.jobs.Jobs;
import dev.entrepot.server.jobs.Outcome;
import dev.entrepot.zoo.store.Blob;
import dev.entrepot.zoo.store.BlobStore;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers send stays theirs until it is published. */
class StrangersFilesTest {

    private static final byte[] SECRET = "a model that nobody else may have".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path data;

    @TempDir
    static Path folder;

    private static Running server;
    private static String[] admin;
    private static String[] one;
    private static String[] other;

    @BeforeAll
    static void start() throws Exception {
        server = Running.on(ServerConfig.onLoopback(0, data), Ordering.NOBODY_WORKS);
        admin = bearer(server.firstToken().orElseThrow());
        one = bearer(token());
        other = bearer(token());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void an_upload_is_of_use_to_its_owner_only() throws Exception {
        String upload = Ordering.upload(server, "net.pt", SECRET, one);
        String body = "{\"sources\":[{\"upload\":\"" + upload + "\"}]}";

        assertThat(Ordering.convert(server, body, one).statusCode()).isEqualTo(202);
        HttpResponse<String> stolen = Ordering.convert(server, body, other);
        assertThat(stolen.statusCode()).isEqualTo(400);
        assertThat(Running.json(stolen).get("place").asText()).isEqualTo("sources[0].upload");
    }

    @Test
    void a_digest_opens_nothing_and_does_not_tell_whether_it_is_there() throws Exception {
        Ordering.upload(server, "net.pt", SECRET, one);
        String known =
                "{\"sources\":[{\"sha256\":\"" + dev.entrepot.zoo.store.Digest.of(SECRET) + "\",\"path\":\"net.pt\"}]}";
        String unknown = "{\"sources\":[{\"sha256\":\"" + dev.entrepot.zoo.store.Digest.of(new byte[7])
                + "\",\"path\":\"net.pt\"}]}";

        assertThat(Ordering.convert(server, known, one).statusCode()).isEqualTo(202);
        HttpResponse<String> stolen = Ordering.convert(server, known, other);
        assertThat(stolen.statusCode()).isEqualTo(400);
        assertThat(stolen.body())
                .isEqualTo(Ordering.convert(server, unknown, other).body());
    }

    @Test
    void what_came_out_is_for_those_who_asked() throws Exception {
        String order = Ordering.sample(server, folder, "", one);
        String id = Running.json(Ordering.convert(server, order, one)).get("id").asText();
        Blob blob = server.bean(BlobStore.class).put(SECRET);
        Jobs jobs = server.bean(Jobs.class);
        Job taken = jobs.begin(id, "worker", "process").orElseThrow();
        Outcome.File file = new Outcome.File("model.onnx", blob.digest(), blob.bytes());
        jobs.end(taken, JobState.SUCCEEDED, new Outcome(null, null, null, List.of(file), null));
        String url = "/api/v1/jobs/" + id + "/files/model.onnx";

        assertThat(server.get(url, one).statusCode()).isEqualTo(200);
        assertThat(server.get(url, admin).statusCode()).isEqualTo(200);
        assertThat(server.get(url, other).statusCode()).isEqualTo(403);
        assertThat(server.get(url).statusCode()).isEqualTo(403);
        // Whoever has the same files may order the same, and then it is theirs as well.
        String equal = Ordering.sample(server, folder, "", other);
        JsonNode joined = Running.json(Ordering.convert(server, equal, other));
        assertThat(joined.get("id").asText()).isEqualTo(id);
        assertThat(server.get(url, other).statusCode()).isEqualTo(200);
    }

    @Test
    void a_job_is_called_off_by_those_who_asked_for_it() throws Exception {
        String upload = Ordering.upload(server, "net.pt", SECRET, one);
        String body = "{\"sources\":[{\"upload\":\"" + upload + "\"}],\"weights_key\":\"mine\"}";
        String url = "/api/v1/jobs/"
                + Running.json(Ordering.convert(server, body, one)).get("id").asText();

        assertThat(server.send(server.to(url).headers(other).DELETE()).statusCode())
                .isEqualTo(403);
        assertThat(server.send(server.to(url).DELETE()).statusCode()).isEqualTo(401);
        assertThat(server.send(server.to(url).headers(one).DELETE()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void readers_order_nothing() throws Exception {
        assertThat(Ordering.convert(server, "{}").statusCode()).isEqualTo(401);
        assertThat(server.get("/api/v1/jobs").statusCode()).isEqualTo(200);
    }

    private static String token() throws Exception {
        return Running.json(server.post("/api/v1/tokens", "{\"role\":\"author\"}", admin))
                .get("token")
                .asText();
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }
}
