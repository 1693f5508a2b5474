package dev.entrepot.server.portal.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrepot.server.Digits;
import dev.entrepot.server.Running;
import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.config.ServerConfig.Anonymous;
import dev.entrepot.validator.ValidationOptions;
import dev.entrepot.validator.Validator;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.zoo.SampleImport;
import dev.entrepot.zoo.Zoo;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A server with a model, and a browser that looks at it. */
final class Portal implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 120_000;

    private final Path folder;
    private final Running server;
    private final Browser browser;

    private Portal(Path folder, Running server, Browser browser) {
        this.folder = folder;
        this.server = server;
        this.browser = browser;
    }

    /** One that takes orders from everybody. */
    static Portal open(Path folder) throws IOException {
        return open(folder, Anonymous.WRITE);
    }

    static Portal open(Path folder, Anonymous anonymous) throws IOException {
        Browser.assumeInstalled();
        Path data = folder.resolve("data");
        Digits.publish(data);
        return serve(folder, data, anonymous);
    }

    /** One with all models that are bundled. */
    static Portal withSamples(Path folder) throws IOException {
        Browser.assumeInstalled();
        Path data = folder.resolve("data");
        try (Zoo zoo = Zoo.open(data)) {
            SampleImport.all(zoo, () -> new Validator(OnnxRuntime.start(), ValidationOptions.DEFAULT), name -> {});
        }
        return serve(folder, data, Anonymous.WRITE);
    }

    private static Portal serve(Path folder, Path data, Anonymous anonymous) throws IOException {
        Running server = Running.on(ServerConfig.onLoopback(0, data).withAnonymous(anonymous));
        return new Portal(folder, server, Browser.open(server, folder));
    }

    Browser browser() {
        return browser;
    }

    Running server() {
        return server;
    }

    /** The files of the digits of Caffe. */
    List<Path> digits() throws IOException {
        return Digits.SAMPLE.unpackSources(folder.resolve("digits"));
    }

    /** What genuine Caffe computes of them. */
    Path reference() throws IOException {
        return Digits.SAMPLE.unpackReference(folder.resolve("digits"));
    }

    /** A file of the user's. */
    Path file(String name, String text) throws IOException {
        return Files.writeString(
                Files.createDirectories(folder.resolve("files")).resolve(name), text);
    }

    /** Orders a conversion through the API and waits for its end. */
    String converted(List<Path> sources, List<Path> reference, String expression)
            throws IOException, InterruptedException {
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        order.set("sources", sent(sources, expression));
        if (!reference.isEmpty()) {
            order.set("reference", sent(reference, ""));
        }
        HttpResponse<String> answer = server.post("/api/v1/conversions", order.toString());
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        String id = Running.json(answer).path("id").asText();
        for (int waited = 0; waited < PATIENCE_MILLIS; waited += 100) {
            String state = job(id).path("state").asText();
            if (Set.of("succeeded", "failed", "cancelled").contains(state)) {
                return id;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("job " + id + " has not ended: " + job(id));
    }

    JsonNode job(String id) throws IOException, InterruptedException {
        return Running.json(server.get("/api/v1/jobs/" + id));
    }

    /** What lies at an address of the server. */
    byte[] fetch(String path) throws IOException, InterruptedException {
        return server.client()
                .send(server.to(path).build(), BodyHandlers.ofByteArray())
                .body();
    }

    private ArrayNode sent(List<Path> files, String expression) throws IOException, InterruptedException {
        ArrayNode sent = JsonNodeFactory.instance.arrayNode();
        for (Path file : files) {
            HttpResponse<String> answer = server.send(
                    server.to("/api/v1/uploads?name=" + file.getFileName()).POST(BodyPublishers.ofFile(file)));
            ObjectNode one = sent.addObject()
                    .put("upload", Running.json(answer).path("id").asText())
                    .put("path", file.getFileName().toString());
            if (file.toString().endsWith(".py") && !expression.isEmpty()) {
                one.put("expression", expression);
            }
        }
        return sent;
    }

    @Override
    public void close() {
        browser.close();
        server.close();
    }
}
