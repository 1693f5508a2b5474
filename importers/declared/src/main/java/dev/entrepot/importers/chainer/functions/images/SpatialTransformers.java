package dev.entrepot.importers.chainer.functions.images;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Spatial transformers. Source: chainer/functions/array/spatial_transformer_grid.py, spatial_transformer_sampler.py. */
public final class SpatialTransformers {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("spatial_transformer_grid(theta, output_shape)", SpatialTransformers::grid),
            one("spatial_transformer_sampler(x, grid)", SpatialTransformers::sampler));
    // spotless:on

    private SpatialTransformers() {}

    /** Each place of the output, from -1 to 1, under an affine map: [B, 2, 3] -> [B, 2, H, W]. */
    private static Value grid(FunctionCall call) {
        Value theta = call.value("theta");
        long[] shape = call.wholes("output_shape");
        if (shape.length != 2 || call.rank(theta) != 3) {
            throw call.malformed("makes a grid of " + call.get("output_shape").sort() + " by maps of shape "
                    + theta.shape() + ", expected two sizes and [B, 2, 3]");
        }
        int height = Math.toIntExact(shape[0]);
        int width = Math.toIntExact(shape[1]);
        double[] places = new double[Math.multiplyExact(3, Math.multiplyExact(height, width))];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                places[at] = spread(x, width);
                places[height * width + at] = spread(y, height);
                places[2 * height * width + at] = 1;
            }
        }
        float[] single = new float[places.length];
        for (int i = 0; i < single.length; i++) {
            single[i] = (float) places[i];
        }
        Shape size = Shape.of(3, (long) height * width);
        Value coordinates = theta.dataType() == dev.entrepot.tensor.DataType.DOUBLE
                ? call.constant(Tensor.of(size, places))
                : call.cast(call.constant(Tensor.of(size, single)), theta.dataType());
        List<SizeExpr> sizes =
                new ArrayList<>(List.of(call.size(theta, 0), SizeExpr.of(2), SizeExpr.of(height), SizeExpr.of(width)));
        return call.reshape(call.add("MatMul", theta, coordinates), sizes);
    }

    /** The i-th of some numbers from -1 to 1, evenly spread; a single one is -1, as of numpy.linspace. */
    private static double spread(int i, int count) {
        return count == 1 ? -1 : -1 + i * (2.0 / (count - 1));
    }

    /** Between the image and its outside, which is 0, pixels are mixed: [B, C, H, W] at [B, 2, h, w] -> [B, C, h, w]. */
    private static Value sampler(FunctionCall call) {
        Value x = call.value("x");
        Value grid = call.cast(call.value("grid"), x.dataType());
        Value sampled = call.add(
                "GridSample",
                Attributes.of("align_corners", 1).with("padding_mode", "zeros").with("mode", "linear"),
                x,
                call.transpose(grid, 0, 2, 3, 1));
        return call.sized(sampled, List.of(call.size(x, 0), call.size(x, 1), call.size(grid, 2), call.size(grid, 3)));
    }
}
