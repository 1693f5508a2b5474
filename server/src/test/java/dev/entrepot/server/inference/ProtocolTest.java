package dev.entrepot.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.entrepot.server.Digits;
import dev.entrepot.server.Running;
import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.data.ReferenceFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol's text, sentence by sentence, against a running server. Numbers are those of genuine Caffe. */
class ProtocolTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEADER_LENGTH = "Inference-Header-Content-Length";
    private static final String INFER = "/v2/models/samples/digits-caffe/infer";
    private static final int IMAGE = 64;

    @TempDir
    static Path data;

    private static Running server;
    private static float[] images;
    private static float[] probabilities;

    @BeforeAll
    static void start() throws IOException {
        Digits.publish(data);
        server = Running.on(ServerConfig.onLoopback(0, data).withAnonymous(ServerConfig.Anonymous.WRITE));
        Path unpacked = Files.createDirectory(data.resolve("reference"));
        try (ReferenceFile reference = ReferenceFile.open(Digits.SAMPLE.unpackReference(unpacked))) {
            Map<String, Tensor> arrays = reference.sets().get(0).arrays();
            images = Objects.requireNonNull(arrays.get("data")).toFloats();
            probabilities = Objects.requireNonNull(arrays.get("prob")).toFloats();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_server_tells_its_name_and_extensions() throws Exception {
        for (String path : List.of("/v2", "/v2/")) {
            JsonNode metadata = Running.json(server.get(path));
            assertThat(metadata.get("name").asText()).isEqualTo("entrepot");
            assertThat(metadata.get("version").isTextual()).isTrue();
            assertThat(metadata.get("extensions"))
                    .extracting(JsonNode::asText)
                    .contains("binary_tensor_data", "classification");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/health/live", "/v2/health/ready"})
    void the_server_is_live_and_ready(String path) throws Exception {
        HttpResponse<String> answer = server.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Running.json(answer).get("live").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/models/samples/digits-caffe",
                "/v2/models/samples%2Fdigits-caffe",
                "/v2/models/digits-caffe",
                "/v2/models/samples/digits-caffe/versions/1",
                "/v2/models/digits-caffe/versions/1"
            })
    void a_model_tells_its_inputs_and_outputs(String path) throws Exception {
        JsonNode metadata = Running.json(server.get(path));

        assertThat(metadata.get("name").asText()).isEqualTo("samples/digits-caffe");
        assertThat(metadata.get("versions").get(0).asText()).isEqualTo("1");
        assertThat(metadata.get("platform").asText()).isEqualTo("onnx_onnxv1");
        assertThat(metadata.get("inputs").toString())
                .isEqualTo("[{\"name\":\"data\",\"datatype\":\"FP32\",\"shape\":[-1,1,8,8]}]");
        assertThat(metadata.get("outputs").toString())
                .isEqualTo("[{\"name\":\"prob\",\"datatype\":\"FP32\",\"shape\":[-1,10]}]");
    }

    @Test
    void a_model_is_ready() throws Exception {
        JsonNode ready = Running.json(server.get("/v2/models/digits-caffe/ready"));

        assertThat(ready.get("name").asText()).isEqualTo("samples/digits-caffe");
        assertThat(ready.get("ready").asBoolean()).isTrue();
    }

    @Test
    void an_unknown_model_or_version_is_an_error() throws Exception {
        for (String path : List.of("/v2/models/nobody/nothing", "/v2/models/digits-caffe/versions/7/ready")) {
            HttpResponse<String> answer = server.get(path);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(Running.json(answer).get("error").asText()).contains("there is no model");
        }
    }

    @Test
    void flat_data_gives_the_numbers_of_caffe_and_the_id_comes_back() throws Exception {
        HttpResponse<String> answer =
                server.post(INFER, request(2).put("id", "42").toString());

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode found = Running.json(answer);
        assertThat(found.get("id").asText()).isEqualTo("42");
        assertThat(found.get("model_name").asText()).isEqualTo("samples/digits-caffe");
        assertThat(found.get("model_version").asText()).isEqualTo("1");
        JsonNode output = found.get("outputs").get(0);
        assertThat(output.get("name").asText()).isEqualTo("prob");
        assertThat(output.get("datatype").asText()).isEqualTo("FP32");
        assertThat(output.get("shape").toString()).isEqualTo("[2,10]");
        requireClose(floats(output.get("data")), 2);
    }

    @Test
    void nested_data_is_the_same_and_names_come_in_any_order() throws Exception {
        ArrayNode rows = JSON.createArrayNode();
        for (int row = 0; row < 8; row++) {
            ArrayNode line = rows.addArray();
            for (int column = 0; column < 8; column++) {
                line.add(images[row * 8 + column]);
            }
        }
        String request = "{\"inputs\":[{\"data\":[[" + rows + "]],\"shape\":[1,1,8,8],\"parameters\":{\"x\":true},"
                + "\"datatype\":\"FP32\",\"name\":\"data\"}],\"unknown\":{\"nested\":[1]}}";

        HttpResponse<String> answer = server.post(INFER, request);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        requireClose(floats(Running.json(answer).get("outputs").get(0).get("data")), 1);
    }

    @Test
    void binary_tensors_follow_the_json_in_both_directions() throws Exception {
        HttpResponse<byte[]> answer = binary(
                binaryHeader(3, "\"outputs\":[{\"name\":\"prob\",\"parameters\":{\"binary_data\":true}}]"), bytes(3));

        requireBinary(answer, 3);
    }

    @Test
    void binary_data_output_asks_for_all_outputs_and_an_output_may_say_otherwise() throws Exception {
        requireBinary(binary(binaryHeader(1, "\"parameters\":{\"binary_data_output\":true}"), bytes(1)), 1);

        HttpResponse<byte[]> answer = binary(
                binaryHeader(
                        1,
                        "\"parameters\":{\"binary_data_output\":true},"
                                + "\"outputs\":[{\"name\":\"prob\",\"parameters\":{\"binary_data\":false}}]"),
                bytes(1));
        assertThat(answer.headers().firstValue(HEADER_LENGTH)).isEmpty();
        requireClose(floats(JSON.readTree(answer.body()).get("outputs").get(0).get("data")), 1);
    }

    @Test
    void a_body_may_be_the_only_input() throws Exception {
        requireBinary(binary("", bytes(2)), 2);
    }

    @Test
    void classification_answers_value_index_label_highest_first() throws Exception {
        ObjectNode request = request(2);
        request.putArray("outputs")
                .addObject()
                .put("name", "prob")
                .putObject("parameters")
                .put("classification", 3);

        JsonNode output = Running.json(server.post(INFER, request.toString()))
                .get("outputs")
                .get(0);

        assertThat(output.get("datatype").asText()).isEqualTo("BYTES");
        assertThat(output.get("shape").toString()).isEqualTo("[2,3]");
        for (int row = 0; row < 2; row++) {
            int best = best(row);
            String[] words = output.get("data").get(row * 3).asText().split(":", -1);
            assertThat(Float.parseFloat(words[0])).isCloseTo(probabilities[row * 10 + best], within());
            assertThat(words[1]).isEqualTo(String.valueOf(best));
            assertThat(words[2]).isEqualTo("digit-" + best);
        }
    }

    @Test
    void binary_data_that_no_input_takes_is_an_error() throws Exception {
        byte[] header = binaryHeader(1, "\"id\":\"x\"").getBytes(StandardCharsets.UTF_8);
        byte[] body =
                ByteBuffer.allocate(header.length + IMAGE * 4 + 8).put(header).array();

        HttpResponse<String> answer = server.send(server.to(INFER)
                .header(HEADER_LENGTH, String.valueOf(header.length))
                .POST(BodyPublishers.ofByteArray(body)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Running.json(answer).get("error").asText()).contains("the body holds 264");
    }

    @Test
    void the_repository_lists_loads_and_unloads() throws Exception {
        assertThat(server.post("/v2/repository/models/samples/digits-caffe/load", "{}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(index("{\"ready\":true}")).contains("\"state\":\"READY\"").contains("samples/digits-caffe");

        assertThat(server.post("/v2/repository/models/digits-caffe/unload", "").statusCode())
                .isEqualTo(200);
        assertThat(index("{\"ready\":true}")).isEqualTo("[]");
        assertThat(index("")).contains("\"state\":\"UNAVAILABLE\"");
        assertThat(server.post(INFER, request(1).toString()).statusCode()).isEqualTo(200);
    }

    @Test
    void statistics_count_rows_runs_and_failures() throws Exception {
        server.post("/v2/repository/models/digits-caffe/unload", "");
        server.post(INFER, request(5).toString());
        server.post(INFER, request(2).toString());

        JsonNode statistics = Running.json(server.get("/v2/models/digits-caffe/stats"))
                .get("model_stats")
                .get(0);

        assertThat(statistics.get("inference_count").asInt()).isEqualTo(7);
        assertThat(statistics.get("execution_count").asInt()).isEqualTo(2);
        assertThat(statistics.get("inference_stats").get("success").get("count").asInt())
                .isEqualTo(2);
        assertThat(statistics.get("batch_stats")).hasSize(2);
        assertThat(Running.json(server.get("/v2/models/stats")).get("model_stats"))
                .hasSize(1);
    }

    @Test
    void many_at_once_each_get_their_own_rows() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try {
            List<Callable<HttpResponse<byte[]>>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int image = i % 32;
                calls.add(() -> binary("", slice(image)));
            }
            List<Future<HttpResponse<byte[]>>> answers = callers.invokeAll(calls);
            for (int i = 0; i < answers.size(); i++) {
                float[] found = tail(answers.get(i).get(), 10);
                for (int digit = 0; digit < 10; digit++) {
                    assertThat(found[digit]).isCloseTo(probabilities[i % 32 * 10 + digit], within());
                }
            }
        } finally {
            callers.shutdown();
        }
    }

    private static String index(String request) throws Exception {
        return server.post("/v2/repository/index", request).body();
    }

    private static ObjectNode request(int count) {
        ObjectNode request = JSON.createObjectNode();
        ObjectNode input =
                request.putArray("inputs").addObject().put("name", "data").put("datatype", "FP32");
        input.putArray("shape").add(count).add(1).add(8).add(8);
        ArrayNode values = input.putArray("data");
        for (int i = 0; i < count * IMAGE; i++) {
            values.add(images[i]);
        }
        return request;
    }

    private static String binaryHeader(int count, String more) {
        return "{\"inputs\":[{\"name\":\"data\",\"datatype\":\"FP32\",\"shape\":[" + count
                + ",1,8,8],\"parameters\":{\"binary_data_size\":" + count * IMAGE * 4 + "}}]," + more + "}";
    }

    private static byte[] bytes(int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count * IMAGE * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count * IMAGE; i++) {
            bytes.putFloat(images[i]);
        }
        return bytes.array();
    }

    private static byte[] slice(int image) {
        ByteBuffer bytes = ByteBuffer.allocate(IMAGE * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < IMAGE; i++) {
            bytes.putFloat(images[image * IMAGE + i]);
        }
        return bytes.array();
    }

    private static HttpResponse<byte[]> binary(String header, byte[] tensor) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(header.getBytes(StandardCharsets.UTF_8));
        body.write(tensor);
        return server.client()
                .send(
                        server.to(INFER)
                                .header("Content-Type", "application/octet-stream")
                                .header(HEADER_LENGTH, String.valueOf(header.length()))
                                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                                .build(),
                        BodyHandlers.ofByteArray());
    }

    private static void requireBinary(HttpResponse<byte[]> answer, int count) throws IOException {
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        int headerLength =
                Integer.parseInt(answer.headers().firstValue(HEADER_LENGTH).orElseThrow());
        JsonNode output =
                JSON.readTree(answer.body(), 0, headerLength).get("outputs").get(0);
        assertThat(output.get("shape").toString()).isEqualTo("[" + count + ",10]");
        assertThat(output.get("parameters").get("binary_data_size").asInt()).isEqualTo(count * 40);
        assertThat(output.has("data")).isFalse();
        assertThat(answer.body()).hasSize(headerLength + count * 40);
        requireClose(tail(answer, count * 10), count);
    }

    private static float[] tail(HttpResponse<byte[]> answer, int count) {
        byte[] body = answer.body();
        float[] values = new float[count];
        ByteBuffer.wrap(body, body.length - count * 4, count * 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).floatValue();
        }
        return values;
    }

    private static void requireClose(float[] found, int count) {
        assertThat(found).hasSize(count * 10);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).isCloseTo(probabilities[i], within());
        }
    }

    private static org.assertj.core.data.Offset<Float> within() {
        return org.assertj.core.data.Offset.offset(1e-5f);
    }

    private static int best(int row) {
        int best = 0;
        for (int digit = 1; digit < 10; digit++) {
            if (probabilities[row * 10 + digit] > probabilities[row * 10 + best]) {
                best = digit;
            }
        }
        return best;
    }
}
