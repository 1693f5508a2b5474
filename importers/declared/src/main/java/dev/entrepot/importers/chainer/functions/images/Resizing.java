package dev.entrepot.importers.chainer.functions.images;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.chainer.functions.entries.KnownArrays;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Images of other sizes. Source: chainer/functions/array/resize_images.py, compute_indices_and_weights. */
public final class Resizing {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("resize_images(x, output_shape, *, mode='bilinear', align_corners=True)", Resizing::resizeImages));
    // spotless:on

    private Resizing() {}

    private static Value resizeImages(FunctionCall call) {
        Value x = call.value("x");
        List<SizeExpr> shape = KnownArrays.wholes(call, "output_shape");
        if (shape.size() != 2 || call.rank(x) != 4) {
            throw call.malformed("resizes an array of shape " + x.shape() + " to "
                    + call.get("output_shape").sort() + ", expected [N, C, H, W] and two sizes");
        }
        return switch (call.text("mode")) {
            case "bilinear" ->
                resized(
                        call,
                        x,
                        shape,
                        Attributes.of("mode", "linear")
                                .with(
                                        "coordinate_transformation_mode",
                                        call.flag("align_corners") ? "align_corners" : "half_pixel"));
            case "nearest" -> nearest(call, x, shape);
            default ->
                throw call.malformed("mode is \"" + call.text("mode") + "\", expected \"bilinear\" or \"nearest\"");
        };
    }

    private static Value resized(FunctionCall call, Value x, List<SizeExpr> shape, Attributes attributes) {
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(x).subList(0, 2));
        sizes.addAll(shape);
        if (sizes.equals(call.sizes(x))) {
            return x;
        }
        Value made = call.add(
                "Resize", attributes.with("axes", new long[] {2, 3}), x, Value.NONE, Value.NONE, call.vector(shape));
        return call.sized(made, sizes);
    }

    /** Where sizes are known, by whole factors or by the indices themselves: ONNX Runtime divides in float32 and may round otherwise. */
    private static Value nearest(FunctionCall call, Value x, List<SizeExpr> shape) {
        boolean indexed = false;
        for (int i = 0; i < 2; i++) {
            SizeExpr from = call.size(x, 2 + i);
            SizeExpr to = shape.get(i);
            indexed |= from.isNumber() && to.isNumber() && !to.modulo(from).is(0);
        }
        if (!indexed) {
            return resized(
                    call,
                    x,
                    shape,
                    Attributes.of("mode", "nearest")
                            .with("coordinate_transformation_mode", "asymmetric")
                            .with("nearest_mode", "floor"));
        }
        return gathered(call, gathered(call, x, 2, shape.get(0)), 3, shape.get(1));
    }

    private static Value gathered(FunctionCall call, Value x, int axis, SizeExpr wanted) {
        long from = call.knownSize(x, axis);
        long to = wanted.number()
                .orElseThrow(() -> call.unsupported(
                        "resizes to " + wanted + ", which must be known; give the input's sizes as numbers"));
        double scale = (double) from / to;
        long[] indices = LongStream.range(0, to)
                .map(i -> (long) Math.min(Math.floor(i * scale), from - 1))
                .toArray();
        return from == to ? x : call.add("Gather", Attributes.of("axis", axis), x, call.vector(indices));
    }
}
