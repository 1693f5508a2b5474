package dev.entrepot.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.server.Running;
import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.config.ServerConfig.Anonymous;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {

    @TempDir
    static Path data;

    private static Running server;

    @BeforeAll
    static void start() throws IOException {
        server = Running.on(ServerConfig.onLoopback(0, data)
                .withAnonymous(Anonymous.WRITE)
                .withHostNames(List.of("models.example.org")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8080",
                "127.0.0.1:8080",
                "127.1.2.3",
                "[::1]:8080",
                "localhost.",
                "models.example.org",
                "Models.Example.org:443"
            })
    void a_name_of_the_server_is_answered(String host) throws IOException {
        assertThat(status("/api/v1/models", "Host: " + host)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example.com",
                "evil.example.com:8080",
                "localhost.evil.example.com",
                "127.0.0.1.evil.example.com",
                "models.example.org.evil.com",
                "[::2]",
                "",
                "10.0.0.1",
                "localhost:80@evil.example.com"
            })
    void a_name_that_leads_here_by_a_trick_is_not(String host) throws IOException {
        assertThat(status("/api/v1/models", "Host: " + host)).isBetween(400, 403);
    }

    @Test
    void who_has_a_token_may_come_by_any_name() throws Exception {
        String token = server.firstToken().orElseThrow();

        assertThat(status("/api/v1/models", "Host: elsewhere.example", "Authorization: Bearer " + token))
                .isEqualTo(200);
    }

    @Test
    void health_is_told_by_any_name() throws IOException {
        assertThat(status("/health", "Host: 10.1.2.3:8080")).isEqualTo(200);
    }

    private static int status(String path, String... headers) throws IOException {
        try (Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.setSoTimeout(10_000);
            String request =
                    "GET " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }
}
