package dev.entrepot.traced.chainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.importers.Imported;
import dev.entrepot.onnx.check.Checker;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.io.OnnxWriter;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.compare.Comparison;
import dev.entrepot.validator.compare.OutputComparison;
import dev.entrepot.validator.compare.Tolerance;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.validator.run.ProviderChoice;
import dev.entrepot.validator.run.RunnableModel;
import dev.entrepot.validator.run.Session;
import dev.entrepot.validator.run.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The case directories in {@code src/test/resources/chainer}: source with its weights computes what genuine Chainer computed, or is refused with
 * the message that stands there. {@code -Dentrepot.case=EXPRESSION} takes those whose path has a part that matches.
 */
class ChainerCasesTest {

    private static final Path ROOT = Path.of("src/test/resources/chainer");
    private static final Pattern ONLY = Pattern.compile(System.getProperty("entrepot.case", ""));
    private static final OnnxRuntime RUNTIME = OnnxRuntime.start();
    private static final SessionOptions CPU =
            SessionOptions.DEFAULT.withProvider(ProviderChoice.CPU).withThreads(1);

    @TestFactory
    Stream<DynamicTest> source_computes_what_chainer_computed_or_is_refused() throws IOException {
        return folders().stream()
                .map(folder -> dynamicTest(folder, () -> {
                    ChainerCase one = ChainerCase.of(ROOT.resolve(folder));
                    if (one.error().isPresent()) {
                        assertThat(refusal(one)).isEqualTo(one.error().get());
                        return;
                    }
                    assertComputes(one, one.withKnownSizes(), "with known sizes");
                    if (one.hasSymbols()) {
                        assertComputes(one, one.withSymbols(), "with symbols");
                    }
                }));
    }

    private static String refusal(ChainerCase one) {
        ModelException refused = catchThrowableOfType(ModelException.class, one::withKnownSizes);
        return refused == null ? "was converted" : Objects.requireNonNull(refused.getMessage());
    }

    private static void assertComputes(ChainerCase one, Imported imported, String how) throws IOException {
        Checker.require("case", imported.model());
        Map<String, Tensor> genuine = one.reference("output/");
        assertThat(imported.model().graph().outputs())
                .as(how)
                .extracting(Value::name)
                .containsExactlyElementsOf(genuine.keySet());

        Map<String, Tensor> outputs = run(imported, one.reference("input/"));

        List<String> wrong = genuine.entrySet().stream()
                .map(expected -> Comparison.of(
                        expected.getKey(),
                        expected.getValue(),
                        outputs.get(expected.getKey()),
                        Tolerance.standard(expected.getValue().type())))
                .filter(comparison -> !comparison.passed())
                .map(OutputComparison::toString)
                .toList();
        assertThat(wrong).as(how).isEmpty();
    }

    private static Map<String, Tensor> run(Imported imported, Map<String, Tensor> inputs) throws IOException {
        byte[] bytes = OnnxWriter.toBytes(imported.model());
        try (RunnableModel runnable = RunnableModel.of(ByteSource.of("case.onnx", bytes));
                Session session = RUNTIME.open(runnable, CPU)) {
            Map<String, Tensor> used = new LinkedHashMap<>();
            session.inputs().forEach(input -> used.put(input.name(), inputs.get(input.name())));
            return session.run(used).outputs();
        }
    }

    private static List<String> folders() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.endsWith("program.py"))
                    .map(file -> ROOT.relativize(file.getParent()).toString())
                    .filter(folder -> ONLY.matcher(folder).find())
                    .sorted()
                    .toList();
        }
    }
}
