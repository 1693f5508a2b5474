package dev.entrepot.importers.caffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.caffe.CaffeNet;
import dev.entrepot.formats.caffe.CaffeNets;
import dev.entrepot.formats.caffe.NetState;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The case directories in {@code src/test/resources/caffe} that need no runtime: what is refused, and with which message. */
class CaffeCasesTest {

    private static final Path ROOT = Path.of("src/test/resources/caffe");

    static List<String> refused() throws IOException {
        return foldersWith("error.txt");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void it_is_refused_and_the_message_says_where_and_why(String name) throws IOException {
        String message =
                Files.readString(ROOT.resolve(name).resolve("error.txt")).strip();
        assertThatThrownBy(() -> CaffeImporter.lower(net(name), options(name)))
                .isInstanceOf(ModelException.class)
                .hasMessage(message);
    }

    /** Weights are missing everywhere, but only cases about weights say so. */
    private static ImportOptions options(String name) {
        return name.startsWith("weights/")
                ? ImportOptions.DEFAULT
                : new ImportOptions(List.of(), Missing.FILL, Unused.REFUSE);
    }

    @ParameterizedTest
    @MethodSource("all")
    void it_is_complete(String name) {
        Path folder = ROOT.resolve(name);

        assertThat(Stream.of("reference.npz", "error.txt").filter(file -> Files.exists(folder.resolve(file))))
                .as("what is expected of " + name)
                .hasSize(1);
    }

    @Test
    void the_report_of_traps_names_cases_that_are_there() throws IOException {
        String report = Files.readString(Path.of("../../docs/reports/caffe-traps.md"));

        assertThat(Pattern.compile("`([a-z0-9_]+/[a-z0-9_]+)`").matcher(report).results())
                .map(named -> named.group(1))
                .isNotEmpty()
                .allSatisfy(name ->
                        assertThat(ROOT.resolve(name).resolve("net.prototxt")).exists());
    }

    static List<String> all() throws IOException {
        return foldersWith("net.prototxt");
    }

    private static List<String> foldersWith(String file) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(found -> found.endsWith(file))
                    .map(found -> ROOT.relativize(found.resolveSibling("")).toString())
                    .sorted()
                    .toList();
        }
    }

    private static CaffeNet net(String name) throws IOException {
        byte[] prototxt = Files.readAllBytes(ROOT.resolve(name).resolve("net.prototxt"));
        return CaffeNets.readPrototxt(ByteSource.of("net.prototxt", prototxt), NetState.TEST);
    }
}
