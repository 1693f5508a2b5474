package dev.entrepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code up} tells before it converts anything. */
class UpCommandTest {

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void a_port_that_is_taken_is_told_at_once() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(other.getLocalPort());

            assertThat(run("up", "--port", port, "--data", folder.resolve("zoo").toString()))
                    .isEqualTo(ExitCode.TOOL_FAILED);
            assertThat(err.toString()).contains("port " + port + " is taken").contains("--port");
        }
        assertThat(folder.resolve("zoo")).doesNotExist();
    }

    @Test
    void a_folder_that_is_none_is_told() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThat(run("up", "--port", "0", "--data", file.toString())).isEqualTo(ExitCode.TOOL_FAILED);
        assertThat(err.toString()).contains("file is no folder").contains("--data");
    }

    @Test
    void a_port_that_there_cannot_be_is_wrong_usage() {
        assertThat(run("up", "--port", "99999")).isEqualTo(ExitCode.USAGE);
    }

    private int run(String... arguments) {
        return Entrepot.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), arguments);
    }
}
