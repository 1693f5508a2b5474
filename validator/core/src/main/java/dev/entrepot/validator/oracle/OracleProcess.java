package dev.entrepot.validator.oracle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A child JVM that answers requests line by line.
 *
 * <p>Its standard output carries only lines that begin with {@code oracle}: {@code ready} or {@code unavailable REASON} once, then {@code done} or {@code refused REASON}
 * per request. Its standard error goes to a file, of which each refusal gets the part that was written meanwhile.
 */
final class OracleProcess implements AutoCloseable {

    private static final String PREFIX = "oracle ";
    private static final String UNAVAILABLE = "unavailable ";
    /** Put into the queue of answers when the process has closed its standard output. */
    private static final String END = "end";

    private final Process process;
    private final Path log;
    private final PrintStream questions;
    private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();

    /** What the JVM itself prints when it dies. */
    private final StringBuffer strays = new StringBuffer();

    private OracleProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        var reader = new Thread(this::read, "oracle-answers");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts the process and waits until it is ready.
     *
     * @throws OracleUnavailableException if the framework's libraries do not load on this machine
     * @throws IOException if it does not get ready within a minute; the message has its last words
     */
    static OracleProcess start(
            String mainClass, List<String> arguments, OracleClassPath classPath, OracleLimits limits, Path directory)
            throws IOException {
        Path log = directory.resolve("log.txt");
        var builder = new ProcessBuilder(command(mainClass, arguments, limits, directory))
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("CLASSPATH", classPath.value());
        builder.environment().put("GLOG_minloglevel", "2");
        builder.environment().put("OPENBLAS_NUM_THREADS", Integer.toString(limits.threads()));
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(limits.threads()));
        var started = new OracleProcess(builder.start(), log);
        String first = started.next(Duration.ofMinutes(1));
        if (first == null || !first.equals("ready")) {
            started.close();
            if (first != null && first.startsWith(UNAVAILABLE)) {
                throw new OracleUnavailableException(first.substring(UNAVAILABLE.length()));
            }
            throw new IOException("the oracle did not start: " + LastWords.of(started.logSince(0)));
        }
        return started;
    }

    private static List<String> command(String mainClass, List<String> arguments, OracleLimits limits, Path directory) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx" + limits.heapMegabytes() + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + directory.resolve("crash.txt"),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Dorg.bytedeco.javacpp.cachedir=" + cache(),
                "-Dorg.bytedeco.javacpp.maxBytes=0",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                mainClass));
        command.addAll(arguments);
        return command;
    }

    /** Natives are unpacked there once, not once per process. */
    private static Path cache() {
        String base = System.getenv("XDG_CACHE_HOME");
        Path root = base == null || base.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base);
        return root.resolve("entrepot").resolve("natives");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Puts a question.
     *
     * @return nothing when the answer is in the file that the question names, otherwise why not
     */
    Optional<OracleAnswer.Refused> answer(Path question, Duration limit) throws IOException {
        long before = log.toFile().length();
        questions.println(question);
        String answer = next(limit);
        if (answer == null) {
            close();
            return refusal("no answer within " + limit, before);
        }
        if (answer.equals("done")) {
            return Optional.empty();
        }
        if (answer.equals(END)) {
            close();
            String log = logSince(before);
            return Optional.of(new OracleAnswer.Refused(LastWords.of(log), log));
        }
        return refusal(answer.substring("refused ".length()), before);
    }

    /** Ends the process. */
    @Override
    public void close() {
        questions.close();
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<OracleAnswer.Refused> refusal(String reason, long since) throws IOException {
        return Optional.of(new OracleAnswer.Refused(reason, logSince(since)));
    }

    private @Nullable String next(Duration limit) throws IOException {
        try {
            return answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IOException("interrupted while the oracle was thinking", e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(this::take);
        } catch (IOException | java.io.UncheckedIOException e) {
            // the process is gone, which is what END says
        } finally {
            answers.add(END);
        }
    }

    private void take(String line) {
        if (line.startsWith(PREFIX)) {
            answers.add(line.substring(PREFIX.length()));
        } else {
            strays.append(line).append('\n');
        }
    }

    private String logSince(long position) throws IOException {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.min(position, file.length()));
            byte[] bytes = new byte[(int) Math.min(file.length() - file.getFilePointer(), 1 << 20)];
            file.readFully(bytes);
            String stray = strays.toString();
            strays.setLength(0);
            return new String(bytes, StandardCharsets.UTF_8) + stray;
        }
    }
}
