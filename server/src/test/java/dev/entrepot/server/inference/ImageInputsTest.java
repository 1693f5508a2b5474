package dev.entrepot.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.server.Digits;
import dev.entrepot.server.Running;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.data.ReferenceFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The digits as PNG files: what comes of them is what genuine Caffe says of their pixels, but for 8 bits of rounding. */
class ImageInputsTest {

    private static final String INFER = "/v2/models/samples/digits-caffe/infer";
    private static final Offset<Float> ROUNDING = Offset.offset(0.02f);

    @TempDir
    static Path data;

    private static Running server;
    private static float[] pixels;
    private static float[] probabilities;

    @BeforeAll
    static void start() throws Exception {
        Digits.publish(data);
        server = Running.on(data);
        Path unpacked = Files.createDirectory(data.resolve("reference"));
        try (ReferenceFile reference = ReferenceFile.open(Digits.SAMPLE.unpackReference(unpacked))) {
            Map<String, Tensor> arrays = reference.sets().get(0).arrays();
            pixels = Objects.requireNonNull(arrays.get("data")).toFloats();
            probabilities = Objects.requireNonNull(arrays.get("prob")).toFloats();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void an_image_may_be_the_whole_body() throws Exception {
        for (int image = 0; image < 4; image++) {
            HttpResponse<String> answer = server.send(server.to(INFER)
                    .header("Content-Type", "image/png")
                    .POST(BodyPublishers.ofByteArray(png(image, 1))));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            requireClose(Running.json(answer).get("outputs").get(0).get("data"), image);
        }
    }

    @Test
    void an_enlarged_image_is_brought_to_the_models_size() throws Exception {
        HttpResponse<String> answer = server.send(
                server.to(INFER).header("Content-Type", "image/png").POST(BodyPublishers.ofByteArray(png(0, 5))));

        requireClose(Running.json(answer).get("outputs").get(0).get("data"), 0);
    }

    @Test
    void images_may_be_elements_of_a_tensor_of_bytes() throws Exception {
        byte[] first = png(0, 1);
        byte[] second = png(1, 1);
        int size = 8 + first.length + second.length;
        byte[] header =
                ("{\"inputs\":[{\"name\":\"data\",\"datatype\":\"BYTES\",\"shape\":[2],\"parameters\":{\"binary_data_size\":"
                                + size + "}}]}")
                        .getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = ByteBuffer.allocate(header.length + size).order(ByteOrder.LITTLE_ENDIAN);
        body.put(header).putInt(first.length).put(first).putInt(second.length).put(second);

        HttpResponse<String> answer = server.send(server.to(INFER)
                .header("Inference-Header-Content-Length", String.valueOf(header.length))
                .POST(BodyPublishers.ofByteArray(body.array())));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode output = Running.json(answer).get("outputs").get(0);
        assertThat(output.get("shape").toString()).isEqualTo("[2,10]");
        requireClose(output.get("data"), 0);
    }

    @Test
    void what_only_looks_like_an_image_is_refused() throws Exception {
        byte[] broken = java.util.Arrays.copyOf(png(0, 1), 40);

        HttpResponse<String> answer = server.send(
                server.to(INFER).header("Content-Type", "image/png").POST(BodyPublishers.ofByteArray(broken)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Running.json(answer).get("error").asText()).contains("the image");
    }

    @Test
    void a_bomb_of_pixels_is_refused_before_it_is_unpacked() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(6000, 6000, BufferedImage.TYPE_BYTE_BINARY), "png", file);

        HttpResponse<String> answer = server.send(server.to(INFER)
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofByteArray(file.toByteArray())));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Running.json(answer).get("error").asText()).contains("36000000 pixels");
    }

    private static byte[] png(int image, int scale) throws IOException {
        BufferedImage drawn = new BufferedImage(8 * scale, 8 * scale, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < 8 * scale; row++) {
            for (int column = 0; column < 8 * scale; column++) {
                int gray = Math.round(pixels[image * 64 + row / scale * 8 + column / scale] * 255);
                drawn.setRGB(column, row, gray << 16 | gray << 8 | gray);
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(drawn, "png", file);
        return file.toByteArray();
    }

    private static void requireClose(JsonNode found, int image) {
        for (int digit = 0; digit < 10; digit++) {
            assertThat(found.get(digit).floatValue()).isCloseTo(probabilities[image * 10 + digit], ROUNDING);
        }
    }
}
