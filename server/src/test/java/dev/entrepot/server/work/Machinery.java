package dev.entrepot.server.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.entrepot.server.Server;
import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.config.ServerConfig.Anonymous;
import dev.entrepot.zoo.ZooSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server or a worker in a process of its own, to be killed. */
final class Machinery implements AutoCloseable {

    private final List<String> role;
    private final Path data;
    private final Path log;
    private Process process;

    private Machinery(List<String> role, Path data, Path log) throws IOException {
        this.role = role;
        this.data = data;
        this.log = log;
        this.process = launch();
    }

    static Machinery server(Path data, int port, Path log) throws IOException {
        return new Machinery(List.of("server", Integer.toString(port)), data, log);
    }

    static Machinery worker(Path data, Path log) throws IOException {
        return new Machinery(List.of("worker", "0"), data, log);
    }

    private Process launch() throws IOException {
        Process started = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:+UseSerialGC",
                                        "-XX:TieredStopAtLevel=1",
                                        "-Xmx256m",
                                        "-Dentrepot.log.level=warn",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Main.class.getName(),
                                        data.toString()),
                                role.stream())
                        .toList())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return started;
    }

    /** Waits until it works, and gives its name. */
    String ready() throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        String line = out.readLine();
        if (line == null) {
            throw new IOException("a " + role.get(0) + " did not start: " + Files.readString(log));
        }
        return line;
    }

    /** Kills it, as a power failure would. */
    List<ProcessHandle> kill() throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly().waitFor();
        return children;
    }

    /** Starts it again. */
    void restart() throws IOException {
        process = launch();
    }

    /** Asks it to stop, and tells whether it did within some time. */
    boolean stop(long seconds) throws InterruptedException {
        process.destroy();
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    /** The process. */
    static final class Main {

        private Main() {}

        /** @param arguments the zoo's folder, the role, and the server's port */
        public static void main(String[] arguments) throws Exception {
            Path data = Path.of(arguments[0]);
            // A job may be killed more often here than anywhere else.
            WorkSettings work = WorkSettings.ofThisMachine().withJobs(1).withAttempts(1000);
            AutoCloseable running;
            if (arguments[1].equals("server")) {
                ServerConfig config = ServerConfig.onLoopback(Integer.parseInt(arguments[2]), data)
                        .withAnonymous(Anonymous.WRITE);
                running = Server.start(config, work);
                System.out.println("server");
            } else {
                Worker worker = Worker.start(ZooSettings.in(data), work);
                running = worker;
                System.out.println(worker.name());
            }
            CountDownLatch closed = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    running.close();
                } catch (Exception e) {
                    e.printStackTrace();
                } finally {
                    closed.countDown();
                }
            }));
            closed.await();
        }
    }
}
