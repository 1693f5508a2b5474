package dev.entrepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that only shows that it would run. */
class ServeCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();

    @Test
    void a_check_starts_asks_and_stops() {
        int exitCode = run("serve", "--check", "--port", "0", "--workers", "0", "--samples", "leave");

        assertThat(out.toString()).contains("readiness is answered with 200, the first page with 200");
        assertThat(exitCode).isEqualTo(ExitCode.DONE);
        assertThat(folder.resolve("zoo/catalogue.mv.db")).exists();
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--data";
        all[arguments.length + 1] = folder.resolve("zoo").toString();
        return Entrepot.run(new PrintWriter(out, true), new PrintWriter(new StringWriter()), all);
    }
}
