package dev.entrepot.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.server.Digits;
import dev.entrepot.server.Running;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are none, or do not fit the model: 400, and {@code {"error": ...}} with the reason. */
class RefusedRequestsTest {

    private static final String INFER = "/v2/models/samples/digits-caffe/infer";

    @TempDir
    static Path data;

    private static Running server;

    @BeforeAll
    static void start() throws Exception {
        Digits.publish(data);
        server = Running.on(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | no sound JSON",
                "[] | expected START_OBJECT",
                "{} | input \"data\" is missing",
                "{\"inputs\":[{\"name\":\"data\"}]} | needs a name, a datatype and a shape",
                "{\"inputs\":[{\"name\":\"data\",\"datatype\":\"FP33\",\"shape\":[1],\"data\":[1]}]} | is not one of",
                "{\"inputs\":[{\"name\":\"other\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[1]}]} | has no input \"other\"",
                "{\"inputs\":[{\"name\":\"data\",\"datatype\":\"FP32\",\"shape\":[2],\"data\":[1]}]} | has 1 elements",
                "{\"inputs\":[{\"name\":\"data\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[1,2]}]} | more elements",
                "{\"inputs\":[{\"name\":\"data\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[\"x\"]}]} | expected a number",
                "{\"inputs\":[{\"name\":\"data\",\"datatype\":\"FP32\",\"shape\":[-1],\"data\":[1]}]} | is no dimension",
                "{\"inputs\":[{\"name\":\"data\",\"datatype\":\"FP32\",\"shape\":[2147483647,2147483647,2147483647],\"data\":[1]}]} | too many elements",
                "{\"inputs\":[{\"name\":\"data\",\"datatype\":\"FP32\",\"shape\":[2147483647],\"data\":[1]}]} | fewer elements",
                "{\"inputs\":[{\"name\":\"data\",\"datatype\":\"UINT8\",\"shape\":[1],\"data\":[256]}]} | is not within 0 to 255",
                "{\"inputs\":[{\"name\":\"data\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[1]}]} | the model takes [",
                "{\"inputs\":[{\"name\":\"data\",\"datatype\":\"INT64\",\"shape\":[1],\"data\":[1]}]} | the model takes FP32",
                "{\"inputs\":[{\"name\":\"data\",\"datatype\":\"FP32\",\"shape\":[1],\"parameters\":{\"binary_data_size\":4}}]} | bytes are left",
            })
    void a_request_that_does_not_fit_is_an_error_that_says_why(String request, String why) throws Exception {
        HttpResponse<String> answer = server.post(INFER, request);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Running.json(answer).get("error").asText()).contains(why);
    }
}
