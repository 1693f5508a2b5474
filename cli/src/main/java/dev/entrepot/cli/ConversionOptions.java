package dev.entrepot.cli;

import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.io.ExternalDataPolicy;
import dev.entrepot.onnx.opset.Opsets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a model comes in, as {@code convert} and {@code zoo add} are told. */
final class ConversionOptions {

    @Option(names = "--from", paramLabel = "FRAMEWORK", description = "The framework, if its files do not tell.")
    private @Nullable String from;

    @Option(
            names = "--input",
            paramLabel = "NAME:DTYPE[D0,D1,...]",
            converter = InputArgument.class,
            description =
                    "An input's type and shape; sizes are numbers or symbols. NAME=NUMBER makes it none: it always is that"
                            + " number. A parameter of Python source may also be a text, None or a list, such as"
                            + " \"layers=['fc7','prob']\". Repeatable.")
    private List<InputSpec> inputs = new ArrayList<>();

    @Option(
            names = "--allow-missing",
            description = "Fill parameters that have no weights with the number they begin with, or zeros.")
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
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "3600",
            description = "Give up after so long. Default: ${DEFAULT-VALUE}.")
    private long timeout = 3600;

    Optional<String> framework() {
        return Optional.ofNullable(from);
    }

    ImportOptions imports() {
        return new ImportOptions(
                inputs,
                allowMissing ? Missing.FILL : Missing.REFUSE,
                allowUnused ? Unused.IGNORE : Unused.REFUSE,
                Optional.ofNullable(weightsKey),
                Optional.ofNullable(stripPrefix));
    }

    ExternalDataPolicy externalDataPolicy() {
        return externalData ? ExternalDataPolicy.ALWAYS : ExternalDataPolicy.WHEN_TOO_LARGE;
    }

    long opset() {
        return opset;
    }

    /** Does the work within the time that it may take; wrong numbers are told before it begins. */
    int withinTimeout(Deadline.Work<Integer> work) throws IOException {
        if (timeout <= 0) {
            throw new UsageException("--timeout " + timeout + ": it must be above 0");
        }
        if (opset < Opsets.OLDEST || opset > Model.HOUSE_OPSET) {
            throw new UsageException(
                    "--opset " + opset + ": " + Opsets.OLDEST + " to " + Model.HOUSE_OPSET + " is possible");
        }
        return Deadline.within(Duration.ofSeconds(timeout), work);
    }
}
