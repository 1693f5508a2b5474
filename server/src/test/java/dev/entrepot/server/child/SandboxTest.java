package dev.entrepot.server.child;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.entrepot.server.child.Sandbox.Devices;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a child can reach, tried by a process that wants to. */
class SandboxTest {

    @TempDir
    Path data;

    @Test
    void a_process_in_the_sandbox_reaches_nothing_but_its_own_folders() throws Exception {
        Sandbox sandbox = Sandbox.ofThisProgram();
        assumeTrue(sandbox.works(), "bubblewrap is not installed or not allowed here");
        JobFolder folder = JobFolder.make(data.resolve("jobs/one"));
        Files.writeString(folder.in().resolve("order.json"), "{}");
        List<String> words = new ArrayList<>(
                sandbox.words(folder, ChildCommand.environment(folder), Devices.NONE, Optional.empty()));

        assertThat(attempts(words, folder)).containsExactly("writes what comes out", "writes on its way");
        assertThat(folder.out().resolve("result")).hasContent("result");
        assertThat(data.resolve("outside")).hasContent("secret");
        assertThat(folder.in().resolve("order.json")).hasContent("{}");
    }

    @Test
    void the_same_process_without_a_sandbox_comes_through() throws Exception {
        JobFolder folder = JobFolder.make(data.resolve("jobs/one"));
        Files.writeString(folder.in().resolve("order.json"), "{}");

        assertThat(attempts(List.of(), folder))
                .contains("reads outside", "writes outside", "connects", "changes what went in", "sees processes");
    }

    private List<String> attempts(List<String> words, JobFolder folder) throws Exception {
        Path outside = Files.writeString(data.resolve("outside"), "secret");
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            List<String> command = new ArrayList<>(words);
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    Burglar.class.getName(),
                    folder.path().toString(),
                    outside.toString(),
                    Integer.toString(listening.getLocalPort())));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectError(data.resolve("errors").toFile());
            builder.environment().putAll(ChildCommand.environment(folder));
            builder.environment().put("HOME_OF_SECRETS", "here");
            Process process = builder.start();
            String out = new String(process.getInputStream().readAllBytes(), UTF_8);
            process.waitFor();
            assertThat(out).as(Files.readString(data.resolve("errors"))).isNotEmpty();
            return out.lines().toList();
        }
    }
}
