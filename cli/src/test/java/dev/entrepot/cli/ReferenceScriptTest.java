package dev.entrepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** {@code entrepot reference --script chainer} prints a script; without it the command asks for what it needs. */
class ReferenceScriptTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void the_script_is_printed_as_it_is() {
        assertThat(run("reference", "--script", "chainer")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString())
                .startsWith("\"\"\"Runs a Chainer model with genuine Chainer")
                .contains("'layer/'")
                .endsWith("    main()\n");
    }

    @Test
    void without_a_script_files_are_needed() {
        assertThat(run("reference", "net.prototxt")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("reference takes SOURCE..., --input IN.npz and -o REF.npz");
    }

    private int run(String... arguments) {
        return Entrepot.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
