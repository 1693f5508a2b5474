package dev.entrepot.server.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.server.Digits;
import dev.entrepot.server.Running;
import dev.entrepot.zoo.store.Digest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsTest {

    private static final String MODEL = "/api/v1/models/" + Digits.NAME;
    private static final String FILE = MODEL + "/files/model.onnx";

    @TempDir
    static Path data;

    private static Running server;
    private static byte[] model;
    private static String digest;

    @BeforeAll
    static void start() throws Exception {
        Digits.publish(data);
        server = Running.on(data);
        HttpResponse<byte[]> answer = bytes(FILE);
        assertThat(answer.statusCode()).isEqualTo(200);
        model = answer.body();
        digest = Digest.of(model).hex();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_search_finds_models_by_words_and_facets() throws Exception {
        JsonNode found = Running.json(server.get("/api/v1/models?q=digits&framework=caffe&task=classification"));

        assertThat(found.get("total").asInt()).isEqualTo(1);
        assertThat(found.get("models").get(0).get("model").asText()).isEqualTo(Digits.NAME);
        assertThat(Running.json(server.get("/api/v1/models?q=nothing"))
                        .get("total")
                        .asInt())
                .isZero();
    }

    @Test
    void filter_options_tell_what_can_be_chosen() throws Exception {
        JsonNode facets =
                Running.json(server.get("/api/v1/models/filter_options")).get("facets");

        assertThat(facets.get("framework").get(0).get("value").asText()).isEqualTo("caffe");
        assertThat(facets.get("framework").get(0).get("count").asInt()).isEqualTo(1);
        assertThat(facets.fieldNames()).toIterable().contains("operator", "licence", "opset", "tag", "task");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@latest", "/versions/1", "/versions/latest"})
    void a_version_is_found_by_number_and_alias(String selector) throws Exception {
        HttpResponse<String> answer = server.get(MODEL + selector);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode version = Running.json(answer);
        assertThat(version.get("version").asText()).isEqualTo("1");
        assertThat(version.get("validations").get(0).get("verdict").asText()).isEqualTo("pass");
        assertThat(version.get("files"))
                .anyMatch(file -> file.get("path").asText().equals("model.onnx"));
        assertThat(server.get(MODEL + "@" + version.get("digest").asText()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void every_file_is_where_its_href_says_and_has_its_digest() throws Exception {
        for (JsonNode file : Running.json(server.get(MODEL)).get("files")) {
            HttpResponse<byte[]> answer = bytes(file.get("href").asText());
            assertThat(answer.statusCode()).as(file.toString()).isEqualTo(200);
            assertThat(Digest.of(answer.body()).toString())
                    .isEqualTo(file.get("sha256").asText());
        }
    }

    @Test
    void a_file_has_its_digest_as_entity_tag_and_may_be_read_from_any_page() throws Exception {
        HttpResponse<byte[]> answer = bytes(FILE, "Origin", "https://netron.app");

        assertThat(answer.headers().firstValue("ETag")).hasValue("\"" + digest + "\"");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename*=UTF-8''model.onnx");
        assertThat(bytes(FILE, "If-None-Match", "\"x\", W/\"" + digest + "\"").statusCode())
                .isEqualTo(304);
        assertThat(bytes(FILE, "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-0, 0, 1", "bytes=10-19, 10, 10", "bytes=-5, -5, 5", "bytes=100-, 100, -1"})
    void a_range_is_a_part(String range, int from, int length) throws Exception {
        HttpResponse<byte[]> answer = bytes(FILE, "Range", range);

        int start = from < 0 ? model.length + from : from;
        int end = length < 0 ? model.length : start + length;
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(model, start, end));
        assertThat(answer.headers().firstValue("Content-Range"))
                .hasValue("bytes " + start + "-" + (end - 1) + "/" + model.length);
    }

    @Test
    void a_range_outside_of_the_file_is_refused_and_a_strange_one_is_passed_over() throws Exception {
        HttpResponse<byte[]> outside = bytes(FILE, "Range", "bytes=" + model.length + "-");
        assertThat(outside.statusCode()).isEqualTo(416);
        assertThat(outside.headers().firstValue("Content-Range")).hasValue("bytes */" + model.length);
        assertThat(bytes(FILE, "Range", "bytes=0-1,3-4").statusCode()).isEqualTo(200);
        assertThat(bytes(FILE, "Range", "bytes=0-1", "If-Range", "\"other\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void head_tells_the_length() throws Exception {
        HttpResponse<String> answer =
                server.send(server.to(FILE).method("HEAD", java.net.http.HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Length")).hasValue(String.valueOf(model.length));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/models/samples/nothing, 404",
        "/api/v1/models/samples/digits-caffe/versions/9, 404",
        "/api/v1/models/samples/digits-caffe/files/nothing, 404",
        "/api/v1/models/Samples/digits-caffe, 400",
        "/api/v1/models?limit=0, 400",
        "/api/v1/models?limit=x, 400",
        "/api/v1/models?order=best, 400"
    })
    void what_is_not_there_or_no_name_is_a_problem(String path, int status) throws IOException, InterruptedException {
        HttpResponse<String> answer = server.get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    private static HttpResponse<byte[]> bytes(String path, String... headers) throws IOException, InterruptedException {
        var request = server.to(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return server.client().send(request.build(), BodyHandlers.ofByteArray());
    }
}
