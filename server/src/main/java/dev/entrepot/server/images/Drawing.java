package dev.entrepot.server.images;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;

/**
 * What somebody drew, as strokes of a pen. People draw large or small, in a corner, with a thin pen; networks were trained on digits that a scanner's
 * software had cut out, scaled to one size and centred. So the strokes are scaled and centred first and drawn then, with a pen whose breadth goes with
 * the image and not with the hand.
 *
 * <p>Images up to 16 pixels high are filled by the drawing, as in the UCI digits of scikit-learn, where 32 x 32 bitmaps cut to the digit were counted
 * in blocks of 4 x 4; larger ones have a margin of a seventh and the centre of the ink in their middle, as in MNIST.
 *
 * @param strokes the strokes, at least one; each at least one point [x, y], y downwards, in any unit
 */
public record Drawing(List<List<Point>> strokes) {

    /** How much finer the strokes are drawn than the image is. */
    private static final int FINE = 16;

    private static final int LARGEST_FILLED = 16;
    /** Of the image's size: the pen, and how far a drawing may be broad, where it fills the image. */
    private static final double FILLED_PEN = 0.15;

    private static final double FILLED_BREADTH = 0.80;
    private static final double PEN = 0.10;

    /** @throws IllegalArgumentException if there is no point, or one is no number */
    public Drawing {
        strokes = strokes.stream().map(List::copyOf).toList();
        if (strokes.stream().allMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a drawing has at least one point");
        }
    }

    /**
     * A place that the pen was at.
     *
     * @param x from the left
     * @param y from above
     */
    public record Point(double x, double y) {
        /** @throws IllegalArgumentException if it is not finite */
        public Point {
            if (!Double.isFinite(x) || !Double.isFinite(y)) {
                throw new IllegalArgumentException("a point is two numbers, got " + x + ", " + y);
            }
        }
    }

    /** The drawing as a grey PNG of this size, ink white on black. */
    public byte[] png(int height, int width) {
        boolean isFilled = height <= LARGEST_FILLED;
        double pen = (isFilled ? FILLED_PEN : PEN) * height * FINE;
        double margin = isFilled ? 0 : height * FINE / 7.0;
        double tall = height * FINE - 2 * margin - pen;
        double broad = isFilled ? FILLED_BREADTH * width * FINE - pen : width * FINE - 2 * margin - pen;
        Raster fine = drawn(height * FINE, width * FINE, pen, tall, broad, !isFilled);
        return encoded(fine.resize(height, width));
    }

    private Raster drawn(int height, int width, double pen, double tall, double broad, boolean byWeight) {
        double left = least(Point::x);
        double top = least(Point::y);
        double drawnBroad = -least(point -> -point.x()) - left;
        double drawnTall = -least(point -> -point.y()) - top;
        double scale = Math.min(tall / Math.max(drawnTall, 1e-9), broad / Math.max(drawnBroad, 1e-9));
        // A dot stays a dot.
        scale = Double.isFinite(scale) && drawnTall + drawnBroad > 0 ? scale : 1;
        double x = (width - drawnBroad * scale) / 2 - left * scale;
        double y = (height - drawnTall * scale) / 2 - top * scale;
        Raster once = inked(height, width, pen, scale, x, y);
        if (!byWeight) {
            return once;
        }
        double[] centre = centre(once);
        return inked(height, width, pen, scale, x + width / 2.0 - centre[0], y + height / 2.0 - centre[1]);
    }

    private Raster inked(int height, int width, double pen, double scale, double x, double y) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setColor(Color.WHITE);
        graphics.setStroke(new BasicStroke((float) pen, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (List<Point> stroke : strokes) {
            if (!stroke.isEmpty()) {
                graphics.draw(path(stroke, scale, x, y));
            }
        }
        graphics.dispose();
        return Raster.of(
                height, width, 1, (row, column, channel) -> image.getRaster().getSample(column, row, 0));
    }

    private static Path2D path(List<Point> stroke, double scale, double x, double y) {
        Path2D path = new Path2D.Double();
        Point first = stroke.get(0);
        path.moveTo(first.x() * scale + x, first.y() * scale + y);
        for (Point point : stroke) {
            path.lineTo(point.x() * scale + x, point.y() * scale + y);
        }
        return path;
    }

    private double least(ToDoubleFunction<Point> number) {
        return strokes.stream().flatMap(List::stream).mapToDouble(number).min().orElseThrow();
    }

    private static double[] centre(Raster image) {
        double ink = 0;
        double x = 0;
        double y = 0;
        for (int row = 0; row < image.height(); row++) {
            for (int column = 0; column < image.width(); column++) {
                float value = image.at(row, column, 0);
                ink += value;
                x += value * (column + 0.5);
                y += value * (row + 0.5);
            }
        }
        return ink == 0 ? new double[] {image.width() / 2.0, image.height() / 2.0} : new double[] {x / ink, y / ink};
    }

    private static byte[] encoded(Raster image) {
        BufferedImage gray = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
        for (int row = 0; row < image.height(); row++) {
            for (int column = 0; column < image.width(); column++) {
                gray.getRaster().setSample(column, row, 0, Math.round(image.at(row, column, 0)));
            }
        }
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(gray, "png", png);
            return png.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
