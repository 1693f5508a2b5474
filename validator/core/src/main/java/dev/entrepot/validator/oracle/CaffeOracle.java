package dev.entrepot.validator.oracle;

import dev.entrepot.bytes.FileSource;
import dev.entrepot.formats.npy.Npz;
import dev.entrepot.formats.zip.Compression;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs Caffe nets in phase TEST with genuine BVLC Caffe, or with OpenCV's reader of Caffe files.
 *
 * <p>The process starts at the first question and answers all others too; where a failed check inside the framework ends it, the next
 * question starts another. Not safe for use by several threads at once; several oracles run side by side.
 */
public final class CaffeOracle implements Oracle {

    /** Who computes. */
    public enum Engine {
        /** BVLC Caffe 1.0 on the CPU: every BVLC layer of its time. */
        CAFFE("caffe"),
        /** OpenCV 4.6: the layers of well-known forks, too. */
        OPENCV("opencv");

        private final String word;

        Engine(String word) {
            this.word = word;
        }
    }

    private static final String MAIN = "dev.entrepot.validator.oracles.caffe.Main";

    private final Engine engine;
    private final OracleClassPath classPath;
    private final OracleLimits limits;
    private final Path directory;
    private @Nullable OracleProcess process;
    private int questions;

    /** @throws IOException if there is no place for temporary files */
    public CaffeOracle(Engine engine, OracleClassPath classPath, OracleLimits limits) throws IOException {
        this.engine = engine;
        this.classPath = classPath;
        this.limits = limits;
        this.directory = Files.createTempDirectory("entrepot-oracle-");
    }

    /** Where the oracle is installed, if it is. */
    public static Optional<OracleClassPath> find() {
        return OracleClassPath.find("caffe", MAIN);
    }

    @Override
    public OracleAnswer ask(OracleRequest request) throws IOException {
        questions++;
        Path inputs = directory.resolve("inputs-" + questions + ".npz");
        Path outputs = directory.resolve("outputs-" + questions + ".npz");
        Path question = directory.resolve("request-" + questions + ".properties");
        try {
            write(inputs, request.inputs());
            write(request, inputs, outputs, question);
            Optional<OracleAnswer.Refused> refusal = running().answer(question, limits.answer());
            return refusal.isPresent() ? refusal.get() : new OracleAnswer.Computed(read(outputs));
        } finally {
            for (Path file : List.of(inputs, outputs, question)) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.close();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private OracleProcess running() throws IOException {
        OracleProcess current = process;
        if (current == null || !current.isAlive()) {
            current = OracleProcess.start(MAIN, List.of(engine.word), classPath, limits, directory);
            process = current;
        }
        return current;
    }

    private static void write(OracleRequest request, Path inputs, Path outputs, Path question) throws IOException {
        var properties = new Properties();
        properties.setProperty("net", absolute(request.net()));
        request.weights().ifPresent(file -> properties.setProperty("weights", absolute(file)));
        properties.setProperty("seed", Integer.toString(request.seed()));
        request.savedWeights().ifPresent(file -> properties.setProperty("saved", absolute(file)));
        properties.setProperty("inputs", absolute(inputs));
        properties.setProperty("outputs", absolute(outputs));
        properties.setProperty("layers", Boolean.toString(request.blobs() == OracleRequest.Blobs.ALL_LAYERS));
        try (Writer writer = Files.newBufferedWriter(question)) {
            properties.store(writer, null);
        }
    }

    private static String absolute(Path file) {
        return file.toAbsolutePath().toString();
    }

    private static void write(Path file, Map<String, Tensor> arrays) throws IOException {
        try (var out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            Npz.write(out, arrays, Compression.STORED);
        }
    }

    private static Map<String, Tensor> read(Path file) throws IOException {
        var blobs = new LinkedHashMap<String, Tensor>();
        try (var source = FileSource.open(file)) {
            Npz.read(source)
                    .forEach((name, blob) -> blobs.put(
                            name,
                            new Tensor(
                                    blob.type(),
                                    blob.shape(),
                                    TensorData.of(blob.toBytes().array()))));
        }
        return blobs;
    }
}
