package dev.entrepot.zoo.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.io.ExternalDataPolicy;
import dev.entrepot.onnx.io.OnnxReader;
import dev.entrepot.onnx.io.OnnxWriter;
import dev.entrepot.validator.ValidationOptions;
import dev.entrepot.validator.Validator;
import dev.entrepot.validator.localise.CaffeLayers;
import dev.entrepot.validator.report.JUnitReport;
import dev.entrepot.validator.report.JsonReport;
import dev.entrepot.validator.report.Localisation;
import dev.entrepot.validator.report.Report;
import dev.entrepot.validator.report.TextReport;
import dev.entrepot.validator.report.Verdict;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.validator.run.ProviderChoice;
import dev.entrepot.validator.run.SessionOptions;
import dev.entrepot.zoo.convert.ConversionRequest;
import dev.entrepot.zoo.convert.Converter;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One thing done wrong to the converted digits, and whether the layer that has it is named. */
class FaultLocalisationTest {

    private static final List<String> LAYERS =
            List.of("conv1", "bn1", "scale1", "relu1", "pool1", "conv2", "prelu2", "norm2", "pool2", "ip", "prob");

    @TempDir
    static Path folder;

    private static List<Path> sources;
    private static Model model;
    private static Path reference;

    private final Validator validator = new Validator(
            OnnxRuntime.start(),
            ValidationOptions.DEFAULT.withSession(SessionOptions.DEFAULT.withProvider(ProviderChoice.CPU)));

