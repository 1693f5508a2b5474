import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.onnx.io.ExternalDataPolicy;
import dev.entrepot.zoo.convert.ConversionRequest;
import dev.entrepot.zoo.convert.Converter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Converts models from source one after the other in one JVM, whose Python engine the first conversions warm, and prints for each the
 * wall time and what its own thread computed.
 *
 * <pre>java -cp 'cli/target/entrepot/lib/*' bench/WarmConvert.java TIMES 'nets.py:Net;weights.npz;x:[N,3,32,32]' ...</pre>
 *
 * <p>Each further word is a model: its source with the expression, its weights, and its input as {@code --input} has it; {@code -} stands for
 * one that is missing. All are converted in turn, so many times.
 */
final class WarmConvert {

    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    private WarmConvert() {}

    public static void main(String[] arguments) throws IOException {
        int times = Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("entrepot-warm");
        System.out.printf("%-5s %8s %8s  %s%n", "round", "s", "cpu_s", "model");
        for (int round = 1; round <= times; round++) {
            for (int i = 1; i < arguments.length; i++) {
                Path target = folder.resolve(i + ".onnx");
                long start = System.nanoTime();
                long used = THREAD.getCurrentThreadCpuTime();
                Converter.convert(request(arguments[i], target));
                double seconds = (System.nanoTime() - start) / 1e9;
                double cpu = (THREAD.getCurrentThreadCpuTime() - used) / 1e9;
                System.out.printf("%-5d %8.3f %8.3f  %s%n", round, seconds, cpu, arguments[i]);
                Files.delete(target);
            }
        }
        Files.delete(folder);
    }

    private static ConversionRequest request(String model, Path target) {
        String[] fields = model.split(";", 3);
        List<Path> sources = Stream.of(fields[0], fields[1])
                .filter(file -> !file.equals("-"))
                .map(Path::of)
                .toList();
        List<InputSpec> inputs = fields[2].equals("-") ? List.of() : List.of(InputSpec.parse(fields[2]));
        ImportOptions options = new ImportOptions(inputs, Missing.REFUSE, Unused.REFUSE);
        return new ConversionRequest(sources, Optional.empty(), options, target, ExternalDataPolicy.WHEN_TOO_LARGE);
    }
}
