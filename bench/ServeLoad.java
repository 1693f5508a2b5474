import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.server.Server;
import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.config.ServerLimits;
import dev.entrepot.validator.ValidationOptions;
import dev.entrepot.validator.Validator;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.zoo.WorkFolder;
import dev.entrepot.zoo.Zoo;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.publish.Publication;
import dev.entrepot.zoo.recipe.ImportRequest;
import dev.entrepot.zoo.sample.Sample;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Inference of the digits over HTTP with binary tensors, beside a bare loop of ONNX Runtime in the same JVM. Arguments: folder, seconds, clients. */
public final class ServeLoad {

    private static final int PIXELS = 64;
    private static final int CLASSES = 10;

    private ServeLoad() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("entrepot.log.level", "error");
        Path data = Path.of(arguments[0]);
        double seconds = Double.parseDouble(arguments[1]);
        int clients = Integer.parseInt(arguments[2]);
        byte[] model = publish(data);
        ServerLimits limits = ServerLimits.DEFAULT.withRequestsPerMinute(10_000_000);
        try (Server server = Server.start(ServerConfig.onLoopback(0, data).withLimits(limits));
                OrtEnvironment environment = OrtEnvironment.getEnvironment();
                OrtSession session = environment.createSession(model, options())) {
            served(server.uri(), 1, 2 * seconds, clients);
            System.out.printf("%6s %14s %14s %7s %9s %9s %9s %7s%n", "batch", "bare rows/s", "served rows/s", "ratio", "p50 ms", "p99 ms", "p99/p50", "errors");
            for (int batch : new int[] {1, 16, 64, 256, 1024}) {
                bare(environment, session, batch, seconds / 2);
                served(server.uri(), batch, seconds / 2, clients);
                double bare = bare(environment, session, batch, seconds);
                Load load = served(server.uri(), batch, seconds, clients);
                System.out.printf(
                        "%6d %14.0f %14.0f %7.2f %9.3f %9.3f %9.1f %7d%n",
                        batch, bare, load.rows, load.rows / bare, load.p50, load.p99, load.p99 / load.p50, load.errors);
            }
        }
        System.exit(0);
    }

    /** As the server has it: threads that wait for work must not take processors from what is measured next. */
    private static OrtSession.SessionOptions options() throws Exception {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }

    private static byte[] publish(Path data) throws Exception {
        Sample sample = Sample.ALL.get(0);
        try (Zoo zoo = Zoo.open(data);
                WorkFolder work = zoo.workFolder()) {
            ImportRequest request = ImportRequest.of(
                    sample.unpackSources(work.path()),
                    new ImportOptions(sample.inputs(), ImportOptions.Missing.REFUSE, ImportOptions.Unused.REFUSE),
                    sample.unpackReference(work.path()));
            Version version = zoo.publish(
                            request,
                            Publication.of(sample.modelName(), sample.card(), "bench"),
                            new Validator(OnnxRuntime.start(), ValidationOptions.DEFAULT))
                    .version();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (var blob = zoo.open(version, "model.onnx")) {
                blob.transferTo(Channels.newChannel(bytes));
            }
            return bytes.toByteArray();
        }
    }

    /** Rows a second of one thread that does nothing else, each run with a tensor of its own, as a request brings one. */
    private static double bare(OrtEnvironment environment, OrtSession session, int batch, double seconds) throws Exception {
        byte[] pixels = pixels(batch);
        long rows = 0;
        long start = System.nanoTime();
        while (System.nanoTime() - start < seconds * 1e9) {
            ByteBuffer direct = ByteBuffer.allocateDirect(pixels.length).order(ByteOrder.nativeOrder());
            direct.put(pixels).flip();
            try (OnnxTensor input = OnnxTensor.createTensor(environment, direct.asFloatBuffer(), new long[] {batch, 1, 8, 8});
                    OrtSession.Result result = session.run(Map.of("data", input))) {
                rows += ((OnnxTensor) result.get(0)).getFloatBuffer().remaining() / CLASSES;
            }
        }
        return rows / ((System.nanoTime() - start) / 1e9);
    }

    private record Load(double rows, double p50, double p99, long errors) {}

    private static Load served(URI server, int batch, double seconds, int clients) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        List<Callable<List<Long>>> work = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            work.add(() -> client(server, batch, seconds));
        }
        long start = System.nanoTime();
        List<Long> times = new ArrayList<>();
        for (Future<List<Long>> result : threads.invokeAll(work)) {
            times.addAll(result.get());
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        threads.shutdown();
        long errors = times.stream().filter(time -> time < 0).count();
        long[] sorted = times.stream().filter(time -> time >= 0).mapToLong(Long::longValue).sorted().toArray();
        return new Load(sorted.length * (double) batch / elapsed, sorted[sorted.length / 2] / 1e6, sorted[sorted.length * 99 / 100] / 1e6, errors);
    }

    /** A socket and bytes that are made once: what the client costs is little, so that it is the server that is measured. */
    private static List<Long> client(URI server, int batch, double seconds) throws Exception {
        byte[] request = request(batch);
        List<Long> times = new ArrayList<>();
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            long start = System.nanoTime();
            while (System.nanoTime() - start < seconds * 1e9) {
                long sent = System.nanoTime();
                out.write(request);
                times.add(isRight(in, batch) ? System.nanoTime() - sent : -1);
            }
        }
        return times;
    }

    private static byte[] request(int batch) throws IOException {
        byte[] pixels = pixels(batch);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        String head = "POST /v2/models/samples/digits-caffe/infer HTTP/1.1\r\nHost: localhost\r\nInference-Header-Content-Length: 0\r\n"
                + "Content-Type: application/octet-stream\r\nContent-Length: " + pixels.length + "\r\n\r\n";
        request.write(head.getBytes(StandardCharsets.US_ASCII));
        request.write(pixels);
        return request.toByteArray();
    }

    /** Reads an answer to its end, and tells whether it has the status and the size of a right one. */
    private static boolean isRight(InputStream in, int batch) throws IOException {
        boolean isOk = line(in).startsWith("HTTP/1.1 200");
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring("content-length:".length()).strip());
            }
        }
        return in.readNBytes(length).length == length && isOk && length >= batch * CLASSES * Float.BYTES;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw new IOException("the server hung up");
            }
            if (read != '\r') {
                line.append((char) read);
            }
        }
        return line.toString();
    }

    private static byte[] pixels(int batch) {
        byte[] bytes = new byte[batch * PIXELS * Float.BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(1);
        while (buffer.hasRemaining()) {
            buffer.putFloat(random.nextFloat());
        }
        return bytes;
    }
}
