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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts questions to an oracle's process through files, and starts the process at the first question and after each of its deaths.
 *
 * <p>Not safe for use by several threads at once.
 */
final class OracleChild implements AutoCloseable {

    private final String mainClass;
    private final List<String> arguments;
    private final OracleClassPath classPath;
    private final OracleLimits limits;
    private final Path directory;
    private @Nullable OracleProcess process;
    private int questions;

    /** @throws IOException if there is no place for temporary files */
    OracleChild(String mainClass, List<String> arguments, OracleClassPath classPath, OracleLimits limits)
            throws IOException {
        this.mainClass = mainClass;
        this.arguments = List.copyOf(arguments);
        this.classPath = classPath;
        this.limits = limits;
        this.directory = Files.createTempDirectory("entrepot-oracle-");
    }

    /**
     * Asks once.
     *
     * @param words what the request says beside its arrays, by key
     * @param arrays the .npz files of the request, by key; {@code outputs} is the key of the one that is answered
     */
    OracleAnswer ask(Map<String, String> words, Map<String, Map<String, Tensor>> arrays) throws IOException {
        questions++;
        Path outputs = file("outputs", "npz");
        Path request = file("request", "properties");
        List<Path> files = new ArrayList<>(List.of(outputs, request));
        try {
            var properties = new Properties();
            properties.putAll(words);
            properties.setProperty("outputs", outputs.toString());
            for (Map.Entry<String, Map<String, Tensor>> entry : arrays.entrySet()) {
                Path file = file(entry.getKey(), "npz");
                files.add(file);
                write(file, entry.getValue());
                properties.setProperty(entry.getKey(), file.toString());
            }
            try (Writer writer = Files.newBufferedWriter(request)) {
                properties.store(writer, null);
            }
            Optional<OracleAnswer.Refused> refusal = running().answer(request, limits.answer());
            return refusal.isPresent() ? refusal.get() : new OracleAnswer.Computed(read(outputs));
        } finally {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Ends the process and removes what it left on the disk. */
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

    private Path file(String what, String ending) {
        return directory.resolve(what + "-" + questions + "." + ending).toAbsolutePath();
    }

    private OracleProcess running() throws IOException {
        OracleProcess current = process;
        if (current == null || !current.isAlive()) {
            current = OracleProcess.start(mainClass, arguments, classPath, limits, directory);
            process = current;
        }
        return current;
    }

    private static void write(Path file, Map<String, Tensor> arrays) throws IOException {
        try (var out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            Npz.write(out, arrays, Compression.STORED);
        }
    }

    private static Map<String, Tensor> read(Path file) throws IOException {
        var arrays = new LinkedHashMap<String, Tensor>();
        try (var source = FileSource.open(file)) {
            Npz.read(source)
                    .forEach((name, array) -> arrays.put(
                            name,
                            new Tensor(
                                    array.type(),
                                    array.shape(),
                                    TensorData.of(array.toBytes().array()))));
        }
        return arrays;
    }
}
