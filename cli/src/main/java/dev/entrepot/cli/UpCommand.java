package dev.entrepot.cli;

import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
import dev.entrepot.onnx.io.ExternalDataPolicy;
import dev.entrepot.validator.ValidationOptions;
import dev.entrepot.validator.Validator;
import dev.entrepot.validator.report.Report;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.zoo.convert.Conversion;
import dev.entrepot.zoo.convert.ConversionRequest;
import dev.entrepot.zoo.convert.Converter;
import dev.entrepot.zoo.sample.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code entrepot up}: the main job on the bundled samples. */
@Command(
        name = "up",
        description = "Convert the bundled sample models and prove each against the outputs of its genuine framework.")
final class UpCommand implements Callable<Integer> {

    @ParentCommand
    private Entrepot entrepot = new Entrepot();

    @Option(names = "--once", description = "Stop after the table.")
    private boolean once;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep the converted models here. Default: they are not kept.")
    private @Nullable Path data;

    @Override
    public Integer call() throws IOException {
        Path folder = data != null ? data : Files.createTempDirectory("entrepot-up-");
        try {
            return run(folder);
        } finally {
            if (data == null) {
                delete(folder);
            }
        }
    }

    private int run(Path folder) throws IOException {
        Validator validator = new Validator(OnnxRuntime.start(), ValidationOptions.DEFAULT);
        List<Proof> proofs = new ArrayList<>();
        for (Sample sample : Sample.ALL) {
            entrepot.console().progress("converting and validating " + sample.name() + " ...");
            Path sources = folder.resolve(sample.name());
            Path model = sources.resolve("model.onnx");
            Conversion conversion = Converter.convert(new ConversionRequest(
                    sample.unpackSources(sources),
                    Optional.empty(),
                    new ImportOptions(sample.inputs(), Missing.REFUSE, Unused.REFUSE),
                    model,
                    ExternalDataPolicy.WHEN_TOO_LARGE));
            Report report = validator.validate(model, sample.unpackReference(sources));
            proofs.add(new Proof(sample.name(), conversion, report));
        }
        boolean passed = proofs.stream().allMatch(proof -> proof.validation().passed());
        String verdict = passed ? "pass" : "fail";
        entrepot.console().result(proofs, Proof.table(proofs), verdict);
        return passed ? ExitCode.DONE : ExitCode.VALIDATION_FAILED;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
