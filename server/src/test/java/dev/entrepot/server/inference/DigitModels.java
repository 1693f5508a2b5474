package dev.entrepot.server.inference;

import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
import dev.entrepot.onnx.io.ExternalDataPolicy;
import dev.entrepot.server.sessions.LoadableModel;
import dev.entrepot.validator.run.RunnableModel;
import dev.entrepot.zoo.convert.ConversionRequest;
import dev.entrepot.zoo.convert.Converter;
import dev.entrepot.zoo.sample.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The digits of Caffe, converted, as the only model. */
final class DigitModels implements ServedModels {

    static final String NAME = "samples/digits-caffe";

    private final Path folder;
    private final Path model;
    private final Path reference;

    DigitModels(Path folder) throws IOException {
        Sample sample = Sample.ALL.get(0);
        this.folder = folder;
        this.model = folder.resolve("digits.onnx");
        Converter.convert(new ConversionRequest(
                sample.unpackSources(folder),
                Optional.empty(),
                new ImportOptions(sample.inputs(), Missing.REFUSE, Unused.REFUSE),
                model,
                ExternalDataPolicy.WHEN_TOO_LARGE));
        this.reference = sample.unpackReference(folder);
    }

    Path folder() {
        return folder;
    }

    Path model() {
        return model;
    }

    /** What genuine Caffe computed. */
    Path reference() {
        return reference;
    }

    @Override
    public List<Listing> list() {
        return List.of(new Listing(NAME, "1"));
    }

    @Override
    public Optional<ServedModel> find(String name, Optional<String> version) throws IOException {
        if (!List.of(NAME, "digits-caffe").contains(name)
                || version.filter(other -> !other.equals("1")).isPresent()) {
            return Optional.empty();
        }
        LoadableModel loadable = new LoadableModel("digits", Files.size(model), () -> RunnableModel.open(model));
        List<String> labels =
                IntStream.range(0, 10).mapToObj(digit -> "digit-" + digit).toList();
        return Optional.of(new ServedModel(NAME, "1", List.of("1"), loadable, labels, ImagePreparation.NONE));
    }
}
