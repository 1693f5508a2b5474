package dev.entrepot.importers.torch.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.npy.Npz;
import dev.entrepot.formats.torch.TorchFile;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The case directories in {@code src/test/resources/torch} as far as no runtime is needed: refusals, and the outputs' names, types and shapes. */
class TorchCasesTest {

    private static final Path ROOT = Path.of("src/test/resources/torch");

    static List<String> refused() throws IOException {
        return folders().filter(TorchCasesTest::isRefused).toList();
    }

    static List<String> computed() throws IOException {
        return folders().filter(name -> !isRefused(name)).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void it_is_refused_and_the_message_says_where_and_why(String name) throws IOException {
        String message =
                Files.readString(ROOT.resolve(name).resolve("error.txt")).strip();
        Map<String, Tensor> inputs = arrays(name, "input/");

        assertThatThrownBy(() -> outputs(name, inputs))
                .isInstanceOf(ModelException.class)
                .hasMessage(message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("computed")
    void its_outputs_have_libtorchs_names_types_and_shapes(String name) throws IOException {
        Map<String, Tensor> genuine = arrays(name, "output/");

        List<Value> outputs = outputs(name, arrays(name, "input/"));

        assertThat(outputs).extracting(Value::name).containsExactlyElementsOf(genuine.keySet());
        assertThat(outputs)
                .allSatisfy(output -> assertFits(output, Objects.requireNonNull(genuine.get(output.name()))));
    }

    /** Sizes that depend on data are not declared. */
    private static void assertFits(Value output, Tensor genuine) {
        assertThat(output.dataType()).isEqualTo(genuine.type());
        assertThat(output.shape().rank()).isEqualTo(genuine.shape().rank());
        for (int axis = 0; axis < genuine.shape().rank(); axis++) {
            Dim dim = output.shape().dim(axis);
            assertThat(dim.isKnown() ? dim : genuine.shape().dim(axis))
                    .isEqualTo(genuine.shape().dim(axis));
        }
    }

    private static List<Value> outputs(String name, Map<String, Tensor> inputs) throws IOException {
        List<InputSpec> specs = inputs.entrySet().stream()
                .map(input -> new InputSpec(
                        input.getKey(),
                        input.getValue().type(),
                        input.getValue().shape()))
                .toList();
        var options = new ImportOptions(specs, ImportOptions.Missing.REFUSE, ImportOptions.Unused.REFUSE);
        byte[] archive = Files.readAllBytes(ROOT.resolve(name).resolve("model.pt"));
        return TorchScriptImporter.lower(TorchFile.read(ByteSource.of("model.pt", archive)), options)
                .model()
                .graph()
                .outputs();
    }

    private static Map<String, Tensor> arrays(String name, String kind) throws IOException {
        Map<String, Tensor> found = new LinkedHashMap<>();
        byte[] reference = Files.readAllBytes(ROOT.resolve(name).resolve("reference.npz"));
        Npz.read(ByteSource.of("reference.npz", reference)).forEach((array, tensor) -> {
            if (array.startsWith(kind)) {
                found.put(array.substring(kind.length()), tensor);
            }
        });
        return found;
    }

    private static boolean isRefused(String name) {
        return Files.exists(ROOT.resolve(name).resolve("error.txt"));
    }

    private static Stream<String> folders() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.endsWith("program.py"))
                    .map(file -> ROOT.relativize(file.getParent()).toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }
}
