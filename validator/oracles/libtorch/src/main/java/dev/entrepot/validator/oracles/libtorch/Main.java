package dev.entrepot.validator.oracles.libtorch;

import dev.entrepot.bytes.FileSource;
import dev.entrepot.formats.npy.Npz;
import dev.entrepot.formats.zip.Compression;
import dev.entrepot.tensor.Tensor;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * Answers requests until its standard input ends.
 *
 * <p>Prints {@code oracle ready} once, then reads a line with the path of a {@link Request} file and prints {@code oracle done}, or
 * {@code oracle refused} and the reason in one line; again for each line. Where libtorch's libraries do not load, it prints {@code oracle
 * unavailable} and the reason, and ends. What libtorch itself prints goes to standard error.
 */
public final class Main {

    /** What follows is libtorch's own stack, which names no operator. */
    private static final String NATIVE_STACK = "Exception raised from ";

    private Main() {}

    /** @param arguments the number of threads */
    public static void main(String[] arguments) throws IOException {
        var answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        TorchEngine engine;
        try {
            engine = new TorchEngine(Integer.parseInt(arguments[0]));
        } catch (LinkageError e) {
            answers.println("oracle unavailable " + oneLine(rootOf(e)));
            return;
        }
        var requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        answers.println("oracle ready");
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            answers.println("oracle " + answer(engine, Path.of(line)));
        }
    }

    private static String answer(TorchEngine engine, Path file) {
        try {
            Request request = Request.read(file);
            Map<String, Tensor> outputs;
            try (var inputs = FileSource.open(request.inputs())) {
                outputs = engine.forward(request.module(), Npz.read(inputs));
            }
            try (var out = FileChannel.open(request.outputs(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                Npz.write(out, outputs, Compression.STORED);
            }
            return "done";
        } catch (RefusedException | IOException | RuntimeException e) {
            return "refused " + oneLine(withoutNativeStack(String.valueOf(e.getMessage())));
        }
    }

    private static String withoutNativeStack(String message) {
        int end = message.indexOf(NATIVE_STACK);
        return end < 0 ? message : message.substring(0, end);
    }

    /** What the loader said first: what follows from it names other libraries. */
    private static String rootOf(Throwable error) {
        Throwable root = error;
        for (Throwable cause = root.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return String.valueOf(root.getMessage());
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " / ");
    }
}