    @BeforeAll
    static void convert_the_digits() throws IOException, URISyntaxException {
        sources = Sample.ALL.get(0).unpackSources(folder);
        Path right = folder.resolve("right.onnx");
        Converter.convert(new ConversionRequest(
                sources, Optional.empty(), ImportOptions.DEFAULT, right, ExternalDataPolicy.WHEN_TOO_LARGE));
        model = OnnxReader.read(bytes(right));
        URL layers = FaultLocalisationTest.class.getResource("digits-layers.npz");
        reference = Path.of(Objects.requireNonNull(layers).toURI());
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("conv1", Fault.weights("conv1/weight", "kernels turned round", reversed(9))),
                Arguments.of(
                        "bn1",
                        Fault.attributes(
                                "bn1/BatchNormalization", "another epsilon", old -> old.with("epsilon", 1e-2f))),
                Arguments.of("scale1", Fault.weights("scale1/scale", "1 percent more", each(x -> x * 1.01f))),
                Arguments.of("scale1", Fault.weights("scale1/bias", "no bias", each(x -> 0f))),
                Arguments.of("relu1", Fault.operator("relu1/Relu", "LeakyRelu")),
                Arguments.of(
                        "pool1",
                        Fault.attributes("pool1/MaxPool", "padded before", old -> old.with("pads", 1, 1, 0, 0))),
                Arguments.of(
                        "pool1",
                        Fault.attributes("pool1/MaxPool", "another size", old -> old.with("pads", 0, 0, 0, 0))),
                Arguments.of("conv2", Fault.weights("conv2/bias", "no bias", each(x -> 0f))),
                Arguments.of("conv2", Fault.weights("conv2/weight", "channels turned round", reversed(8 * 9))),
                Arguments.of(
                        "conv2", Fault.attributes("conv2/Conv", "another stride", old -> old.with("strides", 2, 2))),
                Arguments.of("prelu2", Fault.weights("prelu2/slope", "slopes of others", reversed(32))),
                Arguments.of("norm2", Fault.attributes("norm2/LRN", "another alpha", old -> old.with("alpha", 0.5f))),
                Arguments.of(
                        "pool2",
                        Fault.attributes(
                                "pool2/AveragePool", "pads not counted", old -> old.with("count_include_pad", 0))),
                Arguments.of("pool2", Fault.weights("pool2/area", "windows not clipped", each(x -> 1f))),
                Arguments.of("ip", Fault.weights("ip/weight", "classes turned round", reversed(2880))),
                Arguments.of("ip", Fault.attributes("ip/Gemm", "another factor", old -> old.with("alpha", 1.001f))),
                Arguments.of("prob", Fault.attributes("prob/Softmax", "another axis", old -> old.with("axis", 0))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("faults")
    void the_layer_with_the_fault_is_named(String layer, Fault fault) throws IOException {
        Report report = validate(fault.change().apply(model));

        assertThat(report.verdict()).isIn(Verdict.FAIL_CONVERSION, Verdict.FAIL_RUNTIME);
        assertThat(localisation(report).suspectSourceLayers()).containsExactly(layer);
        assertThat(report.layers())
                .filteredOn(found -> !found.pass())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.sourceLayer()).isEqualTo(layer);
                    assertThat(found.firstBad()).isTrue();
                });
    }

    @Test
    void all_layers_of_a_right_model_are_compared_and_right() throws IOException {
        Report report = validate(model);

        assertThat(report.verdict()).isEqualTo(Verdict.PASS);
        assertThat(report.layers()).extracting(Localisation.Layer::sourceLayer).containsExactlyElementsOf(LAYERS);
        assertThat(report.layers()).allMatch(Localisation.Layer::pass);
        assertThat(localisation(report).text()).isEqualTo("each of 11 layers is right when it reads what is right");
    }

    @Test
    void two_faults_are_told_apart() throws IOException {
        Model once = Fault.operator("relu1/Relu", "LeakyRelu").change().apply(model);
        Report report = validate(
                Fault.weights("ip/bias", "no bias", each(x -> 0f)).change().apply(once));

        assertThat(report.layers())
                .filteredOn(layer -> !layer.pass())
                .extracting(Localisation.Layer::sourceLayer)
                .containsExactly("relu1", "ip");
        assertThat(localisation(report).suspectNodes()).containsExactly("relu1/Relu");
    }

    @Test
    void a_layer_that_is_off_is_told_though_the_outputs_are_right() throws IOException {
        Report report = validate(Fault.attributes("norm2/LRN", "another beta", old -> old.with("beta", 0.5f))
                .change()
                .apply(model));

        assertThat(report.verdict()).isEqualTo(Verdict.PASS);
        assertThat(localisation(report).suspectSourceLayers()).containsExactly("norm2");
        assertThat(JUnitReport.of(report)).contains("failures=\"0\"");
    }

    @Test
    void stored_layers_are_enough_without_the_source() throws IOException {
        Path file = write(Fault.operator("relu1/Relu", "Tanh").change().apply(model));
        Report report = validator.validate(file, reference);

        assertThat(localisation(report).suspectSourceLayers()).containsExactly("relu1");
        assertThat(localisation(report).text())
                .startsWith("layer \"relu1\" (ReLU), node \"relu1/Relu\" (Tanh): is ")
                .endsWith(" times what is allowed, though what it reads is right");
    }

    @Test
    void all_reports_name_the_layer() throws IOException {
        Report report = validate(Fault.attributes("norm2/LRN", "another alpha", old -> old.with("alpha", 0.5f))
                .change()
                .apply(model));

        assertThat(TextReport.of(report)).contains("first off    Caffe layer \"norm2\" (LRN), node norm2/LRN (LRN): ");
        assertThat(JUnitReport.of(report))
                .contains("name=\"Caffe layer &quot;norm2&quot; (LRN)\" time=\"0\"><failure")
                .contains("name=\"Caffe layer &quot;pool1&quot; (Pooling)\" time=\"0\"></testcase>");
        assertThat(JsonReport.of(report))
                .contains("\"source_layer\" : \"norm2\"")
                .contains("\"first_bad\" : true")
                .contains("\"method\" : \"scan\"")
                .contains("\"suspect_source_layers\" : [ \"norm2\" ]");
    }

    private Report validate(Model changed) throws IOException {
        try (CaffeLayers source = CaffeLayers.of(sources)) {
            return validator.validate(write(changed), reference, source);
        }
    }

    private static Path write(Model changed) throws IOException {
        Path file = Files.createTempFile(folder, "model", ".onnx");
        OnnxWriter.write(changed, file);
        return file;
    }

    private static Localisation localisation(Report report) {
        return Objects.requireNonNull(report.localisation());
    }

    private static ByteSource bytes(Path file) throws IOException {
        return ByteSource.of(file.getFileName().toString(), Files.readAllBytes(file));
    }

    /** The order of the elements of each run of this length turned round. */
    private static UnaryOperator<float[]> reversed(int length) {
        return values -> {
            float[] turned = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                turned[i] = values[i / length * length + length - 1 - i % length];
            }
            return turned;
        };
    }

    private static UnaryOperator<float[]> each(UnaryOperator<Float> change) {
        return values -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = change.apply(values[i]);
            }
            return values;
        };
    }
}
