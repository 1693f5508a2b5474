package dev.entrepot.cli;

import dev.entrepot.validator.ValidationOptions;
import dev.entrepot.validator.Validator;
import dev.entrepot.validator.compare.Tolerance;
import dev.entrepot.validator.localise.CaffeLayers;
import dev.entrepot.validator.localise.LayerSource;
import dev.entrepot.validator.localise.StoredLayers;
import dev.entrepot.validator.report.Report;
import dev.entrepot.validator.report.TextReport;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.validator.run.ProviderChoice;
import dev.entrepot.validator.run.SessionOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code entrepot validate}: run a model and compare it with a reference. */
@Command(name = "validate", description = "Run an ONNX model and compare its outputs with a reference.")
final class ValidateCommand implements Callable<Integer> {

    @ParentCommand
    private Entrepot entrepot = new Entrepot();

    @Parameters(paramLabel = "MODEL.onnx", description = "The model.")
    private Path model = Path.of("");

    @Option(
            names = "--reference",
            required = true,
            paramLabel = "REF",
            description = "An .npz, or a folder of test_data_set_N/input_0.pb, output_0.pb.")
    private Path reference = Path.of("");

    @Option(
            names = "--provider",
            defaultValue = "auto",
            description =
                    "Where it runs: ${COMPLETION-CANDIDATES}. auto takes CUDA where its libraries load. Default: ${DEFAULT-VALUE}.")
    private ProviderChoice provider = ProviderChoice.AUTO;

    @Option(
            names = "--source",
            arity = "1..*",
            converter = SourceArgument.class,
            paramLabel = "SOURCE",
            description = "The files that the model came from. Tells at which of their layers it begins to differ.")
    private List<Path> sources = new ArrayList<>();

    @ArgGroup(exclusive = false)
    private @Nullable Bound bound;

    @Mixin
    private ReportFiles reportFiles = new ReportFiles();

    @Override
    public Integer call() throws IOException {
        ValidationOptions options =
                ValidationOptions.DEFAULT.withSession(SessionOptions.DEFAULT.withProvider(provider));
        if (bound != null) {
            options = options.withTolerance(new Tolerance(bound.relative, bound.absolute, "given on the command line"));
        }
        Report report = validate(new Validator(OnnxRuntime.start(), options));
        reportFiles.write(report);
        entrepot.console()
                .result(report, TextReport.of(report), report.verdict().reportName());
        return report.passed() ? ExitCode.DONE : ExitCode.VALIDATION_FAILED;
    }

    private Report validate(Validator validator) throws IOException {
        if (sources.isEmpty()) {
            return validator.validate(model, reference);
        }
        try (LayerSource source = CaffeLayers.recognises(sources) ? CaffeLayers.of(sources) : new StoredLayers()) {
            return validator.validate(model, reference, source);
        }
    }

    /** How far outputs may be from their references. */
    static final class Bound {
        @Option(
                names = "--rtol",
                required = true,
                description = "How far floating-point outputs may be off, relative to the reference.")
        private double relative;

        @Option(
                names = "--atol",
                required = true,
                description = "How far floating-point outputs may be off in any case.")
        private double absolute;
    }
}
