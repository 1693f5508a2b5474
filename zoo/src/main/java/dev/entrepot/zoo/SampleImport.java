package dev.entrepot.zoo;

import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
import dev.entrepot.validator.Validator;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.entry.Selector;
import dev.entrepot.zoo.entry.VersionName;
import dev.entrepot.zoo.publish.Candidate.Prepared;
import dev.entrepot.zoo.publish.Publication;
import dev.entrepot.zoo.recipe.ImportRequest;
import dev.entrepot.zoo.recipe.Recipe;
import dev.entrepot.zoo.sample.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A bundled model in the zoo.
 *
 * @param sample the model
 * @param version its newest version
 * @param prepared what conversion and validation said, if it came in just now
 */
public record SampleImport(Sample sample, Version version, Optional<Prepared> prepared) {

    /**
     * Brings the bundled models in, by the same road as any other. One that has come in already by this converter is left as it is, also where
     * somebody has removed it since.
     *
     * @param validator what validates; asked for once, if anything has to come in
     * @param progress is told the name of each model that comes in
     * @return the bundled models that are in the zoo now
     * @throws IOException if the disk or the database fails
     */
    public static List<SampleImport> all(Zoo zoo, Supplier<Validator> validator, Consumer<String> progress)
            throws IOException {
        List<SampleImport> imports = new ArrayList<>();
        Optional<Validator> started = Optional.empty();
        for (Sample sample : Sample.ALL) {
            try (WorkFolder work = zoo.workFolder()) {
                ImportRequest request = ImportRequest.of(
                        sample.unpackSources(work.path()),
                        new ImportOptions(sample.inputs(), Missing.REFUSE, Unused.REFUSE),
                        sample.unpackReference(work.path()));
                if (zoo.catalogue()
                        .knowsRecipe(sample.modelName(), Recipe.of(request).digest())) {
                    zoo.catalogue()
                            .find(new VersionName(sample.modelName(), Selector.LATEST))
                            .ifPresent(version -> imports.add(new SampleImport(sample, version, Optional.empty())));
                    continue;
                }
                progress.accept(sample.name());
                started = Optional.of(started.orElseGet(validator));
                Zoo.Published published = zoo.publish(
                        request, Publication.of(sample.modelName(), sample.card(), "system"), started.get());
                imports.add(new SampleImport(sample, published.version(), Optional.of(published.prepared())));
            }
        }
        return imports;
    }
}
