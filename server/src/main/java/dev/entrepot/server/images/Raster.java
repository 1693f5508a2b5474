package dev.entrepot.server.images;

import java.util.Arrays;

/** Pixels: height by width by channels, row-major. */
final class Raster {

    private final int height;
    private final int width;
    private final int channels;
    private final float[] values;

    Raster(int height, int width, int channels, float[] values) {
        if (values.length != Math.multiplyExact(Math.multiplyExact(height, width), channels)) {
            throw new IllegalArgumentException(
                    values.length + " values are no " + height + " x " + width + " x " + channels);
        }
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.values = values;
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    int channels() {
        return channels;
    }

    float at(int row, int column, int channel) {
        return values[(row * width + column) * channels + channel];
    }

    /** A function of a pixel's place. */
    interface Pixel {
        float at(int row, int column, int channel);
    }

    /** An image of these pixels. */
    static Raster of(int height, int width, int channels, Pixel pixel) {
        float[] values = new float[Math.multiplyExact(Math.multiplyExact(height, width), channels)];
        int index = 0;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                for (int channel = 0; channel < channels; channel++) {
                    values[index++] = pixel.at(row, column, channel);
                }
            }
        }
        return new Raster(height, width, channels, values);
    }

    /** The part that begins at a row and column. */
    Raster crop(int top, int left, int newHeight, int newWidth) {
        return of(newHeight, newWidth, channels, (row, column, channel) -> at(top + row, left + column, channel));
    }

    /**
     * Another size: bilinear where it grows, the mean of the covered area where it shrinks, each axis by itself. Pixels' centres lie at halves, as
     * in OpenCV.
     */
    Raster resize(int newHeight, int newWidth) {
        float[][] rows = weights(height, newHeight);
        float[][] columns = weights(width, newWidth);
        Raster wide = of(height, newWidth, channels, (row, column, channel) -> {
            float sum = 0;
            for (int from = 0; from < width; from++) {
                sum += columns[column][from] == 0 ? 0 : columns[column][from] * at(row, from, channel);
            }
            return sum;
        });
        return of(newHeight, newWidth, channels, (row, column, channel) -> {
            float sum = 0;
            for (int from = 0; from < height; from++) {
                sum += rows[row][from] == 0 ? 0 : rows[row][from] * wide.at(from, column, channel);
            }
            return sum;
        });
    }

    private static float[][] weights(int from, int to) {
        float[][] weights = new float[to][from];
        double scale = (double) from / to;
        for (int target = 0; target < to; target++) {
            if (scale > 1) {
                cover(weights[target], target * scale, (target + 1) * scale);
            } else {
                double centre = Math.max(0, (target + 0.5) * scale - 0.5);
                int low = (int) Math.min(centre, from - 1);
                float share = (float) (centre - low);
                weights[target][low] += 1 - share;
                weights[target][Math.min(low + 1, from - 1)] += share;
            }
        }
        return weights;
    }

    private static void cover(float[] weights, double start, double end) {
        for (int pixel = (int) start; pixel < weights.length && pixel < end; pixel++) {
            double covered = Math.min(end, pixel + 1) - Math.max(start, pixel);
            weights[pixel] = (float) (covered / (end - start));
        }
    }

    @Override
    public String toString() {
        return height + " x " + width + " x " + channels + " " + Arrays.toString(Arrays.copyOf(values, 4));
    }
}
