import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrepot.zoo.sample.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Asks a server for everything at once. Arguments: the file with the server's answer, its process, seconds, clients. */
public final class MixedLoad {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODEL = "/v2/models/samples/digits-caffe";
    private static final int PIXELS = 64;
    private static final long PAUSE_MILLIS = 40;

    private final URI server;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    private MixedLoad(URI server) {
        this.server = server;
    }

    /** What requests of a kind took, in nanoseconds, and what went wrong. */
    private static final class Kind {
        private final List<Long> times = new ArrayList<>();
        private final Map<String, Integer> errors = new TreeMap<>();

        synchronized void took(long nanos) {
            times.add(nanos);
        }

        synchronized void failed(String why) {
            errors.merge(why, 1, Integer::sum);
        }

        synchronized long[] sorted() {
            return times.stream().mapToLong(Long::longValue).sorted().toArray();
        }
    }

    @FunctionalInterface
    private interface Act {
        void run() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        JsonNode answer = JSON.readTree(Files.readString(Path.of(arguments[0])));
        MixedLoad load = new MixedLoad(URI.create(answer.path("uri").asText()));
        boolean isClean = load.run(Long.parseLong(arguments[1]), Long.parseLong(arguments[2]), Integer.parseInt(arguments[3]));
        System.exit(isClean ? 0 : 1);
    }

