package dev.entrepot.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.server.work.WorkSettings;
import dev.entrepot.zoo.sample.Sample;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The digits of Caffe, uploaded and ordered over HTTP. */
public final class Ordering {

    /** Nobody works in the server, so that tests are the workers. */
    public static final WorkSettings NOBODY_WORKS = WorkSettings.ofThisMachine().withJobs(0);

    private Ordering() {}

    /** The answer of {@code POST /api/v1/uploads}, as a caller with a token or without. */
    public static String upload(Running server, String name, byte[] bytes, String... headers)
            throws IOException, InterruptedException {
        var request = server.to("/api/v1/uploads?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(bytes));
        if (headers.length > 0) {
            request.headers(headers);
        }
        JsonNode upload = Running.json(server.send(request));
        return upload.path("id").asText();
    }

    /** The body that orders the sample's conversion; its files are uploaded. */
    public static String sample(Running server, Path folder, String publish, String... headers)
            throws IOException, InterruptedException {
        Sample sample = Digits.SAMPLE;
        StringBuilder sources = new StringBuilder();
        for (Path source : sample.unpackSources(folder)) {
            String name = source.getFileName().toString();
            String id = upload(server, name, Files.readAllBytes(source), headers);
            sources.append(sources.isEmpty() ? "" : ",").append("{\"upload\":\"" + id + "\"}");
        }
        Path reference = sample.unpackReference(folder);
        String id = upload(server, "ref.npz", Files.readAllBytes(reference), headers);
        return "{\"sources\":[" + sources + "],\"reference\":[{\"upload\":\"" + id + "\",\"path\":\"ref.npz\"}]"
                + (publish.isEmpty() ? "" : ",\"publish\":" + publish) + "}";
    }

    /** Orders a conversion. */
    public static HttpResponse<String> convert(Running server, String body, String... headers)
            throws IOException, InterruptedException {
        return server.post("/api/v1/conversions", body, headers);
    }
}
