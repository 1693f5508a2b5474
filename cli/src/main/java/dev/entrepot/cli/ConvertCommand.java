package dev.entrepot.cli;

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
import java.util.ArrayList;
import java.util.List;
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
            converter = SourceArgument.class,
            paramLabel = "SOURCE",
            description = "The model's files, in any order; a network in Python source is FILE.py:EXPRESSION.")
    private List<Path> sources = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "TARGET",
            description = "The ONNX file to write.")
    private Path target = Path.of("");

    @Option(
            names = "--reference",
            paramLabel = "REF",
            description = "Validate the result at once: an .npz, or a folder of test_data_set_N.")
    private @Nullable Path reference;

    @Mixin
    private ConversionOptions how = new ConversionOptions();

    @Mixin
    private ReportFiles reportFiles = new ReportFiles();

    @Override
    public Integer call() throws IOException {
        return how.withinTimeout(this::convert);
    }

    private int convert() throws IOException {
        Conversion conversion = Converter.convert(new ConversionRequest(
                sources, how.framework(), how.imports(), target, how.externalDataPolicy(), how.opset()));
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
