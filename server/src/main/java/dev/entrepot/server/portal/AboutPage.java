package dev.entrepot.server.portal;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this is, and how a program uses it.
 *
 * @param address the server's own address
 * @param version the build's version; empty if it does not know
 * @param needsToken whether changes need a token
 * @param model a model of this zoo to try the commands with
 */
public record AboutPage(String address, String version, boolean needsToken, String model) {

    /**
     * Something a program does.
     *
     * @param id for the page
     * @param title what it does
     * @param text a sentence
     * @param lines the commands
     */
    public record Step(String id, String title, String text, String lines) {}

    /** From finding a model to converting one. */
    public List<Step> steps() {
        String token = needsToken ? " -H \"Authorization: Bearer $TOKEN\"" : "";
        return List.of(
                new Step(
                        "search",
                        "Search",
                        "All words must occur; facets narrow the search and can be repeated.",
                        "curl '" + address + "/api/v1/models?q=digits&framework=caffe'"),
                new Step(
                        "download",
                        "Download",
                        "The ETag is the file's SHA-256. Ranges work, so a download that broke goes on where it was.",
                        "curl -C - -O '" + address + "/api/v1/models/" + model + "/files/model.onnx'"),
                new Step(
                        "infer",
                        "Run a model",
                        "The Open Inference Protocol, version 2. Models that say how an image becomes their input take"
                                + " PNG and JPEG as they are.",
                        "curl '" + address + "/v2/models/" + model + "'\n" + "curl '" + address + "/v2/models/" + model
                                + "/infer' -H 'Content-Type: image/png' --data-binary @digit.png"),
                new Step(
                        "upload",
                        "Upload",
                        "The answer tells the upload's id. Large files go up in pieces that can be taken up again, by tus 1.0.",
                        Stream.of("NET=deploy.prototxt", "WEIGHTS=net.caffemodel", "REF=reference.npz")
                                .map(word -> upload(word, token))
                                .collect(Collectors.joining("\n"))),
                new Step(
                        "convert",
                        "Convert",
                        "The answer is 202, its Location is the job. The same order a second time is the same job."
                                + " With a reference the result is proven and can be published.",
                        "curl -i" + token + " '" + address + "/api/v1/conversions'"
                                + " -H 'Content-Type: application/json' -d '{\n"
                                + "  \"sources\": [{\"upload\": \"'$NET'\"}, {\"upload\": \"'$WEIGHTS'\"}],\n"
                                + "  \"reference\": [{\"upload\": \"'$REF'\"}],\n"
                                + "  \"publish\": {\"model\": \"me/net\", \"licence\": \"Apache-2.0\"}\n" + "}'"),
                new Step(
                        "events",
                        "Follow a job",
                        "Server-sent events until the job ends. With Last-Event-ID they go on after that one.",
                        "curl -N" + token + " \"" + address + "/api/v1/jobs/$JOB/events\""));
    }

    private String upload(String word, String token) {
        String file = word.substring(word.indexOf('=') + 1);
        return word.substring(0, word.indexOf('=')) + "=$(curl -s" + token + " '" + address + "/api/v1/uploads?name="
                + file + "' -H 'Content-Type: application/octet-stream' --data-binary @" + file
                + " | sed 's/.*\"id\":\"\\([0-9a-f]*\\)\".*/\\1/')";
    }
}
