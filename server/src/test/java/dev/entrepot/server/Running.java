package dev.entrepot.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.entrepot.server.config.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A server on a free port of loopback, and the client of the JDK to ask it with. */
public final class Running implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Server server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Running(Server server) {
        this.server = server;
    }

    /** With the defaults. */
    public static Running on(Path data) throws IOException {
        return on(ServerConfig.onLoopback(0, data));
    }

    /** As configured, with more beans. */
    public static Running on(ServerConfig config, Object... beans) throws IOException {
        return new Running(Server.start(config, List.of(beans)));
    }

    public URI uri() {
        return server.uri();
    }

    public Optional<String> firstToken() throws IOException {
        return server.firstToken();
    }

    /** One of its beans. */
    public <T> T bean(Class<T> type) {
        return server.bean(type);
    }

    public HttpClient client() {
        return client;
    }

    /** A request that the caller goes on to build. */
    public HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(uri() + path));
    }

    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = to(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    public HttpResponse<String> post(String path, String json, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = to(path).header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.POST(BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    public static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        server.close();
    }
}
