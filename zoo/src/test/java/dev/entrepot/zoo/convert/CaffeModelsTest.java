package dev.entrepot.zoo.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.entrepot.validator.report.Run;
import dev.entrepot.validator.report.Verdict;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.validator.run.ProviderChoice;
import dev.entrepot.validator.run.SessionOptions;
import dev.entrepot.zoo.sample.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trained Caffe models give what genuine Caffe gave; see the references' own README for how they were made. */
class CaffeModelsTest {

    private static final double OF_THE_BOUND = 0.2;

    @TempDir
    Path folder;

    @Test
    void the_bundled_digits_give_what_caffe_gave() throws IOException {
        Sample digits = Sample.ALL.get(0);

        Report report =
                convertAndValidate(digits.unpackSources(folder), digits.unpackReference(folder), ImportOptions.DEFAULT);

        assertProven(report);
        assertThat(report.subject().parameters()).isEqualTo(5507);
        assertThat(report.runs().get(0).outputs().get(0).task()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "arm_lenet, lenet.prototxt, lenet_iter_9000.caffemodel, caffe_arm_lenet",
        "samplenet, SampLeNet.prototxt, SampLeNet.caffemodel, caffe_samplenet",
        "htshinichi_bn, test.prototxt, test.caffemodel, caffe_htshinichi_bn",
        "mtcnn, det1.prototxt, det1.caffemodel, caffe_mtcnn_det1",
        "mtcnn, det2.prototxt, det2.caffemodel, caffe_mtcnn_det2",
        "mtcnn, det3.prototxt, det3.caffemodel, caffe_mtcnn_det3"
    })
    void published_models_give_what_caffe_gave(String model, String prototxt, String caffemodel, String reference)
            throws IOException {
        List<Path> sources = List.of(
                SharedFiles.require("models/caffe/" + model + "/" + prototxt),
                SharedFiles.require("models/caffe/" + model + "/" + caffemodel));
        Path expected = SharedFiles.require("models/references/" + reference + ".npz");

        assertProven(convertAndValidate(sources, expected, ImportOptions.DEFAULT));
    }

    @Test
    void a_text_is_no_value_for_a_declared_network() throws IOException {
        InputSpec layers = InputSpec.always("data", Optional.empty(), "'fc7'");
        List<Path> sources = Sample.ALL.get(0).unpackSources(folder);

        assertThatThrownBy(() -> convertAndValidate(
                        sources, folder, new ImportOptions(List.of(layers), Missing.REFUSE, Unused.REFUSE)))
                .hasMessageContaining("input \"data\": is to be 'fc7', which only a parameter of Python source can be");
    }

    @Test
    void a_caffemodel_that_holds_its_net_needs_no_prototxt() throws IOException {
        Path caffemodel = SharedFiles.require("models/caffe/arm_lenet/lenet_iter_9000.caffemodel");
        Path expected = SharedFiles.require("models/references/caffe_arm_lenet.npz");

        assertProven(convertAndValidate(List.of(caffemodel), expected, ImportOptions.DEFAULT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "24,32"})
    void a_fully_convolutional_net_can_be_given_another_input_size(String sizes) throws IOException {
        List<Path> sources = List.of(
                SharedFiles.require("models/caffe/mtcnn/det1.prototxt"),
                SharedFiles.require("models/caffe/mtcnn/det1.caffemodel"));
        List<Dim> dims = new ArrayList<>(List.of(Dim.of(1), Dim.of(3)));
        String[] given = (sizes + "," + sizes).split(",");
        dims.add(Dim.of(Long.parseLong(given[0])));
        dims.add(Dim.of(Long.parseLong(given[1])));
        ImportOptions options = new ImportOptions(
                List.of(new InputSpec("data", DataType.FLOAT, Shape.of(dims))), Missing.REFUSE, Unused.REFUSE);

        Conversion conversion = convert(sources, options);

        assertThat(conversion.inputs().get(0).shape())
                .containsExactly(1L, 3L, dims.get(2).size(), dims.get(3).size());
        if (given[0].equals("24")) {
            Path expected = SharedFiles.require("models/references/caffe_mtcnn_det1.npz");
            assertProven(validator().validate(conversion.model().path(), expected));
        }
    }

    private static void assertProven(Report report) {
        assertThat(report.verdict()).as(report.verdictReason().text()).isEqualTo(Verdict.PASS);
        for (Run.Output output : report.runs().get(0).outputs()) {
            assertThat(output.bound().maxErrorOverBound())
                    .as("error over bound of " + output.name())
                    .isNotNull()
                    .isLessThan(OF_THE_BOUND);
        }
    }

    private Report convertAndValidate(List<Path> sources, Path reference, ImportOptions options) throws IOException {
        return validator().validate(convert(sources, options).model().path(), reference);
    }

    private Conversion convert(List<Path> sources, ImportOptions options) throws IOException {
        return Converter.convert(new ConversionRequest(
                sources, Optional.empty(), options, folder.resolve("model.onnx"), ExternalDataPolicy.WHEN_TOO_LARGE));
    }

    private static Validator validator() {
        SessionOptions cpu = SessionOptions.DEFAULT.withProvider(ProviderChoice.CPU);
        return new Validator(OnnxRuntime.start(), ValidationOptions.DEFAULT.withSession(cpu));
    }
}
