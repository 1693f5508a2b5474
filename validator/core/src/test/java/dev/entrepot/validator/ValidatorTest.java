package dev.entrepot.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.npy.Npz;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.compare.Tolerance;
import dev.entrepot.validator.report.JUnitReport;
import dev.entrepot.validator.report.JsonReport;
import dev.entrepot.validator.report.Report;
import dev.entrepot.validator.report.Run;
import dev.entrepot.validator.report.TextReport;
import dev.entrepot.validator.report.Verdict;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.validator.run.ProviderChoice;
import dev.entrepot.validator.run.SessionOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class ValidatorTest {

    private static final ValidationOptions OPTIONS =
            ValidationOptions.DEFAULT.withSession(SessionOptions.DEFAULT.withProvider(ProviderChoice.CPU));

    @TempDir
    Path folder;

    @Test
    void a_model_that_equals_its_reference_passes() throws IOException {
        Report report = validate("classifier.onnx", "classifier.npz");

        assertThat(report.verdict()).isEqualTo(Verdict.PASS);
        assertThat(report.passed()).isTrue();
        assertThat(report.subject().nodes()).isEqualTo(3);
        assertThat(report.subject().parameters()).isEqualTo(16);
        assertThat(report.inputs())
                .containsExactly(new Report.Input("classifier.npz", "data", "float32", List.of(5L, 3L), 0, 0));
        Run run = report.runs().get(0);
        assertThat(run.device().kind()).isEqualTo("cpu");
        assertThat(run.repeatability()).isEqualTo(new Run.Repeatability(6, true));
        assertThat(run.outputs()).hasSize(1);
        assertThat(run.outputs().get(0).pass()).isTrue();
    }

    @Test
    void references_by_position_and_in_folders_pass_too() throws IOException {
        assertThat(validate("classifier.onnx", "classifier_by_position.npz").verdict())
                .isEqualTo(Verdict.PASS);
        Report sets = validate("classifier.onnx", "classifier_sets");
        assertThat(sets.verdict()).isEqualTo(Verdict.PASS);
        assertThat(sets.reference().sets()).isEqualTo(2);
        assertThat(sets.runs().get(0).outputs())
                .extracting(Run.Output::set)
                .containsExactly("test_data_set_0", "test_data_set_1");
    }

    @Test
    void a_model_with_its_weights_in_another_file_passes() throws IOException {
        Report report = validate("outside.onnx", "classifier.npz");

        assertThat(report.verdict()).isEqualTo(Verdict.PASS);
        assertThat(report.subject().outsideTensors()).isEqualTo(2);
    }

    @Test
    void a_swapped_row_fails_the_conversion() throws IOException {
        Report report = validate("classifier.onnx", "classifier_wrong.npz");

        assertThat(report.verdict()).isEqualTo(Verdict.FAIL_CONVERSION);
        assertThat(report.verdictReason().code()).isEqualTo("too_far");
        Run.Output output = report.runs().get(0).outputs().get(0);
        assertThat(output.firstMismatchIndex()).startsWith(2L);
        assertThat(output.task())
                .isNotNull()
                .satisfies(task -> assertThat(task.top1Agree()).isEqualTo(0.8));
    }

    @Test
    void a_tolerance_of_the_users_own_is_used_and_reported() throws IOException {
        ValidationOptions loose = OPTIONS.withTolerance(new Tolerance(0, 1, "a test"));
        Report report = new Validator(OnnxRuntime.start(), loose)
                .validate(Fixtures.model("classifier.onnx"), Fixtures.model("classifier_wrong.npz"));

        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.runs().get(0).outputs().get(0).bound().why()).isEqualTo("a test");
    }

    @Test
    void a_constant_reference_is_inconclusive() throws IOException {
        Report report = validate("flat.onnx", "flat.npz");

        assertThat(report.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(report.verdictReason().code()).isEqualTo("degenerate_reference");
        assertThat(report.reference().degenerate()).isTrue();
        assertThat(report.runs().get(0).outputs().get(0).pass()).isTrue();
    }

    @Test
    void a_wrong_model_fails_also_against_a_constant_reference() throws IOException {
        assertThat(validate("classifier.onnx", "flat.npz").verdict()).isEqualTo(Verdict.FAIL_CONVERSION);
    }

    @Test
    void not_a_number_where_the_reference_has_one_fails() throws IOException {
        Path reference = npz(Map.of(
                "x", Tensor.of(Shape.of(1, 3), 1f, 2f, -1f),
                "y", Tensor.of(Shape.of(1, 3), 0f, 0.6931472f, 0f)));

        Report report = new Validator(OnnxRuntime.start(), OPTIONS).validate(Fixtures.model("log.onnx"), reference);

        assertThat(report.verdict()).isEqualTo(Verdict.FAIL_CONVERSION);
        assertThat(report.runs().get(0).outputs().get(0).nanDiff()).isEqualTo(1);
        assertThat(report.verdictReason().text()).contains("1 are not a number in only one of both");
    }

    @Test
    void a_reference_of_another_shape_fails_in_words() throws IOException {
        Path reference = npz(Map.of(
                "x", Tensor.of(Shape.of(1, 3), 1f, 2f, 3f),
                "y", Tensor.of(Shape.of(3), 0f, 0.6931472f, 1.0986123f)));

        Report report = new Validator(OnnxRuntime.start(), OPTIONS).validate(Fixtures.model("log.onnx"), reference);

        assertThat(report.verdict()).isEqualTo(Verdict.FAIL_CONVERSION);
        assertThat(report.verdictReason().code()).isEqualTo("incomparable");
        assertThat(report.verdictReason().text()).endsWith("the reference has the shape [3], the output [1, 3]");
    }

    @Test
    void a_model_that_onnx_runtime_refuses_fails_at_run_time() throws IOException {
        Report report = validate("unknown.onnx", "flat.npz");

        assertThat(report.verdict()).isEqualTo(Verdict.FAIL_RUNTIME);
        assertThat(report.verdictReason().code()).isEqualTo("load_failed");
        assertThat(report.runs()).isEmpty();
    }

    @Test
    void a_model_that_breaks_off_fails_at_run_time() throws IOException {
        Path reference =
                npz(Map.of("x", Tensor.of(Shape.of(1, 3), 1f, 2f, 3f), "y", Tensor.vector(1f, 2f, 3f, 4f, 5f, 6f, 7f)));

        Report report = new Validator(OnnxRuntime.start(), OPTIONS).validate(Fixtures.model("reshape.onnx"), reference);

        assertThat(report.verdict()).isEqualTo(Verdict.FAIL_RUNTIME);
        assertThat(report.verdictReason().code()).isEqualTo("run_failed");
    }

    @Test
    void wrong_names_and_missing_files_keep_a_validation_from_taking_place() {
        assertThatThrownBy(() -> validate("log.onnx", "flat.npz"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("The model takes \"x\" float32[N, 3]")
                .hasMessageContaining("the reference holds \"data\" float32[5, 3]");
        assertThatThrownBy(() -> validate("hostile.onnx", "flat.npz")).isInstanceOf(ModelException.class);
        assertThatThrownBy(() -> new Validator(OnnxRuntime.start(), OPTIONS)
                        .validate(Fixtures.model("log.onnx"), folder.resolve("none.npz")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void json_has_the_schemas_fields_in_its_order() throws IOException {
        String json = JsonReport.of(validate("classifier.onnx", "classifier.npz"));

        assertThat(json)
                .startsWith("{\n  \"schema\" : \"entrepot-validation/1\",\n  \"created\" : \"")
                .endsWith("}\n");
        assertThat(json.lines().filter(line -> line.startsWith("  \"")).map(line -> line.split("\"")[1]))
                .containsExactly(
                        "schema",
                        "created",
                        "duration_ms",
                        "verdict",
                        "verdict_reason",
                        "subject",
                        "reference",
                        "inputs",
                        "runs",
                        "layers",
                        "localisation");
        assertThat(json)
                .contains("\"verdict\" : \"pass\"")
                .contains("\"nodes_by_provider\" : {\n        \"CPUExecutionProvider\" : 2\n")
                .contains("\"evidence\" : \"profile\"");
    }

    @Test
    void numbers_that_json_lacks_are_null() throws IOException {
        assertThat(JsonReport.of(validate("flat.onnx", "flat.npz"))).contains("\"snr_db\" : null");
    }

    @Test
    void text_tells_the_verdict_last() throws IOException {
        String text = TextReport.of(validate("flat.onnx", "flat.npz"));

        assertThat(text.lines().toList()).last().asString().startsWith("inconclusive nothing differs, but");
        assertThat(text).contains("model        flat.onnx, opset 20, 3 nodes, 16 parameters, sha256 ");
        assertThat(text).contains("nodes        2 on CPUExecutionProvider");
    }

    @Test
    void junit_shows_failures_and_weak_references() throws Exception {
        Element weak = suite(validate("flat.onnx", "flat.npz"));
        Element wrong = suite(validate("classifier.onnx", "classifier_wrong.npz"));
        Element refused = suite(validate("unknown.onnx", "flat.npz"));

        assertThat(weak.getAttribute("tests")).isEqualTo("3");
        assertThat(weak.getAttribute("failures")).isEqualTo("1");
        assertThat(((Element) weak.getElementsByTagName("failure").item(0)).getAttribute("type"))
                .isEqualTo("inconclusive");
        assertThat(((Element) wrong.getElementsByTagName("failure").item(0)).getAttribute("type"))
                .isEqualTo("fail_conversion");
        assertThat(refused.getAttribute("errors")).isEqualTo("1");
        assertThat(refused.getElementsByTagName("error").getLength()).isEqualTo(1);
    }

    private static Element suite(Report report) throws Exception {
        byte[] xml = JUnitReport.of(report).getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml))
                .getDocumentElement();
    }

    private Path npz(Map<String, Tensor> arrays) throws IOException {
        Path file = folder.resolve("reference.npz");
        Npz.write(file, arrays);
        return file;
    }

    private static Report validate(String model, String reference) throws IOException {
        return new Validator(OnnxRuntime.start(), OPTIONS).validate(Fixtures.model(model), Fixtures.model(reference));
    }
}
