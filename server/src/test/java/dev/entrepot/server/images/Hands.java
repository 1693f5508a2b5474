package dev.entrepot.server.images;

import dev.entrepot.server.images.Drawing.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Digits as several people write them, stroke by stroke on a square of 100 by 100, and what an unsteady hand makes of them. */
final class Hands {

    private Hands() {}

    /** The ways of writing each digit. */
    static final List<List<List<List<Point>>>> DIGITS = List.of(
            List.of(
                    List.of(arc(50, 50, 26, 40, -90, 270)),
                    List.of(arc(50, 50, 34, 38, -60, 285)),
                    List.of(arc(48, 52, 22, 42, 250, -100))),
            List.of(
                    List.of(line(50, 10, 50, 90)),
                    List.of(line(34, 30, 52, 10, 52, 92)),
                    List.of(line(60, 8, 42, 92)),
                    List.of(line(36, 28, 54, 10, 52, 90), line(36, 90, 68, 90))),
            List.of(
                    List.of(join(arc(48, 32, 25, 22, -165, 40), line(20, 90, 80, 90))),
                    List.of(join(arc(50, 30, 22, 20, -150, 60), line(24, 88, 40, 82, 58, 90, 82, 84))),
                    List.of(line(26, 26, 44, 10, 68, 16, 72, 34, 52, 60, 22, 90, 80, 88))),
            List.of(
                    List.of(join(arc(46, 30, 24, 20, -150, 80), arc(46, 70, 28, 22, -80, 150))),
                    List.of(line(24, 12, 74, 12, 46, 42, 72, 56, 72, 80, 46, 92, 22, 82)),
                    List.of(join(arc(44, 28, 20, 18, -140, 90), arc(44, 68, 26, 22, -90, 140)))),
            List.of(
                    List.of(line(58, 8, 20, 62, 82, 62), line(64, 34, 60, 94)),
                    List.of(line(28, 10, 24, 54, 78, 52), line(68, 10, 64, 92)),
                    List.of(line(70, 92, 70, 10, 20, 66, 86, 66))),
            List.of(
                    List.of(join(line(32, 12, 30, 46), arc(46, 68, 28, 24, -120, 150)), line(32, 12, 76, 12)),
                    List.of(join(line(76, 10, 32, 12, 28, 44), arc(48, 66, 26, 24, -100, 140))),
                    List.of(line(74, 10, 34, 10, 30, 46, 58, 44, 74, 62, 66, 84, 42, 92, 22, 84))),
            List.of(
                    List.of(join(line(62, 8, 38, 36), arc(50, 68, 24, 24, -160, 200))),
                    List.of(join(arc(64, 50, 38, 42, -100, -200), arc(50, 72, 24, 20, 200, 540))),
                    List.of(line(58, 8, 36, 36, 28, 64, 34, 86, 54, 92, 72, 80, 68, 62, 50, 56, 32, 66))),
            List.of(
                    List.of(line(22, 12, 78, 12, 42, 92)),
                    List.of(line(22, 14, 76, 12, 46, 90), line(34, 50, 72, 50)),
                    List.of(join(line(20, 24, 24, 12), line(80, 12, 56, 48, 48, 92)))),
            List.of(
                    List.of(join(arc(50, 30, 20, 20, 90, 450), arc(50, 70, 25, 21, -90, 270))),
                    List.of(line(
                            70, 20, 50, 10, 32, 22, 40, 40, 64, 58, 70, 76, 50, 92, 30, 78, 38, 58, 62, 40, 70, 20)),
                    List.of(arc(50, 29, 18, 18, 0, 360), arc(50, 69, 24, 22, 0, 360))),
            List.of(
                    List.of(join(arc(50, 32, 24, 22, 0, -360), line(73, 40, 66, 92))),
                    List.of(join(arc(48, 32, 22, 22, 20, -340), line(70, 34, 70, 70), arc(50, 72, 20, 18, 0, 130))),
                    List.of(line(70, 22, 50, 10, 30, 24, 34, 44, 54, 48, 70, 34, 70, 22, 68, 60, 58, 92))));

    /** A way of writing as an unsteady hand writes it: small or large, somewhere, sheared, narrow or broad, every point a little off. */
    static Drawing written(List<List<Point>> strokes, Random random) {
        double size = 0.25 + 0.75 * random.nextDouble();
        double shear = -0.22 + 0.34 * random.nextDouble();
        double breadth = 0.85 + 0.3 * random.nextDouble();
        double x = 180 * random.nextDouble();
        double y = 180 * random.nextDouble();
        return new Drawing(strokes.stream()
                .map(stroke -> stroke.stream()
                        .map(point -> new Point(
                                x + size * (breadth * point.x() - shear * point.y() + 1.6 * random.nextGaussian()),
                                y + size * (point.y() + 1.6 * random.nextGaussian())))
                        .toList())
                .toList());
    }

    private static List<Point> line(double... numbers) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < numbers.length; i += 2) {
            points.add(new Point(numbers[i], numbers[i + 1]));
        }
        return points;
    }

    /** Part of an ellipse; angles in degrees, clockwise from the right. */
    private static List<Point> arc(double cx, double cy, double rx, double ry, double from, double to) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i <= 24; i++) {
            double angle = Math.toRadians(from + (to - from) * i / 24);
            points.add(new Point(cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)));
        }
        return points;
    }

    @SafeVarargs
    private static List<Point> join(List<Point>... parts) {
        List<Point> whole = new ArrayList<>();
        for (List<Point> part : parts) {
            whole.addAll(part);
        }
        return whole;
    }
}
