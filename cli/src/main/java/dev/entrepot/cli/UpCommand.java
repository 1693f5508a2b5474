package dev.entrepot.cli;

import dev.entrepot.server.Server;
import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.config.ServerConfig.Anonymous;
import dev.entrepot.validator.ValidationOptions;
import dev.entrepot.validator.Validator;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.zoo.SampleImport;
import dev.entrepot.zoo.Zoo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code entrepot up}: the main job on the bundled samples, and the zoo that they are in. */
@Command(
        name = "up",
        description =
                "Convert the bundled sample models, prove each against the outputs of its genuine framework, and serve the zoo.")
final class UpCommand implements Callable<Integer> {

    private static final Path USUAL_DATA = Path.of("entrepot-data");

    @ParentCommand
    private Entrepot entrepot = new Entrepot();

    @Option(names = "--once", description = "Stop after the table.")
    private boolean once;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "The port of this machine to serve at; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int port = 8080;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the zoo is kept. Default: entrepot-data; nowhere with --once.")
    private @Nullable Path data;

    @Override
    public Integer call() throws IOException {
        if (port < 0 || port > 65_535) {
            throw new UsageException("--port " + port + ": 0 to 65535 is possible");
        }
        if (!once) {
            requireFree();
            Logging.write("text", "warn");
            return run(data == null ? USUAL_DATA : data);
        }
        if (data != null) {
            return run(data);
        }
        Path passing = Files.createTempDirectory("entrepot-up-");
        try {
            return run(passing);
        } finally {
            delete(passing);
        }
    }

    private int run(Path folder) throws IOException {
        requireWritable(folder);
        List<Proof> proofs = proofs(folder);
        boolean passed = proofs.stream().allMatch(proof -> proof.validation().passed());
        entrepot.console().result(proofs, Proof.table(proofs), passed ? "pass" : "fail");
        if (once || !passed) {
            return passed ? ExitCode.DONE : ExitCode.VALIDATION_FAILED;
        }
        // A machine of one's own: who can open the page may convert and publish.
        Server server = Server.start(ServerConfig.onLoopback(port, folder).withAnonymous(Anonymous.WRITE));
        return Serving.untilStopped(server, folder, entrepot.console());
    }

    private List<Proof> proofs(Path folder) throws IOException {
        try (Zoo zoo = Zoo.open(folder)) {
            return SampleImport.all(
                            zoo,
                            () -> new Validator(OnnxRuntime.start(), ValidationOptions.DEFAULT),
                            name -> entrepot.console().progress("converting and validating " + name + " ..."))
                    .stream()
                    .map(sample -> new Proof(sample.sample().name(), sample.conversion(), sample.report()))
                    .toList();
        }
    }

    /** Told before anything is converted; whoever takes the port in the meantime is told of by the server. */
    private void requireFree() throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(ServerConfig.LOOPBACK, port));
        } catch (IOException e) {
            throw new IOException("port " + port + " is taken (" + e.getMessage() + "); --port chooses another", e);
        }
    }

    private static void requireWritable(Path folder) throws IOException {
        Path there = folder.toAbsolutePath().normalize();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there != null && !Files.isDirectory(there)) {
            throw new IOException(there + " is no folder; --data chooses another");
        }
        if (there != null && !Files.isWritable(there)) {
            throw new IOException(there + " cannot be written to; --data chooses another folder");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
