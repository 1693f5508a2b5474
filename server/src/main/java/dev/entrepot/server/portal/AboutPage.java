package dev.entrepot.server.portal;

import java.util.List;

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
                        "tus 1.0: any tus client resumes what broke. Without one, make an upload and send the bytes."
                                + " The answer's Location is the upload; its last part is the id.",
                        "curl -i" + token + " -X POST '" + address + "/api/v1/uploads' -H 'Tus-Resumable: 1.0.0'"
                                + " -H \"Upload-Length: $(stat -c %s deploy.prototxt)\"\n"
                                + "curl -i" + token + " -X PATCH \"" + address + "/api/v1/uploads/$ID\""
                                + " -H 'Tus-Resumable: 1.0.0' -H 'Upload-Offset: 0'"
                                + " -H 'Content-Type: application/offset+octet-stream' --data-binary @deploy.prototxt"),
                new Step(
                        "convert",
                        "Convert",
                        "The answer is 202 with the job's address. The same order a second time is the same job."
                                + " With a reference the result is validated and can be published.",
                        "curl -i" + token + " '" + address + "/api/v1/conversions'"
                                + " -H 'Content-Type: application/json' -d '{\n"
                                + "  \"sources\": [{\"upload\": \"ID\", \"path\": \"deploy.prototxt\"},"
                                + " {\"upload\": \"ID\", \"path\": \"net.caffemodel\"}],\n"
                                + "  \"reference\": [{\"upload\": \"ID\", \"path\": \"reference.npz\"}],\n"
                                + "  \"publish\": {\"model\": \"me/net\", \"licence\": \"Apache-2.0\"}\n" + "}'"),
                new Step(
                        "events",
                        "Follow a job",
                        "Server-sent events until the job ends. With Last-Event-ID they go on after that one.",
                        "curl -N" + token + " \"" + address + "/api/v1/jobs/$JOB/events\""));
    }
}
