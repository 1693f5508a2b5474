package dev.entrepot.cli;

import dev.entrepot.validator.ValidationOptions;
import dev.entrepot.validator.Validator;
import dev.entrepot.validator.report.TextReport;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.zoo.WorkFolder;
import dev.entrepot.zoo.Zoo;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.entry.EntryJson;
import dev.entrepot.zoo.entry.ModelCard;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.entry.Selector;
import dev.entrepot.zoo.publish.Candidate;
import dev.entrepot.zoo.publish.Candidate.Prepared;
import dev.entrepot.zoo.publish.Publication;
import dev.entrepot.zoo.publish.Publisher.Sources;
import dev.entrepot.zoo.recipe.ImportRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code entrepot zoo add}: convert, validate, publish. */
@Command(name = "add", description = "Convert and validate a model, and publish it if it passes.")
final class ZooAddCommand implements Callable<Integer> {

    private static final long LONGEST_CARD = 1 << 20;

    @ParentCommand
    private ZooCommand zoo = new ZooCommand();

    @Mixin
    private ZooOptions where = new ZooOptions();

    @Parameters(index = "0", paramLabel = "NAMESPACE/NAME", description = "The model's name in the zoo.")
    private String name = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            converter = SourceArgument.class,
            paramLabel = "SOURCE",
            description = "The model's files, in any order; a network in Python source is FILE.py:EXPRESSION.")
    private List<Path> sources = new ArrayList<>();

    @Option(
            names = "--reference",
            required = true,
            paramLabel = "REF",
            description = "Inputs and the genuine framework's outputs: an .npz, or a folder of test_data_set_N.")
    private Path reference = Path.of("");

    @Option(
            names = "--card",
            paramLabel = "FILE",
            description =
                    "JSON with title, description, task, licence, tags, preprocessing, labels, references, lineage.")
    private @Nullable Path card;

    @Option(names = "--licence", paramLabel = "SPDX", description = "The licence, where the card does not say.")
    private @Nullable String licence;

    @Option(names = "--alias", paramLabel = "ALIAS", description = "An alias to point to the version. Repeatable.")
    private List<String> aliases = new ArrayList<>();

    @Mixin
    private ConversionOptions how = new ConversionOptions();

    @Mixin
    private ReportFiles reportFiles = new ReportFiles();

    @Override
    public Integer call() throws IOException {
        return how.withinTimeout(this::add);
    }

    private int add() throws IOException {
        Publication publication = publication();
        ImportRequest request = new ImportRequest(
                sources, how.framework(), how.imports(), how.externalDataPolicy(), how.opset(), reference);
        Validator validator = new Validator(OnnxRuntime.start(), ValidationOptions.DEFAULT);
        try (Zoo open = where.open();
                WorkFolder work = open.workFolder()) {
            Prepared prepared = Candidate.prepare(request, work.path(), validator);
            reportFiles.write(prepared.report());
            if (!prepared.report().passed()) {
                zoo.console()
                        .result(
                                prepared.report(),
                                TextReport.of(prepared.report()),
                                prepared.report().verdict().reportName());
                zoo.console().progress("entrepot: " + name + " is not published");
                return ExitCode.VALIDATION_FAILED;
            }
            Version version = open.publish(prepared.candidate(), Sources.of(request), publication);
            Map<String, Object> json = Map.of(
                    "name", version.name().toString(),
                    "digest", version.digest(),
                    "aliases", version.aliases(),
                    "record", version.record(),
                    "files", version.files());
            String text = ZooTexts.of(version, open.catalogue().validations(version));
            zoo.console().result(Json.of(json), text, version.name().toString());
        }
        return ExitCode.DONE;
    }

    private Publication publication() throws IOException {
        try {
            return new Publication(
                    ModelName.parse(name),
                    card(),
                    aliases.stream().map(Selector.Alias::new).toList(),
                    ZooCommand.ACTOR,
                    "none");
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private ModelCard card() throws IOException {
        if (card == null) {
            return licence == null ? ModelCard.EMPTY : ModelCard.EMPTY.withLicence(licence);
        }
        if (Files.size(card) > LONGEST_CARD) {
            throw new UsageException(card + " has " + Files.size(card) + " bytes, a card has at most " + LONGEST_CARD);
        }
        ModelCard read = EntryJson.read(Files.readAllBytes(card), ModelCard.class);
        return licence != null && read.licence().equals(ModelCard.NO_LICENCE) ? read.withLicence(licence) : read;
    }
}
