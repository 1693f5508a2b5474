package dev.entrepot.server.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.server.Running;
import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.config.ServerConfig.Anonymous;
import dev.entrepot.server.config.ServerLimits;
import dev.entrepot.zoo.store.Digest;
import dev.entrepot.zoo.store.FileBlobStore;
import dev.entrepot.zoo.store.OpenBlob;
import io.tus.java.client.TusClient;
import io.tus.java.client.TusUpload;
import io.tus.java.client.TusUploader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tus protocol, with its own client and with connections that fail. */
class UploadsTest {

    private static final String UPLOADS = "/api/v1/uploads";
    private static final long LONGEST = 8L << 20;

    @TempDir
    static Path data;

    private static Running server;

    @BeforeAll
    static void start() throws IOException {
        ServerLimits limits = ServerLimits.DEFAULT.withUploadBytes(LONGEST).withIdle(Duration.ofSeconds(2));
        server = Running.on(ServerConfig.onLoopback(0, data).withLimits(limits).withAnonymous(Anonymous.WRITE));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_reference_client_uploads_a_file_in_pieces() throws Exception {
        byte[] content = content(3_000_001);
        Path file = Files.write(data.resolve("weights.npz"), content);
        TusClient client = new TusClient();
        client.setUploadCreationURL(server.uri().resolve(UPLOADS).toURL());

        TusUploader uploader = client.createUpload(new TusUpload(file.toFile()));
        uploader.setChunkSize(70_000);
        uploader.setRequestPayloadSize(1_000_000);
        while (uploader.uploadChunk() > -1) {
            continue;
        }
        uploader.finish();

        String path = uploader.getUploadURL().getPath();
        assertThat(Running.json(server.get(path))
                        .get("metadata")
                        .get("filename")
                        .asText())
                .isEqualTo("weights.npz");
        requireBlob(path, content);
    }

    @Test
    void after_ten_cuts_the_digest_is_equal() throws Exception {
        byte[] content = content(2_000_000);
        String path = create(content.length);
        Random random = new Random(7);
        int cuts = 0;
        int offset = 0;
        while (cuts < 10) {
            int announced = content.length - offset;
            int sent = random.nextInt(announced / 20);
            try (Socket socket = connect()) {
                write(socket, patch(path, offset, announced), Arrays.copyOfRange(content, offset, offset + sent));
                if (random.nextBoolean()) {
                    socket.setSoLinger(true, 0);
                }
            }
            cuts++;
            int reached = offset(path);
            // A piece that was cut off before may still have been on its way: its bytes are the file's own, too.
            assertThat(reached).isBetween(offset, content.length - 1);
            offset = reached;
        }
        assertThat(offset).as("something of ten pieces has arrived").isPositive();
        int status = 409;
        for (int attempt = 0; attempt < 10 && status == 409; attempt++) {
            offset = offset(path);
            status = patch(path, offset, Arrays.copyOfRange(content, offset, content.length))
                    .statusCode();
        }
        assertThat(status).isEqualTo(204);
        requireBlob(path, content);
    }

    @Test
    void who_asks_for_the_offset_cuts_a_dead_connection_off() throws Exception {
        byte[] content = content(500_000);
        String path = create(content.length);
        try (Socket socket = connect()) {
            write(socket, patch(path, 0, content.length), Arrays.copyOf(content, 100_000));
            waitForBytes(path, 100_000);

            int offset = offset(path);

            assertThat(offset).isEqualTo(100_000);
            assertThat(patch(path, offset, Arrays.copyOfRange(content, offset, content.length))
                            .statusCode())
                    .isEqualTo(204);
        }
        requireBlob(path, content);
    }

    @Test
    void an_acknowledged_offset_is_on_the_disk_when_the_server_starts_again() throws Exception {
        Path other = Files.createDirectory(data.resolve("restarted"));
        byte[] content = content(100_000);
        String path;
        try (Running first = Running.on(ServerConfig.onLoopback(0, other).withAnonymous(Anonymous.WRITE))) {
            path = create(first, content.length);
            assertThat(patch(first, path, 0, Arrays.copyOf(content, 60_000)).statusCode())
                    .isEqualTo(204);
        }
        // What was written and never acknowledged may be anything after a crash.
        Path bytes = other.resolve("uploads/" + path.substring(path.lastIndexOf('/') + 1) + ".part");
        Files.write(
                bytes,
                ByteBuffer.allocate(70_000).put(Arrays.copyOf(content, 60_000)).array());

        try (Running second = Running.on(ServerConfig.onLoopback(0, other).withAnonymous(Anonymous.WRITE))) {
            HttpResponse<String> state = head(second, path);
            assertThat(state.headers().firstValue("Upload-Offset")).hasValue("60000");
            patch(second, path, 60_000, Arrays.copyOfRange(content, 60_000, content.length));
            assertThat(Running.json(second.get(path)).get("sha256").asText())
                    .isEqualTo(Digest.of(content).hex());
        }
    }

    @Test
    void a_wrong_offset_conflicts_and_changes_nothing() throws Exception {
        String path = create(10);

        assertThat(patch(path, 5, new byte[5]).statusCode()).isEqualTo(409);
        assertThat(offset(path)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"sha1, SHA-1", "sha256, SHA-256"})
    void a_right_checksum_is_taken_and_a_wrong_one_is_not(String name, String algorithm) throws Exception {
        byte[] content = content(1000);
        String path = create(content.length);
        byte[] digest = MessageDigest.getInstance(algorithm).digest(content);
        byte[] wrong = digest.clone();
        wrong[0]++;

        assertThat(checked(path, content, name, wrong).statusCode()).isEqualTo(460);
        assertThat(offset(path)).isZero();
        assertThat(checked(path, content, name, digest).statusCode()).isEqualTo(204);
        requireBlob(path, content);
    }

    @Test
    void an_unknown_checksum_is_a_bad_request() throws Exception {
        assertThat(checked(create(4), new byte[4], "crc32", new byte[4]).statusCode())
                .isEqualTo(400);
    }

    @Test
    void what_is_too_long_is_refused_before_it_comes() throws Exception {
        HttpResponse<String> refused = server.send(tus(server.to(UPLOADS))
                .header("Upload-Length", String.valueOf(LONGEST + 1))
                .POST(BodyPublishers.noBody()));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(Running.json(refused).get("kind").asText()).isEqualTo("too-large");

        String path = create(10);
        assertThat(patch(path, 0, new byte[11]).statusCode()).isEqualTo(413);
        assertThat(offset(path)).isZero();
    }

    @Test
    void who_sends_next_to_nothing_is_cut_off() throws Exception {
        String path = create(1_000_000);
        long start = System.nanoTime();
        try (Socket socket = connect()) {
            socket.setSoTimeout(20_000);
            write(socket, patch(path, 0, 1_000_000), new byte[1]);
            OutputStream out = socket.getOutputStream();
            int status = -1;
            for (int i = 0; i < 40 && status < 0; i++) {
                Thread.sleep(250);
                try {
                    out.write(1);
                    out.flush();
                } catch (IOException e) {
                    status = 0;
                }
                if (socket.getInputStream().available() > 0) {
                    byte[] line = socket.getInputStream().readNBytes(12);
                    status = Integer.parseInt(new String(line, StandardCharsets.US_ASCII).substring(9));
                }
            }
            assertThat(status).isIn(408, 0);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(server.get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void who_sends_nothing_more_is_cut_off_and_what_came_stays() throws Exception {
        String path = create(1_000_000);
        try (Socket socket = connect()) {
            socket.setSoTimeout(20_000);
            write(socket, patch(path, 0, 1_000_000), new byte[5000]);

            assertThat(socket.getInputStream().readAllBytes()).isNotNull();
        }
        assertThat(offset(path)).isEqualTo(5000);
    }

    @Test
    void a_deleted_upload_is_gone() throws Exception {
        String path = create(10);

        assertThat(server.send(tus(server.to(path)).DELETE()).statusCode()).isEqualTo(204);
        assertThat(head(server, path).statusCode()).isEqualTo(404);
        assertThat(patch(path, 0, new byte[10]).statusCode()).isEqualTo(404);
    }

    @Test
    void a_client_of_another_version_is_told_ours() throws Exception {
        HttpResponse<String> answer = server.send(server.to(UPLOADS)
                .header("Tus-Resumable", "0.2.2")
                .header("Upload-Length", "1")
                .POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(answer.headers().firstValue("Tus-Version")).hasValue("1.0.0");
    }

    @Test
    void the_wrong_content_type_is_refused() throws Exception {
        String path = create(4);
        HttpResponse<String> answer = server.send(tus(server.to(path))
                .header("Upload-Offset", "0")
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("{\"a\":1}")));

        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @Test
    void options_tell_what_the_server_can_do() throws Exception {
        HttpResponse<String> answer = server.send(server.to(UPLOADS).method("OPTIONS", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Tus-Version")).hasValue("1.0.0");
        assertThat(answer.headers().firstValue("Tus-Max-Size")).hasValue(String.valueOf(LONGEST));
        assertThat(answer.headers().firstValue("Tus-Extension"))
                .hasValueSatisfying(extensions -> assertThat(extensions.split(","))
                        .contains("creation", "checksum", "expiration", "termination"));
    }

    @Test
    void a_plain_post_uploads_a_whole_file() throws Exception {
        byte[] content = content(123_456);

        HttpResponse<String> answer =
                server.send(server.to(UPLOADS + "?name=net.prototxt").POST(BodyPublishers.ofByteArray(content)));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(Running.json(answer).get("sha256").asText())
                .isEqualTo(Digest.of(content).hex());
        assertThat(Running.json(answer).get("metadata").get("filename").asText())
                .isEqualTo("net.prototxt");
        requireBlob(answer.headers().firstValue("Location").orElseThrow(), content);
    }

    @Test
    void an_empty_file_is_whole_at_once() throws Exception {
        requireBlob(create(0), new byte[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2F..%2Fetc%2Fpasswd", "x", "%00", "0123456789abcdef0123456789abcdeg"})
    void what_is_no_id_is_not_found(String id) throws Exception {
        assertThat(head(server, UPLOADS + "/" + id).statusCode()).isIn(400, 404);
    }

    private static void requireBlob(String path, byte[] content) throws Exception {
        HttpResponse<String> state = head(server, path);
        assertThat(state.statusCode()).isEqualTo(200);
        assertThat(state.headers().firstValue("Upload-Offset")).hasValue(String.valueOf(content.length));
        Digest digest = Digest.parse(state.headers().firstValue("Upload-Digest").orElseThrow());
        assertThat(digest).isEqualTo(Digest.of(content));
        try (OpenBlob blob = FileBlobStore.open(data.resolve("blobs")).open(digest)) {
            ByteBuffer bytes = ByteBuffer.allocate(content.length);
            blob.read(0, bytes);
            assertThat(bytes.array()).isEqualTo(content);
        }
    }

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return content;
    }

    private static HttpRequest.Builder tus(HttpRequest.Builder request) {
        return request.header("Tus-Resumable", "1.0.0");
    }

    private static String create(long length) throws Exception {
        return create(server, length);
    }

    private static String create(Running on, long length) throws Exception {
        HttpResponse<String> created = on.send(tus(on.to(UPLOADS))
                .header("Upload-Length", String.valueOf(length))
                .header(
                        "Upload-Metadata",
                        "filename " + Base64.getEncoder().encodeToString("a.bin".getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.noBody()));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.headers().firstValue("Upload-Expires")).isPresent();
        return created.headers().firstValue("Location").orElseThrow();
    }

    private static HttpResponse<String> head(Running on, String path) throws Exception {
        return on.send(tus(on.to(path)).method("HEAD", BodyPublishers.noBody()));
    }

    private static int offset(String path) throws Exception {
        return Integer.parseInt(
                head(server, path).headers().firstValue("Upload-Offset").orElseThrow());
    }

    private static HttpResponse<String> patch(String path, long offset, byte[] bytes) throws Exception {
        return patch(server, path, offset, bytes);
    }

    private static HttpResponse<String> patch(Running on, String path, long offset, byte[] bytes) throws Exception {
        return on.send(tus(on.to(path))
                .header("Upload-Offset", String.valueOf(offset))
                .header("Content-Type", "application/offset+octet-stream")
                .method("PATCH", BodyPublishers.ofByteArray(bytes)));
    }

    private static HttpResponse<String> checked(String path, byte[] bytes, String algorithm, byte[] digest)
            throws Exception {
        return server.send(tus(server.to(path))
                .header("Upload-Offset", "0")
                .header("Upload-Checksum", algorithm + " " + Base64.getEncoder().encodeToString(digest))
                .header("Content-Type", "application/offset+octet-stream")
                .method("PATCH", BodyPublishers.ofByteArray(bytes)));
    }

    private static Socket connect() throws IOException {
        return new Socket(server.uri().getHost(), server.uri().getPort());
    }

    private static String patch(String path, long offset, int length) {
        return "PATCH " + path + " HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: " + offset
                + "\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static void write(Socket socket, String head, byte[] body) throws IOException {
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
    }

    private static void waitForBytes(String path, long count) throws Exception {
        Path file = data.resolve("uploads/" + path.substring(path.lastIndexOf('/') + 1) + ".part");
        for (int i = 0; i < 100 && Files.size(file) < count; i++) {
            Thread.sleep(20);
        }
    }
}
