package dev.entrepot.cli;

import dev.entrepot.server.work.WorkSettings;
import dev.entrepot.server.work.Worker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code entrepot worker}: does jobs of a server that is elsewhere, until it is told to stop. */
@Command(
        name = "worker",
        description =
                "Do jobs: convert and validate what is ordered from a server with the same zoo. Needs no network but the database.")
final class WorkerCommand implements Callable<Integer> {

    @ParentCommand
    private Entrepot entrepot = new Entrepot();

    @Mixin
    private ZooOptions where = new ZooOptions();

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Option(
            names = "--capabilities",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "convert,validate-cpu,validate-cuda",
            description = "What it does; validate-cuda only where models do run on CUDA. Default: ${DEFAULT-VALUE}.")
    private List<String> capabilities = new ArrayList<>();

    @Option(
            names = "--log-format",
            defaultValue = "text",
            description = "How the log is written: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private ServeCommand.LogFormat logFormat = ServeCommand.LogFormat.text;

    @Override
    public Integer call() throws IOException {
        Logging.write(logFormat.name());
        Worker worker = Worker.start(where.settings(), settings());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            worker.close();
            stopped.countDown();
        }));
        entrepot.console()
                .result(
                        Map.of("worker", worker.name(), "capabilities", capabilities),
                        "worker " + worker.name() + " does " + String.join(", ", capabilities),
                        worker.name());
        try {
            stopped.await();
        } catch (InterruptedException e) {
            worker.close();
        }
        return ExitCode.DONE;
    }

    private WorkSettings settings() {
        WorkSettings settings = work.settings();
        if (settings.jobs() == 0) {
            throw new UsageException("a worker without --workers does nothing; give it 1 or more");
        }
        try {
            return settings.withCapabilities(new LinkedHashSet<>(capabilities));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
