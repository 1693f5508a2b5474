package dev.entrepot.server.images;

import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.zoo.entry.PreprocessingStep;
import java.util.List;
import java.util.Map;

/** Open Model Zoo's steps, as far as they need nothing but the image. Source: tools/accuracy_checker, preprocessor/README.md. */
final class Steps {

    private static final int LARGEST = 4096;

    private Steps() {}

    /**
     * One step.
     *
     * @param height the model's height, 0 where it takes any
     * @param width its width
     */
    static Raster apply(PreprocessingStep step, Raster image, int height, int width) {
        Map<String, Object> parameters = step.parameters();
        return switch (step.type()) {
            case "auto_resize" ->
                image.resize(height == 0 ? image.height() : height, width == 0 ? image.width() : width);
            case "resize" -> resize(parameters, image);
            case "crop" -> crop(parameters, image);
            case "bgr_to_rgb", "rgb_to_bgr" -> swapped(image);
            case "bgr_to_gray" -> gray(image, 2);
            case "rgb_to_gray" -> gray(image, 0);
            case "flip" -> flipped(image, String.valueOf(parameters.getOrDefault("mode", "horizontal")));
            case "normalization" -> normalized(parameters, image);
            default ->
                throw new ProblemException(
                        Kind.BAD_REQUEST, "the server has no preprocessing step \"" + step.type() + "\" yet");
        };
    }

    /** {@code aspect_ratio_scale: width} or {@code greater} keep the shape: the shorter side gets the size. */
    private static Raster resize(Map<String, Object> parameters, Raster image) {
        int height = size(parameters, "dst_height");
        int width = size(parameters, "dst_width");
        if (!parameters.containsKey("aspect_ratio_scale")) {
            return image.resize(height, width);
        }
        boolean isTall = image.height() > image.width();
        double scale = isTall ? (double) width / image.width() : (double) height / image.height();
        return image.resize(scaled(image.height(), scale), scaled(image.width(), scale));
    }

    private static int scaled(int size, double scale) {
        return (int) Math.max(1, Math.min(LARGEST, Math.round(size * scale)));
    }

    /** The middle, as {@code crop} has it by default; {@code central_fraction} takes a share of each side. */
    private static Raster crop(Map<String, Object> parameters, Raster image) {
        Object fraction = parameters.get("central_fraction");
        int height = fraction instanceof Number share
                ? (int) (image.height() * share.doubleValue())
                : Math.min(image.height(), size(parameters, "dst_height"));
        int width = fraction instanceof Number share
                ? (int) (image.width() * share.doubleValue())
                : Math.min(image.width(), size(parameters, "dst_width"));
        return image.crop((image.height() - height) / 2, (image.width() - width) / 2, height, width);
    }

    private static Raster swapped(Raster image) {
        return Raster.of(
                image.height(),
                image.width(),
                image.channels(),
                (row, column, channel) -> image.at(row, column, image.channels() - 1 - channel));
    }

    /** ITU-R BT.601, as OpenCV's {@code cvtColor}. */
    private static Raster gray(Raster image, int red) {
        if (image.channels() == 1) {
            return image;
        }
        return Raster.of(
                image.height(),
                image.width(),
                1,
                (row, column, channel) -> 0.299f * image.at(row, column, red)
                        + 0.587f * image.at(row, column, 1)
                        + 0.114f * image.at(row, column, 2 - red));
    }

    private static Raster flipped(Raster image, String mode) {
        boolean upsideDown = mode.equals("vertical");
        return Raster.of(
                image.height(),
                image.width(),
                image.channels(),
                (row, column, channel) -> upsideDown
                        ? image.at(image.height() - 1 - row, column, channel)
                        : image.at(row, image.width() - 1 - column, channel));
    }

    /** {@code (value - mean) / std}, each a number or one a channel. */
    private static Raster normalized(Map<String, Object> parameters, Raster image) {
        return Raster.of(
                image.height(),
                image.width(),
                image.channels(),
                (row, column, channel) -> (image.at(row, column, channel) - of(parameters, "mean", channel, 0))
                        / of(parameters, "std", channel, 1));
    }

    private static float of(Map<String, Object> parameters, String name, int channel, float usual) {
        Object given = parameters.get(name);
        Object value = given instanceof List<?> list && !list.isEmpty() ? list.get(channel % list.size()) : given;
        if (value == null) {
            return usual;
        }
        try {
            return Float.parseFloat(value.toString());
        } catch (NumberFormatException e) {
            throw new ProblemException(Kind.BAD_REQUEST, "the card's " + name + " is \"" + value + "\", no number");
        }
    }

    private static int size(Map<String, Object> parameters, String name) {
        Object value = parameters.getOrDefault(name, parameters.get("size"));
        if (value instanceof Number size && size.intValue() > 0 && size.intValue() <= LARGEST) {
            return size.intValue();
        }
        throw new ProblemException(
                Kind.BAD_REQUEST, "the card's " + name + " is " + value + ", 1 to " + LARGEST + " is expected");
    }
}
