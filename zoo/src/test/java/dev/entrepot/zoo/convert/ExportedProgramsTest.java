package dev.entrepot.zoo.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.FileSource;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.io.ExternalDataPolicy;
import dev.entrepot.onnx.io.OnnxReader;
import dev.entrepot.validator.ValidationOptions;
import dev.entrepot.validator.Validator;
import dev.entrepot.validator.report.Report;
import dev.entrepot.validator.report.Run;
import dev.entrepot.validator.report.Verdict;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.validator.run.ProviderChoice;
import dev.entrepot.validator.run.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that genuine PyTorch exported give in ONNX Runtime what PyTorch computed: tools/torch-programs.py. */
class ExportedProgramsTest {

    private static final Path PROGRAMS = Path.of("../formats/src/test/resources/dev/entrepot/formats/torch/exported");
    private static final double OF_THE_BOUND = 0.2;

    @TempDir
    Path folder;

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(PROGRAMS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".pt2") && !name.equals("input_mutation.pt2"))
                    .map(name -> name.substring(0, name.length() - ".pt2".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_program_gives_what_pytorch_gave(String name) throws IOException {
        Conversion conversion = convert(PROGRAMS.resolve(name + ".pt2"));

        assertProven(validate(conversion, PROGRAMS.resolve(name + ".npz")));
    }

    @Test
    void the_digits_program_keeps_its_symbolic_batch() throws IOException {
        Conversion conversion = convert(SharedFiles.require("samples/digits/pytorch/digits.pt2"));

        assertThat(conversion.source().format()).isEqualTo("pt2");
        assertThat(conversion.inputs().get(0).shape()).containsExactly("N", 1L, 8L, 8L);
        assertThat(conversion.outputs().get(0).shape()).containsExactly("N", 10L);
        assertProven(validate(conversion, SharedFiles.require("samples/digits/pytorch/reference.npz")));
    }

    @Test
    void nodes_say_which_module_and_operator_they_came_from() throws IOException {
        Model model = model(convert(PROGRAMS.resolve("conv_bn.pt2")));

        Node convolution = model.graph().nodes().get(0);
        assertThat(convolution.op()).isEqualTo("Conv");
        assertThat(convolution.origin().layer()).isEqualTo("features.0");
        assertThat(convolution.origin().type()).isEqualTo("aten::conv2d");
        assertThat(convolution.origin().file()).isEqualTo("conv_bn.pt2");
        assertThat(model.graph().initializers()).containsKey("features.0.weight");
        assertThat(model.metadata()).containsEntry("entrepot.dim.N", "0..");
    }

    @Test
    void a_buffer_that_changes_is_an_input_with_a_default_and_an_output() throws IOException {
        Conversion conversion = convert(PROGRAMS.resolve("buffer_mutation.pt2"));
        Graph graph = model(conversion).graph();

        assertThat(graph.inputs()).extracting(value -> value.name()).containsExactly("x", "total");
        assertThat(graph.outputs()).extracting(value -> value.name()).containsExactly("output_0", "total_next");
        assertThat(graph.initializers()).containsKey("total");
        assertThat(conversion.dropped())
                .containsExactly("buffer \"calls\" is written, but no output depends on what is written");
    }

    @Test
    void branches_and_loops_stay_branches_and_loops() throws IOException {
        assertThat(model(convert(PROGRAMS.resolve("cond.pt2"))).graph().nodes())
                .extracting(Node::op)
                .containsOnlyOnce("If");
        assertThat(model(convert(PROGRAMS.resolve("while_loop.pt2"))).graph().nodes())
                .extracting(Node::op)
                .containsOnlyOnce("Loop");
    }

    @Test
    void weights_that_are_one_in_the_network_are_one_in_the_model() throws IOException {
        assertThat(model(convert(PROGRAMS.resolve("shared_weights.pt2")))
                        .graph()
                        .initializers())
                .hasSize(2);
    }

    private static void assertProven(Report report) {
        assertThat(report.verdict()).as(report.verdictReason().text()).isEqualTo(Verdict.PASS);
        for (Run.Output output : report.runs().get(0).outputs()) {
            if (output.bound().maxErrorOverBound() != null) {
                assertThat(output.bound().maxErrorOverBound()).isLessThan(OF_THE_BOUND);
            }
        }
    }

    private Conversion convert(Path source) throws IOException {
        return Converter.convert(new ConversionRequest(
                List.of(source),
                Optional.empty(),
                ImportOptions.DEFAULT,
                folder.resolve("model.onnx"),
                ExternalDataPolicy.WHEN_TOO_LARGE));
    }

    private static Model model(Conversion conversion) throws IOException {
        try (FileSource file = FileSource.open(conversion.model().path())) {
            return OnnxReader.read(file);
        }
    }

    private static Report validate(Conversion conversion, Path reference) throws IOException {
        SessionOptions session = SessionOptions.DEFAULT.withProvider(ProviderChoice.CPU);
        ValidationOptions options = new ValidationOptions(session, Optional.empty(), 0);
        return new Validator(OnnxRuntime.start(), options)
                .validate(conversion.model().path(), reference);
    }
}
