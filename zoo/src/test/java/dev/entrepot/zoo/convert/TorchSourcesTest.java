package dev.entrepot.zoo.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.onnx.io.ExternalDataPolicy;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.validator.ValidationOptions;
import dev.entrepot.validator.Validator;
import dev.entrepot.validator.report.Report;
import dev.entrepot.validator.report.Verdict;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.validator.run.ProviderChoice;
import dev.entrepot.validator.run.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks in PyTorch source give with their weights what genuine PyTorch gave: tools/traced-networks.py. */
class TorchSourcesTest {

    private static final Path NETWORKS = Path.of("../importers/traced/src/test/resources/networks");
    private static final SessionOptions CPU = SessionOptions.DEFAULT.withProvider(ProviderChoice.CPU);

    @TempDir
    Path folder;

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(NETWORKS)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_network_gives_what_pytorch_gave(String name) throws IOException {
        Path network = NETWORKS.resolve(name);
        List<String> told = Files.readAllLines(network.resolve("case.txt"));
        List<Path> sources = new ArrayList<>();
        sources.add(Path.of(network + "/" + told.get(0)));
        String main = told.get(0).substring(0, told.get(0).indexOf(':'));
        try (Stream<Path> files = Files.walk(network)) {
            files.filter(file -> file.toString().endsWith(".py") && !file.endsWith(main))
                    .sorted()
                    .forEach(sources::add);
        }
        sources.add(network.resolve("weights.pth"));
        List<InputSpec> inputs =
                told.stream().skip(1).map(TorchSourcesTest::input).toList();

        Conversion conversion = convert(sources, inputs);

        assertThat(conversion.source().framework()).isEqualTo("pytorch");
        assertProven(conversion, network.resolve("reference.npz"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mtcnn/nets.py:PNet()|mtcnn/pnet.pt|x:float32[N,3,H,W]|pytorch_mtcnn_pnet",
                "mtcnn/nets.py:RNet|mtcnn/rnet.pt|x:float32[N,3,24,24]|pytorch_mtcnn_rnet",
                "mtcnn/nets.py:ONet()|mtcnn/onet.pt|x:float32[N,3,48,48]|pytorch_mtcnn_onet",
                "resnet_cifar10/nets.py:resnet20()|resnet_cifar10/resnet20-12fca82f.th|x:float32[N,3,32,32]|pytorch_resnet20",
            })
    void a_published_checkpoint_gives_what_pytorch_gave(String source, String weights, String input, String reference)
            throws IOException {
        Path checkpoint = SharedFiles.require("models/pytorch/" + weights);
        Path models = checkpoint.resolve("../..").normalize();

        Conversion conversion = convert(List.of(Path.of(models + "/" + source), checkpoint), List.of(input(input)));

        assertProven(conversion, SharedFiles.require("models/references/" + reference + ".npz"));
    }

    @ParameterizedTest
    @CsvSource({"digits.pth", "digits.legacy.pth", "digits.safetensors"})
    void every_form_of_a_state_dict_fits_its_source(String file) throws IOException {
        Path nets = SharedFiles.require("samples/digits/pytorch/nets.py");

        Conversion conversion = convert(
                List.of(Path.of(nets + ":DigitNet()"), nets.resolveSibling(file)),
                List.of(input("x:float32[N,1,8,8]")));

        assertThat(conversion.inputs().get(0).shape()).containsExactly("N", 1L, 8L, 8L);
        assertThat(conversion.outputs().get(0).name()).isEqualTo("output_0");
        assertThat(conversion.source().files())
                .extracting(Conversion.SourceFile::name)
                .containsExactly("nets.py", file);
        assertProven(conversion, nets.resolveSibling("reference.npz"));
    }

    @Test
    void source_without_an_expression_says_what_to_give() {
        assertThat(refusal(List.of(NETWORKS.resolve("unet/nets.py"))))
                .singleElement()
                .asString()
                .contains("name it, such as 'nets.py:resnet20()'");
    }

    @Test
    void source_without_inputs_says_what_forward_takes() {
        assertThat(refusal(List.of(
                        Path.of(NETWORKS + "/cifar_resnet/nets.py:resnet8()"),
                        NETWORKS.resolve("cifar_resnet/weights.pth"))))
                .singleElement()
                .asString()
                .startsWith("nets.py: forward(x):")
                .contains("--input x:float32[N,3,224,224]");
    }

    private List<String> refusal(List<Path> sources) {
        ModelException refused = catchThrowableOfType(ModelException.class, () -> convert(sources, List.of()));
        return refused.problems().stream().map(Problem::toString).toList();
    }

    private Conversion convert(List<Path> sources, List<InputSpec> inputs) throws IOException {
        return Converter.convert(new ConversionRequest(
                sources,
                Optional.empty(),
                new ImportOptions(inputs, Missing.REFUSE, Unused.REFUSE),
                folder.resolve("model.onnx"),
                ExternalDataPolicy.WHEN_TOO_LARGE));
    }

    private static void assertProven(Conversion conversion, Path reference) throws IOException {
        Report report = new Validator(OnnxRuntime.start(), ValidationOptions.DEFAULT.withSession(CPU))
                .validate(conversion.model().path(), reference);
        assertThat(report.verdict()).as(report.verdictReason().text()).isEqualTo(Verdict.PASS);
    }

    /** {@code x:float32[N,3,32,32]}. */
    private static InputSpec input(String text) {
        String[] parts = text.split("[:\\[\\]]", -1);
        List<Dim> dims = Arrays.stream(parts[2].split(","))
                .map(dim -> dim.matches("\\d+") ? Dim.of(Long.parseLong(dim)) : Dim.of(dim))
                .toList();
        return new InputSpec(parts[0], DataType.ofNumpyName(parts[1]).orElseThrow(), Shape.of(dims));
    }
}
