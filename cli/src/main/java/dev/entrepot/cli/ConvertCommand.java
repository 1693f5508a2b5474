package dev.entrepot.cli;

import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.io.ExternalDataPolicy;
import dev.entrepot.onnx.opset.Opsets;
import dev.entrepot.validator.ValidationOptions;
import dev.entrepot.validator.Validator;
import dev.entrepot.validator.report.Report;
import dev.entrepot.validator.report.TextReport;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.zoo.convert.Conversion;
import dev.entrepot.zoo.convert.ConversionRequest;
import dev.entrepot.zoo.convert.Converter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code entrepot convert}: any framework to ONNX. */
@Command(name = "convert", description = "Convert a model to ONNX.")
final class ConvertCommand implements Callable<Integer> {

    @ParentCommand
    private Entrepot entrepot = new Entrepot();

    @Parameters(
            arity = "1..*",
            paramLabel = "SOURCE",
            description = "The model's files, in any order; a network in Python source is FILE.py:EXPRESSION.")
    private List<Path> sources = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "TARGET",
            description = "The ONNX file to write.")
    private Path target = Path.of("");

    @Option(names = "--from", paramLabel = "FRAMEWORK", description = "The framework, if its files do not tell.")
    private @Nullable String from;

    @Option(
            names = "--input",
            paramLabel = "NAME:DTYPE[D0,D1,...]",
            converter = InputArgument.class,
            description = "An input's type and shape; sizes are numbers or symbols. Repeatable.")
    private List<InputSpec> inputs = new ArrayList<>();

    @Option(names = "--allow-missing", description = "Fill parameters that have no weights.")
    private boolean allowMissing;

    @Option(names = "--allow-unused", description = "Leave out weights that fit no parameter.")
    private boolean allowUnused;

    @Option(
            names = "--weights-key",
            paramLabel = "KEY",
            description =
                    "Where a checkpoint keeps the network's weights, such as model.state_dict. Default: found by itself.")
    private @Nullable String weightsKey;

    @Option(
            names = "--strip-prefix",
            paramLabel = "PREFIX",
            description =
                    "What to take off the weights' names. Default: the prefixes that frameworks add, such as module.")
    private @Nullable String stripPrefix;

    @Option(names = "--external-data", description = "Write the weights to a file of their own, TARGET.data.")
    private boolean externalData;

    @Option(
            names = "--opset",
            paramLabel = "N",
            defaultValue = "20",
            description = "The version of ai.onnx to write, 7 to 20, for old runtimes. Default: ${DEFAULT-VALUE}.")
    private long opset = Model.HOUSE_OPSET;

    @Option(
            names = "--reference",
            paramLabel = "REF",
            description = "Validate the result at once: an .npz, or a folder of test_data_set_N.")
    private @Nullable Path reference;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "3600",
            description = "Give up after so long. Default: ${DEFAULT-VALUE}.")
    private long timeout = 3600;

    @Mixin
    private ReportFiles reportFiles = new ReportFiles();

    @Override
    public Integer call() throws IOException {
        if (timeout <= 0) {
            throw new UsageException("--timeout " + timeout + ": it must be above 0");
        }
        if (opset < Opsets.OLDEST || opset > Model.HOUSE_OPSET) {
            throw new UsageException(
                    "--opset " + opset + ": " + Opsets.OLDEST + " to " + Model.HOUSE_OPSET + " is possible");
        }
        return Deadline.within(Duration.ofSeconds(timeout), this::convert);
    }

    private int convert() throws IOException {
        ImportOptions options = new ImportOptions(
                inputs,
                allowMissing ? Missing.FILL : Missing.REFUSE,
                allowUnused ? Unused.IGNORE : Unused.REFUSE,
                Optional.ofNullable(weightsKey),
                Optional.ofNullable(stripPrefix));
        Conversion conversion = Converter.convert(new ConversionRequest(
                sources,
                Optional.ofNullable(from),
                options,
                target,
                externalData ? ExternalDataPolicy.ALWAYS : ExternalDataPolicy.WHEN_TOO_LARGE,
                opset));
        if (reference == null) {
            entrepot.console().result(Converted.of(conversion), Texts.of(conversion), target.toString());
            return ExitCode.DONE;
        }
        Report report = new Validator(OnnxRuntime.start(), ValidationOptions.DEFAULT).validate(target, reference);
        reportFiles.write(report);
        String text = Texts.of(conversion) + System.lineSeparator() + TextReport.of(report);
        entrepot.console().result(Converted.of(conversion, report), text, target.toString());
        return report.passed() ? ExitCode.DONE : ExitCode.VALIDATION_FAILED;
    }
}
