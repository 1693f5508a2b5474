package dev.entrepot.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The application's entry point. */
public final class Main {

    private Main() {}

    /** @param arguments the words after {@code entrepot} on the command line */
    public static void main(String[] arguments) {
        Logging.silence();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int exitCode = Entrepot.run(out, err, arguments);
        out.flush();
        System.exit(exitCode);
    }
}
