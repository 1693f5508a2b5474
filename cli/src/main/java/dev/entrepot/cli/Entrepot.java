package dev.entrepot.cli;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.validator.run.ProviderUnavailableException;
import dev.entrepot.zoo.publish.NotProvenException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code entrepot} and what its verbs have in common. */
@Command(
        name = "entrepot",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        description = "Brings models of dead and living frameworks to ONNX, and proves that they are the same.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done, or passed",
            "1:validation failed",
            "2:the tool or the disk failed",
            "3:the model is malformed, unsupported or over a limit",
            "4:wrong usage"
        },
        subcommands = {
            UpCommand.class,
            ConvertCommand.class,
            ValidateCommand.class,
            ReferenceCommand.class,
            InspectCommand.class,
            ZooCommand.class,
            ServeCommand.class,
            WorkerCommand.class,
            SupportedCommand.class,
            CompletionCommand.class
        })
final class Entrepot implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--format",
            scope = ScopeType.INHERIT,
            defaultValue = "auto",
            description = "How the result is written: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Console.Format format = Console.Format.auto;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Short for --format json.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Short for --format quiet.")
    private boolean quiet;

    /** Runs a command line and returns the exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Entrepot root = new Entrepot();
        return new CommandLine(root)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Entrepot::wrongUsage)
                .setExecutionExceptionHandler((exception, command, parsed) -> failed(root, exception, command))
                .execute(arguments);
    }

    /** Where results go, as the command line asks. */
    Console console() {
        Console.Format chosen = json ? Console.Format.json : quiet ? Console.Format.quiet : format;
        return new Console(spec.commandLine().getOut(), spec.commandLine().getErr(), chosen);
    }

    /** Without a verb there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int wrongUsage(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        command.getErr().println("entrepot: " + exception.getMessage());
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private static int failed(Entrepot root, Exception exception, CommandLine command) {
        PrintWriter err = command.getErr();
        if (exception instanceof ModelException refused) {
            if (root.console().isJson()) {
                root.console().result(Failure.of(refused), "", "");
            }
            refused.problems().forEach(problem -> err.println("entrepot: " + problem));
            return ExitCode.MODEL_REFUSED;
        }
        if (exception instanceof NotProvenException) {
            err.println("entrepot: " + exception.getMessage());
            return ExitCode.VALIDATION_FAILED;
        }
        if (exception instanceof UsageException) {
            err.println("entrepot: " + exception.getMessage());
            return ExitCode.USAGE;
        }
        err.println("entrepot: " + reason(exception));
        return ExitCode.TOOL_FAILED;
    }

    private static String reason(Exception exception) {
        if (exception instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return reason(unchecked.getCause());
        } else if (exception instanceof NoSuchFileException) {
            return exception.getMessage() + ": no such file";
        } else if (exception instanceof AccessDeniedException) {
            return exception.getMessage() + ": permission denied";
        } else if (exception instanceof FileAlreadyExistsException) {
            return exception.getMessage() + ": exists already";
        } else if (exception instanceof IOException) {
            return String.valueOf(exception.getMessage());
        }
        if (exception instanceof ProviderUnavailableException) {
            return String.valueOf(exception.getMessage());
        }
        return "internal error: " + exception + " at " + exception.getStackTrace()[0];
    }
}
