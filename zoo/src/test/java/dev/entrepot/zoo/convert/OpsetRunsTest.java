package dev.entrepot.zoo.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.io.ExternalDataPolicy;
import dev.entrepot.onnx.io.OnnxWriter;
import dev.entrepot.onnx.opset.Opsets;
import dev.entrepot.onnx.text.OnnxText;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.ValidationOptions;
import dev.entrepot.validator.Validator;
import dev.entrepot.validator.compare.Comparison;
import dev.entrepot.validator.compare.OutputComparison;
import dev.entrepot.validator.compare.Tolerance;
import dev.entrepot.validator.report.Report;
import dev.entrepot.validator.report.Verdict;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.validator.run.ProviderChoice;
import dev.entrepot.validator.run.RunnableModel;
import dev.entrepot.validator.run.Session;
import dev.entrepot.validator.run.SessionOptions;
import dev.entrepot.zoo.sample.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models brought from opset to opset compute the same on ONNX Runtime. */
class OpsetRunsTest {

    private static final SessionOptions CPU = SessionOptions.DEFAULT.withProvider(ProviderChoice.CPU);

    private final OnnxRuntime runtime = OnnxRuntime.start();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
    void the_digits_agree_with_caffe_in_every_opset_and_come_back(long opset) throws IOException {
        Sample digits = Sample.ALL.get(0);
        Path reference = digits.unpackReference(folder);
        Path old = folder.resolve("old.onnx");
        Path back = folder.resolve("back.onnx");
        Conversion there = convert(digits.unpackSources(folder), old, opset);
        Conversion andBack = convert(List.of(old), back, Model.HOUSE_OPSET);
        Validator validator = new Validator(runtime, ValidationOptions.DEFAULT.withSession(CPU));

        assertThat(there.model().opset()).isEqualTo(opset);
        assertThat(andBack.source().framework()).isEqualTo("onnx");
        assertThat(andBack.inputs()).isEqualTo(there.inputs());
        assertThat(List.of(old, back)).allSatisfy(model -> {
            Report report = validator.validate(model, reference);
            assertThat(report.verdict()).as(report.verdictReason().toString()).isEqualTo(Verdict.PASS);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void a_model_computes_the_same_in_every_opset_that_can_say_it(String sentence, String text, String opsets)
            throws IOException {
        Model model = OnnxText.parse(text);
        Map<String, Tensor> inputs = inputs(model);
        Map<String, Tensor> expected = run(model, inputs);
        Model house = Opsets.toHouse(sentence, model);
        List<Long> expressible = new ArrayList<>();
        for (long opset = 7; opset <= Model.HOUSE_OPSET; opset++) {
            Optional<Model> converted = inOpset(sentence, house, opset);
            if (converted.isPresent()) {
                expressible.add(opset);
                assertSame("opset " + opset, expected, run(converted.get(), inputs));
            }
        }
        assertThat(expressible.get(0) + " to " + expressible.get(expressible.size() - 1))
                .isEqualTo(opsets);
    }

    static Stream<Arguments> models() throws IOException {
        List<Arguments> models = new ArrayList<>();
        String[] blocks = text("opsets.txt").split("(?m)^#### ");
        for (int i = 1; i < blocks.length; i++) {
            int title = blocks[i].indexOf('\n');
            int end = blocks[i].indexOf("==== ");
            models.add(Arguments.of(
                    blocks[i].substring(0, title),
                    blocks[i].substring(title, end),
                    blocks[i].substring(end + "==== ".length()).strip()));
        }
        return models.stream();
    }

    private static Conversion convert(List<Path> sources, Path target, long opset) throws IOException {
        return Converter.convert(new ConversionRequest(
                sources, Optional.empty(), ImportOptions.DEFAULT, target, ExternalDataPolicy.WHEN_TOO_LARGE, opset));
    }

    private static Optional<Model> inOpset(String name, Model house, long opset) {
        try {
            return Optional.of(Opsets.fromHouse(name, house, opset));
        } catch (ModelException e) {
            return Optional.empty();
        }
    }

    private Map<String, Tensor> run(Model model, Map<String, Tensor> inputs) throws IOException {
        Path file = folder.resolve("model.onnx");
        OnnxWriter.write(model, file, ExternalDataPolicy.WHEN_TOO_LARGE);
        try (RunnableModel runnable = RunnableModel.open(file);
                Session session = runtime.open(runnable, CPU)) {
            return session.run(inputs).outputs();
        }
    }

    private static void assertSame(String where, Map<String, Tensor> expected, Map<String, Tensor> actual) {
        assertThat(actual).as(where).containsOnlyKeys(expected.keySet());
        expected.forEach((name, tensor) -> {
            OutputComparison comparison =
                    Comparison.of(name, tensor, actual.get(name), Tolerance.standard(tensor.type()));
            assertThat(comparison.passed()).as(where + ": " + comparison).isTrue();
        });
    }

    /** Normally distributed numbers; seed 7. */
    private static Map<String, Tensor> inputs(Model model) {
        Random random = new Random(7);
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (Value input : model.graph().inputs()) {
            float[] values = new float[(int) input.shape().elementCount()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            inputs.put(input.name(), Tensor.of(input.shape(), values));
        }
        return inputs;
    }

    private static String text(String name) throws IOException {
        try (InputStream in = OpsetRunsTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
