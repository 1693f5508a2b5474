package dev.entrepot.zoo;

import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
import dev.entrepot.validator.Validator;
import dev.entrepot.validator.report.JsonReport;
import dev.entrepot.validator.report.Report;
import dev.entrepot.zoo.catalogue.ValidationRun;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.convert.Conversion;
import dev.entrepot.zoo.convert.Conversion.ModelFile;
import dev.entrepot.zoo.convert.Conversion.SourceFile;
import dev.entrepot.zoo.entry.ModelRecord;
import dev.entrepot.zoo.entry.ModelRecord.Facts;
import dev.entrepot.zoo.entry.Selector;
import dev.entrepot.zoo.entry.VersionName;
import dev.entrepot.zoo.publish.Candidate;
import dev.entrepot.zoo.publish.Candidate.Prepared;
import dev.entrepot.zoo.publish.Publication;
import dev.entrepot.zoo.publish.Publisher.Sources;
import dev.entrepot.zoo.recipe.ImportRequest;
import dev.entrepot.zoo.recipe.Made;
import dev.entrepot.zoo.recipe.Recipe;
import dev.entrepot.zoo.sample.Sample;
import dev.entrepot.zoo.store.OpenBlob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A bundled model that came in, now or before.
 *
 * @param sample the model
 * @param version its version in the zoo; none if it did not pass its validation
 * @param conversion what the converter said
 * @param report what the validator said
 */
public record SampleImport(Sample sample, Optional<Version> version, Conversion conversion, Report report) {

    private static final long LONGEST_REPORT = 64L << 20;

    /**
     * Brings the bundled models in, by the same road as any other. One that has come in already by this converter is left as it is, also where
     * somebody has removed it since.
     *
     * @param validator what validates; asked for once, if anything has to come in
     * @param progress is told the name of each model that comes in
     * @return the bundled models, but for those that were removed
     * @throws IOException if the disk or the database fails
     */
    public static List<SampleImport> all(Zoo zoo, Supplier<Validator> validator, Consumer<String> progress)
            throws IOException {
        List<SampleImport> imports = new ArrayList<>();
        Optional<Validator> started = Optional.empty();
        for (Sample sample : Sample.ALL) {
            try (WorkFolder work = zoo.workFolder()) {
                ImportRequest request = request(sample, work.path());
                if (isKnown(zoo, sample, Recipe.of(request))) {
                    known(zoo, sample).ifPresent(imports::add);
                    continue;
                }
                progress.accept(sample.name());
                started = Optional.of(started.orElseGet(validator));
                imports.add(brought(zoo, sample, request, work.path(), started.get()));
            }
        }
        return imports;
    }

    /** The import of a bundled model, whose files are copied to a folder. */
    public static ImportRequest request(Sample sample, Path folder) throws IOException {
        return ImportRequest.of(
                sample.unpackSources(folder),
                new ImportOptions(sample.inputs(), Missing.REFUSE, Unused.REFUSE),
                sample.unpackReference(folder));
    }

    /** Whether a bundled model has come in by this recipe, even if it has been removed since. */
    public static boolean isKnown(Zoo zoo, Sample sample, Recipe recipe) throws IOException {
        return zoo.catalogue().knowsRecipe(sample.modelName(), recipe.digest());
    }

    private static SampleImport brought(Zoo zoo, Sample sample, ImportRequest request, Path folder, Validator validator)
            throws IOException {
        Prepared prepared = Candidate.prepare(request, folder.resolve("candidate"), validator);
        if (!prepared.report().passed()) {
            return new SampleImport(sample, Optional.empty(), prepared.conversion(), prepared.report());
        }
        Version version = zoo.publish(
                prepared.candidate(), Sources.of(request), Publication.of(sample.modelName(), sample.card(), "system"));
        return new SampleImport(sample, Optional.of(version), conversion(version), prepared.report());
    }

    private static Optional<SampleImport> known(Zoo zoo, Sample sample) throws IOException {
        Optional<Version> version = zoo.catalogue().find(new VersionName(sample.modelName(), Selector.LATEST));
        if (version.isEmpty()) {
            return Optional.empty();
        }
        ValidationRun run = zoo.catalogue().validations(version.get()).stream()
                .findFirst()
                .orElseThrow(() -> new IOException(version.get().name() + " has no validation"));
        try (OpenBlob report = zoo.blobs().open(run.report())) {
            return Optional.of(new SampleImport(
                    sample, version, conversion(version.get()), JsonReport.read(report.readAll(LONGEST_REPORT))));
        }
    }

    /** What the converter said, as the version's record keeps it; the path is the model's within the zoo. */
    private static Conversion conversion(Version version) {
        ModelRecord record = version.record();
        Facts facts = record.facts();
        ModelFile model = new ModelFile(
                Path.of(version.name().toString(), Made.MODEL),
                facts.sha256().hex(),
                facts.bytes(),
                facts.opset(),
                Math.toIntExact(facts.nodes()),
                facts.parameters());
        List<SourceFile> files = record.source().files().stream()
                .map(file -> new SourceFile(file.name(), file.sha256().hex()))
                .toList();
        return new Conversion(
                model,
                new Conversion.Source(
                        record.source().framework(), record.source().format(), files),
                facts.inputs(),
                facts.outputs(),
                record.warnings(),
                record.approximations(),
                record.dropped());
    }
}
