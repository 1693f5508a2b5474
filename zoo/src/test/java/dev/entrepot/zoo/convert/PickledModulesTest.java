package dev.entrepot.zoo.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ModelException;
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
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickled modules and bare weights give what genuine PyTorch gave. */
class PickledModulesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gru",
                "layers_of_an_old_release",
                "lstm",
                "mobilenet_in_data_parallel",
                "rnn",
                "shufflenet",
                "transformer"
            })
    void modules_of_known_classes_give_what_pytorch_gave(String name) throws IOException {
        assertProven(resource(name + ".pth"), resource(name + ".npz"), ImportOptions.DEFAULT);
    }

    @Test
    void layers_that_need_sizes_take_those_that_the_user_gives() throws IOException {
        Shape images = Shape.of(List.of(Dim.of("N"), Dim.of(3), Dim.of(12), Dim.of(12)));
        ImportOptions options =
                new ImportOptions(List.of(new InputSpec("x", DataType.FLOAT, images)), Missing.REFUSE, Unused.REFUSE);

        assertProven(resource("layers_of_images.pth"), resource("layers_of_images.npz"), options);
    }

    @Test
    void a_checkpoint_of_the_paper_s_cifar_net_needs_no_source() throws IOException {
        assertProven(
                SharedFiles.require("models/pytorch/resnet_cifar10/resnet20-12fca82f.th"),
                SharedFiles.require("models/references/pytorch_resnet20.npz"),
                ImportOptions.DEFAULT);
    }

    @Test
    void a_hook_is_refused_by_its_name() throws IOException {
        Path file = resource("weight_norm.pth");

        assertThatThrownBy(() -> convert(file, ImportOptions.DEFAULT))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(
                        "module \"0\": has _forward_pre_hooks [torch.nn.utils.weight_norm.WeightNorm object]");
    }

    @Test
    void a_class_that_is_not_known_is_refused_by_its_name() {
        Path file = SharedFiles.require("samples/digits/pytorch/digits.module.pt");

        assertThatThrownBy(() -> convert(file, ImportOptions.DEFAULT))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("class nets.DigitNet: is not known here, and a pickle does not hold its code")
                .hasMessageContaining("nets.py:Class()");
    }

    @Test
    void weights_of_a_stranger_are_refused_with_what_was_found() {
        Path file = SharedFiles.require("samples/digits/pytorch/digits.pth");

        assertThatThrownBy(() -> convert(file, ImportOptions.DEFAULT))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is of none of the networks that are known by their keys")
                .hasMessageContaining("float32[16, 1, 3, 3]");
    }

    private void assertProven(Path source, Path reference, ImportOptions options) throws IOException {
        Conversion conversion = convert(source, options);
        SessionOptions cpu = SessionOptions.DEFAULT.withProvider(ProviderChoice.CPU);
        Report report = new Validator(OnnxRuntime.start(), ValidationOptions.DEFAULT.withSession(cpu))
                .validate(conversion.model().path(), reference);

        assertThat(conversion.source().framework()).isEqualTo("pytorch");
        assertThat(conversion.source().format()).isEqualTo("pth");
        assertThat(report.verdict()).as(report.verdictReason().text()).isEqualTo(Verdict.PASS);
    }

    private Conversion convert(Path source, ImportOptions options) throws IOException {
        return Converter.convert(new ConversionRequest(
                List.of(source),
                Optional.empty(),
                options,
                folder.resolve("model.onnx"),
                ExternalDataPolicy.WHEN_TOO_LARGE));
    }

    private Path resource(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("torch/" + name))) {
            Files.copy(in, file);
        }
        return file;
    }
}
