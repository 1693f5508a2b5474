package dev.entrepot.zoo.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.FileSource;
import dev.entrepot.formats.npy.Npz;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.onnx.io.ExternalDataPolicy;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import dev.entrepot.validator.ValidationOptions;
import dev.entrepot.validator.Validator;
import dev.entrepot.validator.report.Report;
import dev.entrepot.validator.report.Verdict;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.validator.run.ProviderChoice;
import dev.entrepot.validator.run.RunResult;
import dev.entrepot.validator.run.RunnableModel;
import dev.entrepot.validator.run.Session;
import dev.entrepot.validator.run.SessionOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Published TorchScript archives give what genuine PyTorch gave; see the references' own README for how they were made. */
class TorchScriptModelsTest {

    private static final SessionOptions CPU = SessionOptions.DEFAULT.withProvider(ProviderChoice.CPU);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"digits.torchscript.pt", "digits.traced.pt", "digits.frozen.pt", "digits.ptl"})
    void every_form_of_the_digits_gives_what_pytorch_gave(String file) throws IOException {
        Path archive = SharedFiles.require("samples/digits/pytorch/" + file);
        Path expected = SharedFiles.require("samples/digits/pytorch/reference.npz");
        InputSpec images =
                new InputSpec("x", DataType.FLOAT, Shape.of(List.of(Dim.of("N"), Dim.of(1), Dim.of(8), Dim.of(8))));

        Conversion conversion = convert(archive, file.contains("traced") ? List.of() : List.of(images));

        assertThat(conversion.inputs().get(0).shape()).containsExactly("N", 1L, 8L, 8L);
        Report report = new Validator(OnnxRuntime.start(), ValidationOptions.DEFAULT.withSession(CPU))
                .validate(conversion.model().path(), expected);
        assertThat(report.verdict()).as(report.verdictReason().text()).isEqualTo(Verdict.PASS);
    }

    @Test
    void a_model_with_a_state_takes_it_and_gives_it_back() throws IOException {
        Path archive = SharedFiles.require("models/pytorch/silero_vad/silero_vad.jit");
        Map<String, Tensor> expected;
        try (FileSource source = FileSource.open(SharedFiles.require("models/references/pytorch_silero_vad_16k.npz"))) {
            expected = Npz.read(source);

            Conversion conversion = convert(
                    archive,
                    List.of(
                            new InputSpec("x", DataType.FLOAT, Shape.of(1, 512)),
                            InputSpec.always("sr", Optional.of(16000.0), "16000")));

            assertThat(conversion.inputs())
                    .extracting(Conversion.Port::name)
                    .containsExactlyInAnyOrder("_context", "_state", "x");
            try (RunnableModel model = RunnableModel.open(conversion.model().path());
                    Session session = OnnxRuntime.start().open(model, CPU)) {
                Map<String, Tensor> given = new HashMap<>();
                given.put("x", of(expected, "input_0"));
                given.put("_state", zeros(2, 1, 128));
                given.put("_context", zeros(1, 64));
                RunResult first = session.run(given);
                given.put("_state", first.output("_state_next"));
                given.put("_context", first.output("_context_next"));
                RunResult second = session.run(given);

                assertThat(number(first.output("output_0"))).isCloseTo(number(of(expected, "output_0")), within());
                assertThat(number(second.output("output_0"))).isCloseTo(number(of(expected, "output_1")), within());
            }
        }
    }

    private static Offset<Float> within() {
        return Offset.offset(1e-5F);
    }

    private static Tensor of(Map<String, Tensor> arrays, String name) {
        return java.util.Objects.requireNonNull(arrays.get(name), name);
    }

    private static Tensor zeros(long... sizes) {
        Shape shape = Shape.of(sizes);
        return new Tensor(
                DataType.FLOAT, shape, TensorData.of(new byte[Math.toIntExact(shape.elementCount() * Float.BYTES)]));
    }

    private static float number(Tensor tensor) throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        tensor.data().writeTo(Channels.newChannel(bytes));
        return ByteBuffer.wrap(bytes.toByteArray())
                .order(ByteOrder.LITTLE_ENDIAN)
                .getFloat();
    }

    private Conversion convert(Path archive, List<InputSpec> inputs) throws IOException {
        return Converter.convert(new ConversionRequest(
                List.of(archive),
                Optional.empty(),
                new ImportOptions(inputs, Missing.REFUSE, Unused.REFUSE),
                folder.resolve("model.onnx"),
                ExternalDataPolicy.WHEN_TOO_LARGE));
    }
}
