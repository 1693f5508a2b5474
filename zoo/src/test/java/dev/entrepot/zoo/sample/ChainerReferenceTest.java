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
import dev.entrepot.validator.report.Localisation;
import dev.entrepot.validator.report.Report;
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
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code entrepot reference --script chainer} makes of the digits: the outputs, and those of every link. */
class ChainerReferenceTest {

    @TempDir
    Path folder;

    @Test
    void the_scripts_reference_passes_and_names_the_link_with_a_fault() throws IOException, URISyntaxException {
        Model model = digits();

        assertThat(validate(model).verdict()).isEqualTo(Verdict.PASS);
        Report wrong = validate(Fault.weights("conv2/b", "no bias", old -> new float[old.length])
                .change()
                .apply(model));
        assertThat(wrong.verdict()).isEqualTo(Verdict.FAIL_CONVERSION);
        assertThat(wrong.layers())
                .filteredOn(layer -> !layer.pass())
                .extracting(Localisation.Layer::sourceLayer)
                .containsExactly("conv2");
    }

    private Model digits() throws IOException {
        Sample sample = Sample.ALL.stream()
                .filter(one -> one.name().equals("digits-chainer"))
                .findFirst()
                .orElseThrow();
        Path right = folder.resolve("right.onnx");
        Converter.convert(new ConversionRequest(
                sample.unpackSources(folder),
                Optional.empty(),
                new ImportOptions(sample.inputs(), ImportOptions.Missing.REFUSE, ImportOptions.Unused.REFUSE),
                right,
                ExternalDataPolicy.WHEN_TOO_LARGE));
        return OnnxReader.read(ByteSource.of("right.onnx", Files.readAllBytes(right)));
    }

    private Report validate(Model model) throws IOException, URISyntaxException {
        Path file = folder.resolve("changed.onnx");
        Files.write(file, OnnxWriter.toBytes(model));
        URL reference = ChainerReferenceTest.class.getResource("digits-chainer-layers.npz");
        SessionOptions cpu = SessionOptions.DEFAULT.withProvider(ProviderChoice.CPU);
        return new Validator(OnnxRuntime.start(), ValidationOptions.DEFAULT.withSession(cpu))
                .validate(file, Path.of(Objects.requireNonNull(reference).toURI()));
    }
}
