package dev.entrepot.server;

import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
import dev.entrepot.validator.ValidationOptions;
import dev.entrepot.validator.Validator;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.zoo.WorkFolder;
import dev.entrepot.zoo.Zoo;
import dev.entrepot.zoo.entry.ModelCard;
import dev.entrepot.zoo.entry.PreprocessingStep;
import dev.entrepot.zoo.publish.Publication;
import dev.entrepot.zoo.recipe.ImportRequest;
import dev.entrepot.zoo.sample.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The digits of Caffe in a zoo, as anybody's model comes in. */
public final class Digits {

    public static final String NAME = "samples/digits-caffe";
    public static final Sample SAMPLE = Sample.ALL.get(0);

    private Digits() {}

    /** Publishes them in a folder's zoo, with labels {@code digit-N}. */
    public static void publish(Path data) throws IOException {
        try (Zoo zoo = Zoo.open(data);
                WorkFolder work = zoo.workFolder()) {
            ImportRequest request = ImportRequest.of(
                    SAMPLE.unpackSources(work.path()),
                    new ImportOptions(SAMPLE.inputs(), Missing.REFUSE, Unused.REFUSE),
                    SAMPLE.unpackReference(work.path()));
            Validator validator = new Validator(OnnxRuntime.start(), ValidationOptions.DEFAULT);
            zoo.publish(request, Publication.of(SAMPLE.modelName(), card(), "test"), validator);
        }
    }

    private static ModelCard card() {
        List<String> labels =
                IntStream.range(0, 10).mapToObj(digit -> "digit-" + digit).toList();
        List<PreprocessingStep> steps = List.of(
                PreprocessingStep.of("bgr_to_gray"),
                new PreprocessingStep("resize", Map.of("size", 8)),
                new PreprocessingStep("normalization", Map.of("std", 255)));
        return new ModelCard(
                "Digits <script>alert(1)</script>",
                "*",
                "classification",
                "Apache-2.0",
                List.of("digits"),
                steps,
                labels,
                null,
                null,
                null);
    }
}