    private boolean run(long process, long seconds, int clients) throws Exception {
        awaitSamples();
        long end = System.nanoTime() + seconds * 1_000_000_000;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            int seed = i;
            running.add(threads.submit(() -> ask(new Random(seed), end)));
        }
        for (int tenth = 1; tenth <= 10; tenth++) {
            Thread.sleep(seconds * 100);
            System.out.printf("after %4d s: %s%n", seconds * tenth / 10, memory(process));
        }
        for (Future<?> each : running) {
            each.get();
        }
        threads.shutdown();
        return table();
    }

    /** The bundled models come in after the server's first start. */
    private void awaitSamples() throws Exception {
        for (int i = 0; i < 300; i++) {
            if (get(MODEL).statusCode() == 200) {
                return;
            }
            Thread.sleep(200);
        }
        throw new IOException("the bundled models did not come in within a minute");
    }

    private void ask(Random random, long end) {
        List<Act> acts = List.of(
                () -> timed("infer, binary, 1 row", () -> binary(1)),
                () -> timed("infer, binary, 64 rows", () -> binary(64)),
                () -> timed("infer, JSON, 4 rows", () -> json(4)),
                () -> timed("metadata", () -> require(get(MODEL), 200)),
                () -> timed("gallery", () -> require(page("/"), 200)),
                () -> timed("model page", () -> require(page("/models/samples/digits-caffe"), 200)),
                () -> timed("search", () -> require(get("/api/v1/models?q=digits"), 200)),
                () -> timed("file", () -> require(get("/api/v1/models/samples/digits-caffe/files/model.onnx"), 200)),
                () -> timed("range of a file", this::range),
                () -> timed("jobs", () -> require(get("/api/v1/jobs"), 200)),
                () -> timed("upload, 1 MiB", () -> upload("noise.bin", noise(random))),
                () -> timed("unknown model", () -> require(get("/v2/models/nobody/nothing"), 404)));
        // One request in two hundred is a conversion: they take seconds, the others milliseconds. The pause keeps four clients below the quota.
        while (System.nanoTime() < end) {
            try {
                Thread.sleep(PAUSE_MILLIS);
                if (random.nextInt(200) == 0) {
                    timed("conversion", () -> convert(random));
                } else {
                    acts.get(random.nextInt(acts.size())).run();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void timed(String name, Act act) {
        Kind kind = kinds.computeIfAbsent(name, unused -> new Kind());
        long start = System.nanoTime();
        try {
            act.run();
            kind.took(System.nanoTime() - start);
        } catch (Exception e) {
            kind.failed(e.toString());
        }
    }

    private void binary(int rows) throws Exception {
        HttpResponse<byte[]> answer = http.send(
                to(MODEL + "/infer")
                        .header("Inference-Header-Content-Length", "0")
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(pixels(rows)))
                        .build(),
                BodyHandlers.ofByteArray());
        require(answer, 200);
    }

    private void json(int rows) throws Exception {
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < rows * PIXELS; i++) {
            data.append(i == 0 ? "" : ",").append(i % 17);
        }
        String body = "{\"inputs\":[{\"name\":\"data\",\"datatype\":\"FP32\",\"shape\":[" + rows + ",1,8,8],\"data\":[" + data + "]}]}";
        HttpResponse<byte[]> answer = post(MODEL + "/infer", BodyPublishers.ofString(body));
        require(answer, 200);
        int found = JSON.readTree(answer.body()).path("outputs").path(0).path("data").size();
        if (found != rows * 10) {
            throw new IOException(found + " numbers instead of " + rows * 10);
        }
    }

    private void range() throws Exception {
        HttpResponse<byte[]> answer = http.send(
                to("/api/v1/models/samples/digits-caffe/files/model.onnx").header("Range", "bytes=100-199").build(),
                BodyHandlers.ofByteArray());
        require(answer, 206);
        if (answer.body().length != 100) {
            throw new IOException(answer.body().length + " bytes instead of 100");
        }
    }

    /** A model that nobody has converted yet: a number in its prototxt's comment makes it another file. */
    private void convert(Random random) throws Exception {
        Path folder = Files.createTempDirectory("entrepot-mixed-");
        try {
            List<String> sources = new ArrayList<>();
            for (Path file : Sample.ALL.get(0).unpackSources(folder)) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                bytes.write(Files.readAllBytes(file));
                if (file.toString().endsWith(".prototxt")) {
                    bytes.write(("\n# " + random.nextLong() + "\n").getBytes(StandardCharsets.UTF_8));
                }
                String name = String.valueOf(file.getFileName());
                sources.add("{\"upload\":\"" + upload(name, bytes.toByteArray()) + "\",\"path\":\"" + name + "\"}");
            }
            HttpResponse<byte[]> taken = post("/api/v1/conversions", BodyPublishers.ofString("{\"sources\":[" + String.join(",", sources) + "]}"));
            require(taken, 202);
            await(taken.headers().firstValue("Location").orElseThrow());
        } finally {
            delete(folder);
        }
    }

    private void await(String job) throws Exception {
        for (int i = 0; i < 600; i++) {
            String state = JSON.readTree(get(job).body()).path("state").asText();
            if (state.equals("succeeded")) {
                return;
            }
            if (state.equals("failed") || state.equals("cancelled")) {
                throw new IOException("a conversion " + state);
            }
            Thread.sleep(200);
        }
        throw new IOException("a conversion took more than two minutes");
    }

    private String upload(String name, byte[] bytes) throws Exception {
        HttpResponse<byte[]> made = http.send(
                to("/api/v1/uploads")
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Length", String.valueOf(bytes.length))
                        .header("Upload-Metadata", "filename " + Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8)))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofByteArray());
        require(made, 201);
        URI place = server.resolve(made.headers().firstValue("Location").orElseThrow());
        HttpResponse<byte[]> sent = http.send(
                HttpRequest.newBuilder(place)
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Offset", "0")
                        .header("Content-Type", "application/offset+octet-stream")
                        .method("PATCH", BodyPublishers.ofByteArray(bytes))
                        .build(),
                BodyHandlers.ofByteArray());
        require(sent, 204);
        String path = place.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[1 << 20];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] pixels(int rows) {
        ByteBuffer buffer = ByteBuffer.allocate(rows * PIXELS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rows * PIXELS; i++) {
            buffer.putFloat(i % 17);
        }
        return buffer.array();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(server.resolve(path));
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        return http.send(to(path).build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> page(String path) throws Exception {
        return http.send(to(path).header("Accept", "text/html").build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> post(String path, BodyPublisher body) throws Exception {
        return http.send(to(path).header("Content-Type", "application/json").POST(body).build(), BodyHandlers.ofByteArray());
    }

    private static void require(HttpResponse<byte[]> answer, int status) throws IOException {
        if (answer.statusCode() != status) {
            String body = new String(answer.body(), StandardCharsets.UTF_8);
            throw new IOException(answer.statusCode() + " instead of " + status + ": " + body.substring(0, Math.min(200, body.length())));
        }
    }

    private static String memory(long process) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS")).findFirst().orElse("unknown").replaceAll("\\s+", " ");
        }
    }

    private boolean table() {
        System.out.printf("%-24s %9s %9s %9s %8s %7s%n", "request", "count", "p50 ms", "p99 ms", "p99/p50", "errors");
        boolean isClean = true;
        for (Map.Entry<String, Kind> each : new TreeMap<>(kinds).entrySet()) {
            long[] times = each.getValue().sorted();
            int errors = each.getValue().errors.values().stream().mapToInt(Integer::intValue).sum();
            isClean &= errors == 0;
            double p50 = times.length == 0 ? 0 : times[times.length / 2] / 1e6;
            double p99 = times.length == 0 ? 0 : times[times.length * 99 / 100] / 1e6;
            System.out.println(String.format(Locale.ROOT, "%-24s %9d %9.2f %9.2f %8.1f %7d", each.getKey(), times.length, p50, p99, p99 / p50, errors));
            each.getValue().errors.forEach((why, count) -> System.out.println("    " + count + " x " + why));
        }
        return isClean;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
