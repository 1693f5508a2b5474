package dev.entrepot.cli;

import dev.entrepot.server.Server;
import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.config.ServerConfig.Anonymous;
import dev.entrepot.server.config.ServerConfig.Samples;
import dev.entrepot.server.config.ServerLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code entrepot serve}: the server, until it is told to stop. */
@Command(name = "serve", description = "Serve the zoo over HTTP: the API, inference and the portal.")
final class ServeCommand implements Callable<Integer> {

    @ParentCommand
    private Entrepot entrepot = new Entrepot();

    @Option(names = "--port", defaultValue = "8080", description = "The port. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--host",
            defaultValue = ServerConfig.LOOPBACK,
            description = "The address to listen on. Default: ${DEFAULT-VALUE}, which only this machine reaches.")
    private String host = ServerConfig.LOOPBACK;

    @Mixin
    private ZooOptions where = new ZooOptions();

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Option(
            names = "--host-name",
            paramLabel = "NAME",
            description = "A name that callers reach the server by, such as a proxy's. Repeatable.")
    private List<String> hostNames = new ArrayList<>();

    @Option(
            names = "--anonymous",
            defaultValue = "read",
            description = "What callers without a token may do: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Anonymous anonymous = Anonymous.READ;

    @Option(
            names = "--samples",
            defaultValue = "import",
            description =
                    "What becomes of the bundled models that have never come in: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Samples samples = Samples.IMPORT;

    @Option(
            names = "--log-format",
            defaultValue = "text",
            description = "How the log is written: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private LogFormat logFormat = LogFormat.text;

    @Option(names = "--check", description = "Start, ask the server whether it is ready, and stop: would it run?")
    private boolean check;

    /** How the log is written. */
    enum LogFormat {
        /** A line for people. */
        text,
        /** A JSON document a line. */
        json
    }

    @Override
    public Integer call() throws IOException {
        Logging.write(logFormat.name());
        ServerConfig config =
                new ServerConfig(host, port, where.settings(), anonymous, ServerLimits.DEFAULT, hostNames, samples);
        Server server = Server.start(config, work.settings());
        return check
                ? Serving.check(server, entrepot.console())
                : Serving.untilStopped(server, config.data(), entrepot.console());
    }
}
