package dev.entrepot.server.portal;

import dev.entrepot.server.images.Drawing;
import dev.entrepot.server.images.Drawing.Point;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes of a drawing the image that a model expects. */
@Controller("/api/v1/drawings")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Inference")
final class DrawingController {

    private static final int LARGEST = 64;
    private static final int MOST_POINTS = 20_000;

    /**
     * A drawing.
     *
     * @param height the height of the image that is wanted, 4 to 64
     * @param width its width
     * @param strokes the strokes of the pen, each a list of points [x, y], y downwards, in any unit
     */
    @Serdeable
    record Request(int height, int width, List<List<List<Double>>> strokes) {}

    /** The drawing, cut out, scaled and centred: a grey PNG of this size, ink white on black. */
    @Post(produces = MediaType.IMAGE_PNG)
    HttpResponse<byte[]> drawing(@Body Request request) {
        if (request.height() < 4 || request.height() > LARGEST || request.width() < 4 || request.width() > LARGEST) {
            throw bad("height and width are 4 to " + LARGEST + ", got " + request.height() + " and " + request.width());
        }
        if (points(request.strokes()) > MOST_POINTS) {
            throw bad("a drawing is a list of strokes with up to " + MOST_POINTS + " points");
        }
        return HttpResponse.ok(read(request.strokes()).png(request.height(), request.width()));
    }

    private static long points(@Nullable List<@Nullable List<List<Double>>> strokes) {
        if (strokes == null || strokes.stream().anyMatch(Objects::isNull)) {
            return Long.MAX_VALUE;
        }
        return strokes.stream().mapToLong(List::size).sum();
    }

    private static Drawing read(List<List<List<Double>>> strokes) {
        try {
            return new Drawing(strokes.stream()
                    .map(stroke -> stroke.stream().map(DrawingController::point).toList())
                    .toList());
        } catch (IllegalArgumentException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    /** JSON's null comes in as well. */
    private static Point point(@Nullable List<@Nullable Double> numbers) {
        if (numbers != null && numbers.size() == 2) {
            Double x = numbers.get(0);
            Double y = numbers.get(1);
            if (x != null && y != null) {
                return new Point(x, y);
            }
        }
        throw new IllegalArgumentException("a point is two numbers, got " + numbers);
    }

    private static ProblemException bad(String detail) {
        return new ProblemException(Kind.BAD_REQUEST, detail);
    }
}
