package dev.entrepot.server.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.server.Digits;
import dev.entrepot.server.Running;
import dev.entrepot.server.images.Drawing.Point;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People's digits must look to a network as those that it was trained on. */
class DrawingTest {

    private static final int PER_HAND = 4;
    private static final long SEED = 20_260_401;

    /** Of 31 ways of writing, each by {@value #PER_HAND} unsteady hands. */
    @Test
    void digits_of_many_hands_are_mostly_recognised(@TempDir Path data) throws Exception {
        Digits.publish(data);
        Random random = new Random(SEED);
        Map<String, Integer> mistakes = new TreeMap<>();
        int right = 0;
        int written = 0;
        try (Running server = Running.on(data)) {
            for (int digit = 0; digit < Hands.DIGITS.size(); digit++) {
                for (List<List<Point>> hand : Hands.DIGITS.get(digit)) {
                    for (int i = 0; i < PER_HAND; i++) {
                        int found =
                                recognised(server, Hands.written(hand, random).png(8, 8));
                        written++;
                        right += found == digit ? 1 : 0;
                        if (found != digit) {
                            mistakes.merge(digit + " read as " + found, 1, Integer::sum);
                        }
                    }
                }
            }
        }

        System.out.println("digits of many hands: " + right + " of " + written + " right, " + mistakes);
        assertThat((double) right / written).as("%s", mistakes).isGreaterThan(0.85);
    }

    @Test
    void a_small_drawing_in_a_corner_is_the_same_as_a_large_one() {
        List<Point> large = List.of(new Point(20, 10), new Point(80, 10), new Point(40, 90));
        List<Point> small = large.stream()
                .map(point -> new Point(300 + point.x() / 4, 400 + point.y() / 4))
                .toList();

        assertThat(new Drawing(List.of(small)).png(8, 8)).isEqualTo(new Drawing(List.of(large)).png(8, 8));
    }

    @Test
    void a_small_image_is_filled_from_top_to_bottom_and_stands_in_the_middle() throws Exception {
        Raster image = read(new Drawing(List.of(List.of(new Point(5, 0), new Point(5, 70)))).png(8, 8));

        assertThat(image.getSample(3, 0, 0)).isPositive().isEqualTo(image.getSample(4, 0, 0));
        assertThat(image.getSample(3, 7, 0)).isPositive().isEqualTo(image.getSample(4, 7, 0));
        assertThat(image.getSample(0, 4, 0)).isZero();
    }

    @Test
    void a_larger_image_has_a_margin_and_the_ink_in_its_middle() throws Exception {
        Raster image =
                read(new Drawing(List.of(List.of(new Point(0, 0), new Point(0, 90), new Point(30, 90)))).png(28, 28));

        double ink = 0;
        double across = 0;
        for (int row = 0; row < 28; row++) {
            for (int column = 0; column < 28; column++) {
                ink += image.getSample(column, row, 0);
                across += image.getSample(column, row, 0) * (column + 0.5);
            }
        }
        assertThat(across / ink).isBetween(13.5, 14.5);
        assertThat(image.getSample(0, 14, 0) + image.getSample(27, 14, 0)).isZero();
    }

    @Test
    void a_dot_is_a_dot() throws Exception {
        Raster image = read(new Drawing(List.of(List.of(new Point(7, 7)))).png(8, 8));

        assertThat(image.getSample(3, 3, 0)).isPositive();
        assertThat(image.getSample(1, 1, 0)).isZero();
    }

    @Test
    void what_is_no_drawing_is_refused(@TempDir Path data) throws Exception {
        assertThatThrownBy(() -> new Drawing(List.of(List.of()))).hasMessageContaining("at least one point");
        try (Running server = Running.on(data)) {
            for (String body : List.of(
                    "{\"height\":8,\"width\":8,\"strokes\":[]}",
                    "{\"height\":8,\"width\":8,\"strokes\":[[[1]]]}",
                    "{\"height\":8000,\"width\":8,\"strokes\":[[[1,2]]]}",
                    "{\"height\":8,\"width\":8,\"strokes\":[[[1,null]]]}",
                    "{\"height\":8,\"width\":8,\"strokes\":[null]}",
                    "{\"height\":8,\"width\":8}",
                    "[]")) {
                assertThat(server.post("/api/v1/drawings", body).statusCode())
                        .as(body)
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void a_page_gets_its_drawing_as_png(@TempDir Path data) throws Exception {
        try (Running server = Running.on(data)) {
            HttpResponse<byte[]> answer = server.client()
                    .send(
                            server.to("/api/v1/drawings")
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(
                                            "{\"height\":8,\"width\":8,\"strokes\":[[[1,1],[1,9.5]]]}"))
                                    .build(),
                            BodyHandlers.ofByteArray());

            assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/png");
            assertThat(read(answer.body()).getWidth()).isEqualTo(8);
        }
    }

    private static int recognised(Running server, byte[] png) throws Exception {
        HttpResponse<String> answer = server.send(server.to("/v2/models/" + Digits.NAME + "/infer")
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofByteArray(png)));
        JsonNode shares = Running.json(answer).get("outputs").get(0).get("data");
        int best = 0;
        for (int digit = 1; digit < 10; digit++) {
            best = shares.get(digit).asDouble() > shares.get(best).asDouble() ? digit : best;
        }
        return best;
    }

    private static Raster read(byte[] png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png)).getRaster();
    }
}
