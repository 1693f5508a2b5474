package dev.entrepot.importers.chainer.functions.layers;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.List;

/** Pooling over regions of interest. Source: chainer/functions/pooling. */
public final class RoiPooling {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one(
                    "roi_average_align_2d(x, rois, roi_indices, outsize, spatial_scale, sampling_ratio=None)",
                    RoiPooling::roiAverageAlign2d),
            one(
                    "roi_average_pooling_2d(x, rois, roi_indices, outsize, spatial_scale)",
                    call -> pooled(call, RoiPooling::mean)),
            one(
                    "roi_max_align_2d(x, rois, roi_indices, outsize, spatial_scale, sampling_ratio=None)",
                    RoiPooling::roiMaxAlign2d),
            one(
                    "roi_max_pooling_2d(x, rois, roi_indices, outsize, spatial_scale)",
                    call -> pooled(call, RoiPooling::largest)),
            one("roi_pooling_2d(x, rois, outh, outw, spatial_scale)", RoiPooling::roiPooling2d));
    // spotless:on

    private RoiPooling() {}

    /** Corners are rounded half to even, as Python does; ONNX Runtime would round half away from zero. Source: roi_pooling_2d.py. */
    private static Value roiPooling2d(FunctionCall call) {
        Value x = call.value("x");
        Value rois = call.value("rois");
        Value batch = call.slice(rois, 1, 0, 1);
        Value corners = call.add(
                "Round", call.add("Mul", call.slice(rois, 1, 1, 5), call.scalarLike(call.real("spatial_scale"), rois)));
        Attributes attributes = Attributes.of("pooled_shape", new long[] {call.whole("outh"), call.whole("outw")})
                .with("spatial_scale", 1.0f);
        return call.add("MaxRoiPool", attributes, x, call.concat(1, List.of(batch, corners)));
    }

    /** Corners in ONNX's order: x before y. */
    private static Value corners(FunctionCall call) {
        return call.add("Gather", Attributes.of("axis", 1), call.value("rois"), call.vector(1, 0, 3, 2));
    }

    private static Value aligned(FunctionCall call, Value x, long[] outputs, long ratio) {
        Attributes attributes = Attributes.of("mode", "avg")
                .with("coordinate_transformation_mode", "output_half_pixel")
                .with("output_height", outputs[0])
                .with("output_width", outputs[1])
                .with("sampling_ratio", ratio)
                .with("spatial_scale", (float) call.real("spatial_scale"));
        return call.add("RoiAlign", attributes, x, corners(call), call.value("roi_indices", DataType.INT64));
    }

    private static Value roiAverageAlign2d(FunctionCall call) {
        long[] outputs = call.repeated("outsize", 2);
        if (!call.has("sampling_ratio")) {
            return aligned(call, call.value("x"), outputs, 0);
        }
        long[] ratio = call.repeated("sampling_ratio", 2);
        if (ratio[0] == ratio[1]) {
            return aligned(call, call.value("x"), outputs, ratio[0]);
        }
        Value samples = aligned(call, call.value("x"), samples(outputs, ratio), 1);
        return call.add("AveragePool", Attributes.of("kernel_shape", ratio).with("strides", ratio), samples);
    }

    private static long[] samples(long[] outputs, long[] ratio) {
        return new long[] {outputs[0] * ratio[0], outputs[1] * ratio[1]};
    }

    /** The largest of the interpolated samples that lie within the image. ONNX Runtime's own max takes the largest product instead. */
    private static Value roiMaxAlign2d(FunctionCall call) {
        if (!call.has("sampling_ratio")) {
            throw call.unsupported("without a sampling_ratio the number of samples depends on each region");
        }
        Value x = call.value("x");
        long[] outputs = call.repeated("outsize", 2);
        long[] ratio = call.repeated("sampling_ratio", 2);
        Value samples = aligned(call, x, samples(outputs, ratio), 1);
        Value channel = call.slice(x, 1, 0, 1);
        Value ones = call.add("Add", call.add("Mul", channel, call.scalarLike(0, x)), call.scalarLike(1, x));
        Value inside = call.add("Greater", aligned(call, ones, samples(outputs, ratio), 1), call.scalarLike(0.5, x));
        Value counted = call.add("Where", inside, samples, call.scalarLike(Double.NEGATIVE_INFINITY, x));
        Attributes windows = Attributes.of("kernel_shape", ratio).with("strides", ratio);
        return Pooling.withEmptyWindows(call, call.add("MaxPool", windows, counted));
    }

    // --- pooling over whole pixels, a region at a time

    /** Source: roi_max_pooling_2d.py and roi_average_pooling_2d.py, forward_cpu. */
    private static Value pooled(FunctionCall call, Bins bins) {
        Value x = call.value("x");
        long[] outputs = call.repeated("outsize", 2);
        Value rois = call.value("rois");
        Value scaled = call.cast(
                call.add("Round", call.add("Mul", rois, call.scalarLike(call.real("spatial_scale"), rois))),
                DataType.DOUBLE);
        Value rows = inside(call, x, scaled, 0, outputs[0]);
        Value columns = inside(call, x, scaled, 1, outputs[1]);
        Value indices = call.value("roi_indices", DataType.INT64);
        GraphBuilder body = call.builder().subgraph("roi");
        Value index = body.input(indices.name() + ".one", DataType.INT64, Shape.SCALAR);
        Value row = body.input(
                rows.name() + ".one",
                DataType.BOOL,
                Shape.of(List.of(Dim.of(outputs[0]), x.shape().dim(2))));
        Value column = body.input(
                columns.name() + ".one",
                DataType.BOOL,
                Shape.of(List.of(Dim.of(outputs[1]), x.shape().dim(3))));
        Value image = body.add("Gather", x, index);
        body.output(bins.of(body, image, row, column));
        Attributes scan = Attributes.NONE.with("body", body.build()).with("num_scan_inputs", 3);
        Value made = call.add("Scan", 1, scan, List.of(indices, rows, columns)).get(0);
        return call.sized(
                made, List.of(call.size(rois, 0), call.size(x, 1), SizeExpr.of(outputs[0]), SizeExpr.of(outputs[1])));
    }

    /** What becomes of the pixels of a bin. */
    @FunctionalInterface
    private interface Bins {
        /**
         * Pools one image.
         *
         * @param image [C, H, W]
         * @param rows which row belongs to which bin, [bins down, H]
         * @param columns which column belongs to which bin, [bins across, W]
         * @return [C, bins down, bins across]
         */
        Value of(GraphBuilder body, Value image, Value rows, Value columns);
    }

    private static Value largest(GraphBuilder body, Value image, Value rows, Value columns) {
        Value least = body.scalar("least", Double.NEGATIVE_INFINITY, image.dataType());
        Value down = body.add("Where", body.add("Unsqueeze", rows, body.ints("axes", 1, 3)), image, least);
        Attributes over = Attributes.of("keepdims", 0);
        Value reduced = body.add("ReduceMax", over, down, body.ints("axes", 2));
        Value across = body.add("Where", body.add("Unsqueeze", columns, body.ints("axes", 1, 2)), reduced, least);
        Value pooled = body.add("ReduceMax", over, across, body.ints("axes", 3));
        return body.add("Transpose", Attributes.of("perm", 2, 1, 0), pooled);
    }

    private static Value mean(GraphBuilder body, Value image, Value rows, Value columns) {
        Value down = body.add("MatMul", shares(body, rows, image.dataType()), image);
        Value across = body.add("Transpose", Attributes.of("perm", 1, 0), shares(body, columns, image.dataType()));
        return body.add("MatMul", down, across);
    }

    /** One over the number of positions of a bin, at each of them. */
    private static Value shares(GraphBuilder body, Value inside, DataType type) {
        Value ones = body.add("Cast", Attributes.of("to", type.code()), inside);
        Value counts = body.add("ReduceSum", ones, body.ints("axes", 1));
        return body.add("Div", ones, body.add("Max", counts, body.scalar("one", 1, type)));
    }

    /**
     * Whether each position along an axis belongs to each bin of each region: [regions, bins, positions]. In float64, as Chainer computes
     * it. Source: roi_max_pooling_2d.py, _roi_pooling_slice.
     */
    private static Value inside(FunctionCall call, Value x, Value corners, int axis, long bins) {
        Value start = call.slice(corners, 1, axis, axis + 1);
        Value length = call.add("Sub", call.slice(corners, 1, axis + 2, axis + 3), start);
        Value stride = call.add(
                "Div", call.add("Max", length, call.scalar(1, DataType.DOUBLE)), call.scalar(bins, DataType.DOUBLE));
        double[] numbers = new double[Math.toIntExact(bins)];
        double[] next = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
            next[i] = i + 1;
        }
        Value from = edge(call, "Floor", stride, start, numbers);
        Value to = edge(call, "Ceil", stride, start, next);
        Value positions = call.cast(
                call.add(
                        "Range",
                        call.scalar(0, DataType.INT64),
                        call.squeeze(call.vector(List.of(call.size(x, 2 + axis))), 0),
                        call.scalar(1, DataType.INT64)),
                DataType.DOUBLE);
        return call.add("And", call.add("GreaterOrEqual", positions, from), call.add("Less", positions, to));
    }

    private static Value edge(FunctionCall call, String rounding, Value stride, Value start, double[] numbers) {
        Value bins = call.constant(Tensor.of(Shape.of(numbers.length), numbers));
        Value edges = call.add("Add", call.add(rounding, call.add("Mul", stride, bins)), start);
        return call.unsqueeze(edges, 2);
    }
}
