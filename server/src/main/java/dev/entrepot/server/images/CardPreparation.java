package dev.entrepot.server.images;

import dev.entrepot.onnx.graph.Value;
import dev.entrepot.server.inference.ImagePreparation;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import dev.entrepot.zoo.entry.PreprocessingStep;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Prepares images by the steps of a model's card: [H, W, C] -> [N, C, H, W], or [N, H, W, C] where the model's channels are last. */
public final class CardPreparation implements ImagePreparation {

    private final List<PreprocessingStep> steps;

    /** Steps in the order they are done. */
    public CardPreparation(List<PreprocessingStep> steps) {
        this.steps = List.copyOf(steps);
    }

    @Override
    public Tensor prepare(List<byte[]> images, Value input) {
        Shape shape = input.shape();
        boolean isByte = input.dataType() == DataType.UINT8;
        if (!shape.ranked() || shape.rank() != 4 || !(isByte || input.dataType() == DataType.FLOAT)) {
            throw bad("input \"" + input.name() + "\" is no batch of images");
        }
        boolean channelsLast = isChannels(shape, 3) && !isChannels(shape, 1);
        int heightAxis = channelsLast ? 1 : 2;
        List<Raster> prepared = images.stream()
                .map(image -> prepare(Decoder.decode(image), size(shape, heightAxis), size(shape, heightAxis + 1)))
                .toList();
        if (prepared.isEmpty()) {
            throw bad("input \"" + input.name() + "\" has no image");
        }
        Raster first = prepared.get(0);
        if (prepared.stream().anyMatch(image -> image.height() != first.height() || image.width() != first.width())) {
            throw bad("the images have different sizes once they are prepared");
        }
        return tensor(prepared, isByte, channelsLast);
    }

    private Raster prepare(Raster image, int height, int width) {
        Raster current = image;
        for (PreprocessingStep step : steps) {
            current = Steps.apply(step, current, height, width);
        }
        return current;
    }

    private static Tensor tensor(List<Raster> images, boolean isByte, boolean channelsLast) {
        Raster first = images.get(0);
        int height = first.height();
        int width = first.width();
        int channels = first.channels();
        int size = Math.multiplyExact(images.size(), Math.multiplyExact(height, Math.multiplyExact(width, channels)));
        ByteBuffer bytes = ByteBuffer.allocate(isByte ? size : Math.multiplyExact(size, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (Raster image : images) {
            int outer = channelsLast ? 1 : channels;
            int inner = channelsLast ? channels : 1;
            for (int plane = 0; plane < outer; plane++) {
                for (int row = 0; row < height; row++) {
                    for (int column = 0; column < width; column++) {
                        for (int channel = 0; channel < inner; channel++) {
                            put(bytes, isByte, image.at(row, column, plane + channel));
                        }
                    }
                }
            }
        }
        Shape shape = channelsLast
                ? Shape.of(images.size(), height, width, channels)
                : Shape.of(images.size(), channels, height, width);
        return new Tensor(isByte ? DataType.UINT8 : DataType.FLOAT, shape, TensorData.of(bytes.array()));
    }

    private static void put(ByteBuffer bytes, boolean isByte, float value) {
        if (isByte) {
            bytes.put((byte) Math.max(0, Math.min(255, Math.round(value))));
        } else {
            bytes.putFloat(value);
        }
    }

    private static boolean isChannels(Shape shape, int axis) {
        return shape.dim(axis).isKnown()
                && (shape.dim(axis).size() == 1 || shape.dim(axis).size() == 3);
    }

    /** The model's size along an axis; 0 where it takes any. */
    private static int size(Shape shape, int axis) {
        return shape.dim(axis).isKnown() ? Math.toIntExact(shape.dim(axis).size()) : 0;
    }

    private static ProblemException bad(String detail) {
        return new ProblemException(Kind.BAD_REQUEST, detail);
    }
}
