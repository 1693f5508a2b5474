package dev.entrepot.server.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.zoo.entry.EntryJson;
import dev.entrepot.zoo.sample.Sample;
import dev.entrepot.zoo.store.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Somebody who uploads and somebody who orders, again and again, whatever becomes of the server. They note what it acknowledged. */
final class Callers {

    private static final String UPLOADS = "/api/v1/uploads";
    private static final int MOST_WAITING = 3;
    private static final int PIECE = 64 << 10;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final String server;
    private final Random random;
    private final Queue<Digest> uploads = new ConcurrentLinkedQueue<>();
    private final Map<String, String> jobs = new ConcurrentHashMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger interruptions = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private final String order;
    private volatile boolean over;

    Callers(int port, Path in, long seed) throws Exception {
        this.server = "http://127.0.0.1:" + port;
        this.random = new Random(seed);
        Sample sample = Sample.ALL.get(0);
        List<String> sources = new ArrayList<>();
        for (Path source : sample.unpackSources(in)) {
            sources.add("{\"upload\":\"" + upload(Files.readAllBytes(source), source) + "\"}");
        }
        Path reference = sample.unpackReference(in);
        String proof = upload(Files.readAllBytes(reference), reference);
        this.order = "{\"sources\":[" + String.join(",", sources) + "],\"reference\":[{\"upload\":\"" + proof
                + "\",\"path\":\"reference.npz\"}],\"publish\":{\"model\":\"MODEL\",\"title\":\"Digits\"}}";
    }

    void start() {
        threads.add(new Thread(() -> repeat(this::upload), "uploads"));
        threads.add(new Thread(() -> repeat(this::order), "orders"));
        threads.forEach(Thread::start);
    }

    /** Lets both end what they have begun. */
    void finish() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** The files that were uploaded to their ends. */
    List<Digest> uploads() {
        return List.copyOf(uploads);
    }

    /** The jobs that were accepted, and what each is to publish. */
    Map<String, String> jobs() {
        return Map.copyOf(jobs);
    }

    /** Where the server broke its word. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    int interruptions() {
        return interruptions.get();
    }

    /** What a caller does. */
    private interface Deed {
        void once(int number) throws Exception;
    }

    private void repeat(Deed deed) {
        for (int number = 0; !over; number++) {
            try {
                deed.once(number);
            } catch (Exception e) {
                faults.add(Thread.currentThread().getName() + " " + number + ": " + e);
                return;
            }
        }
    }

    private void upload(int number) throws Exception {
        byte[] content = new byte[PIECE + random.nextInt(4 * PIECE)];
        random.nextBytes(content);
        upload(content, Path.of("file" + number));
        uploads.add(Digest.of(content));
    }

    /** By tus, piece by piece, going on where it was interrupted. */
    private String upload(byte[] content, Path name) throws Exception {
        String path = created(content.length, name);
        int acknowledged = 0;
        int offset = 0;
        while (acknowledged < content.length) {
            int end = Math.min(content.length, offset + PIECE);
            HttpResponse<String> answer = sent(request(path)
                    .header("Tus-Resumable", "1.0.0")
                    .header("Upload-Offset", Integer.toString(offset))
                    .header("Content-Type", "application/offset+octet-stream")
                    .method("PATCH", BodyPublishers.ofByteArray(Arrays.copyOfRange(content, offset, end))));
            if (answer != null && answer.statusCode() == 204) {
                acknowledged = Integer.parseInt(
                        answer.headers().firstValue("Upload-Offset").orElseThrow());
                offset = acknowledged;
                continue;
            }
            offset = offset(path);
            if (offset < acknowledged) {
                throw new IOException(path + " had " + acknowledged + " bytes acknowledged, now has " + offset);
            }
            acknowledged = offset;
        }
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private String created(int length, Path name) throws Exception {
        while (true) {
            HttpResponse<String> answer = sent(request(UPLOADS)
                    .header("Tus-Resumable", "1.0.0")
                    .header("Upload-Length", Integer.toString(length))
                    .header("Upload-Metadata", "filename " + base64(String.valueOf(name.getFileName())))
                    .POST(BodyPublishers.noBody()));
            if (answer != null && answer.statusCode() == 201) {
                return URI.create(answer.headers().firstValue("Location").orElseThrow())
                        .getPath();
            }
            interrupted(answer);
        }
    }

    private int offset(String path) throws Exception {
        while (true) {
            HttpResponse<String> answer =
                    sent(request(path).header("Tus-Resumable", "1.0.0").method("HEAD", BodyPublishers.noBody()));
            if (answer != null && answer.statusCode() / 100 == 2) {
                return Integer.parseInt(
                        answer.headers().firstValue("Upload-Offset").orElseThrow());
            }
            if (answer != null && (answer.statusCode() == 404 || answer.statusCode() == 410)) {
                throw new IOException(path + " was acknowledged, now it is " + answer.statusCode());
            }
            interrupted(answer);
        }
    }

    private void order(int number) throws Exception {
        String model = "kills/model" + number;
        String body = order.replace("MODEL", model);
        while (true) {
            HttpResponse<String> answer = sent(request("/api/v1/conversions")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body)));
            if (answer != null && answer.statusCode() / 100 == 2) {
                JsonNode job = EntryJson.tree(answer.body().getBytes(UTF_8));
                jobs.put(job.path("id").asText(), model);
                break;
            }
            interrupted(answer);
        }
        while (!over && waiting() >= MOST_WAITING) {
            Thread.sleep(200);
        }
    }

    private int waiting() throws Exception {
        HttpResponse<String> answer =
                sent(request("/api/v1/jobs?state=queued&limit=20").GET());
        if (answer == null || answer.statusCode() != 200) {
            interrupted(answer);
            return MOST_WAITING;
        }
        JsonNode found = EntryJson.tree(answer.body().getBytes(UTF_8));
        return (found.isArray() ? found : found.path("jobs")).size();
    }

    /** A request that was not answered, or with a fault of the server's, is repeated; a refusal is a broken word. */
    private void interrupted(@Nullable HttpResponse<String> answer) throws Exception {
        if (answer != null && answer.statusCode() / 100 == 4 && answer.statusCode() != 429) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
        interruptions.incrementAndGet();
        Thread.sleep(100);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + path)).timeout(Duration.ofSeconds(30));
    }

    /** The answer; null if none came. */
    private @Nullable HttpResponse<String> sent(HttpRequest.Builder request) throws InterruptedException {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            return null;
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
