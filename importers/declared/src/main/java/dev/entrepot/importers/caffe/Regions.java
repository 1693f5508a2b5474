package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;

/** Layers that pool the features [N, C, H, W] under each region of [R, 5]: item, xmin, ymin, xmax, ymax in pixels. */
final class Regions {

    private static final int DOUBLE = 11;

    private Regions() {}

    /**
     * [R, C, pooled_h, pooled_w] maxima over whole cells; a bin without cells is 0. ONNX's MaxRoiPool rounds and cuts the same way.
     * Source: rbgirshick/caffe-fast-rcnn roi_pooling_layer.cpp.
     */
    static Value roiPooling(LoweringContext layer) {
        Parameters parameters = layer.parameters("roi_pooling_param");
        long[] pooled = pooled(layer, parameters);
        Attributes attributes =
                Attributes.of("pooled_shape", pooled).with("spatial_scale", parameters.floatOr("spatial_scale", 1));
        return layer.add("MaxRoiPool", attributes, layer.input(0), layer.reshape(layer.input(1), -1, 5));
    }

    private static long[] pooled(LoweringContext layer, Parameters parameters) {
        long height = parameters.longOr("pooled_h", 0);
        long width = parameters.longOr("pooled_w", 0);
        if (height <= 0 || width <= 0) {
            throw layer.malformed("pooled_h " + height + " and pooled_w " + width + " must be above 0");
        }
        return new long[] {height, width};
    }

    /** [R, C, pooled_h, pooled_w] averages of samples between cells. Source: ONNX RoiAlign, as Detectron and ncnn compute it. */
    static Value roiAlign(LoweringContext layer) {
        Parameters parameters = layer.parameters("roi_align_param");
        long[] pooled = pooled(layer, parameters);
        layer.approximation(
                "forks give this name to different layers; it is computed as Detectron does: the average of "
                        + (parameters.has("sampling_ratio") ? "sampling_ratio" : "as many as a bin is long")
                        + " bilinear samples along each side of a bin");
        Attributes attributes = Attributes.of("mode", "avg")
                .with("coordinate_transformation_mode", "output_half_pixel")
                .with("output_height", pooled[0])
                .with("output_width", pooled[1])
                .with("sampling_ratio", Math.max(0, parameters.longOr("sampling_ratio", 0)))
                .with("spatial_scale", parameters.floatOr("spatial_scale", 1));
        Value rois = layer.reshape(layer.input(1), -1, 5);
        Value items = layer.reshape(Boxes.toLong(layer, Boxes.part(layer, rois, 0, 1)), -1);
        return layer.add("RoiAlign", attributes, layer.input(0), Boxes.part(layer, rois, 1, 5), items);
    }

    /**
     * [N, output_dim * G * G, H, W] -> [R, output_dim, G, G]: each bin is the average of its own channels over whole cells, 0 without
     * cells. Sums come from a table of sums in double precision. Source: daijifeng001/caffe-rfcn psroi_pooling_layer.cu.
     */
    static Value psRoiPooling(LoweringContext layer) {
        Parameters parameters = layer.parameters("psroi_pooling_param");
        Value x = layer.input(0);
        long outputs = parameters.longOr("output_dim", 0);
        long groups = parameters.longOr("group_size", 0);
        if (outputs <= 0 || groups <= 0 || layer.rank(x) != 4 || layer.size(x, 1) != outputs * groups * groups) {
            throw layer.malformed("output_dim " + outputs + " times the square of group_size " + groups
                    + " is not the number of channels of its bottom, " + x.shape());
        }
        Value rois = layer.reshape(layer.input(1), -1, 5);
        Value scale = layer.scalar(parameters.requireFloat("spatial_scale"));
        Value rounded = rounded(layer, Boxes.part(layer, rois, 1, 5));
        Value start = layer.add("Mul", Boxes.low(layer, rounded), scale);
        Value end = layer.add("Mul", layer.add("Add", Boxes.high(layer, rounded), layer.scalar(1)), scale);
        Value size = layer.add("Max", layer.add("Sub", end, start), layer.scalar(0.1f));
        Value bin = layer.add("Div", size, layer.scalar(groups));
        // [G * G, 1, 2]: the place of each bin, x first.
        Value first = edges(layer, bin, start, places(layer, groups, 0), "Floor");
        Value last = edges(layer, bin, start, places(layer, groups, 1), "Ceil");
        return averages(layer, rois, outputs, groups, first, last);
    }

    /** The nearest whole number; a half goes away from 0, as C's round does. */
    private static Value rounded(LoweringContext layer, Value value) {
        Value up = layer.add("Floor", layer.add("Add", layer.add("Abs", value), layer.scalar(0.5f)));
        return layer.add("Mul", layer.add("Sign", value), up);
    }

    private static Value places(LoweringContext layer, long groups, int further) {
        float[] places = new float[Math.toIntExact(groups * groups * 2)];
        for (int i = 0; i < places.length / 2; i++) {
            places[2 * i] = i % groups + further;
            places[2 * i + 1] = i / groups + further;
        }
        return layer.graph().constant("bins", Tensor.of(Shape.of(groups * groups, 1, 2), places));
    }

    /** [G * G, R, 2] of whole cells within the plane, x first. */
    private static Value edges(LoweringContext layer, Value bin, Value start, Value places, String round) {
        Value edge = layer.add(round, layer.add("Add", layer.add("Mul", places, bin), start));
        Value plane = layer.add("Shape", Attributes.of("start", 2), layer.input(0));
        Value most = Boxes.toFloat(layer, layer.add("Gather", plane, layer.ints(1, 0)));
        return Boxes.toLong(layer, layer.add("Min", layer.add("Max", edge, layer.scalar(0)), most));
    }

    private static Value averages(
            LoweringContext layer, Value rois, long outputs, long groups, Value first, Value last) {
        Value table = sums(layer, outputs, groups);
        Value item = Boxes.toLong(layer, Boxes.part(layer, rois, 0, 1));
        Value shape = layer.add(
                "Concat",
                Attributes.of("axis", 0),
                layer.add("Shape", Attributes.of("start", 0).with("end", 2), first),
                layer.ints(1));
        Value items = layer.add("Expand", item, shape);
        long[] numbers = new long[Math.toIntExact(groups * groups)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        Value bins = layer.add("Expand", layer.reshape(layer.ints(numbers), -1, 1, 1), shape);
        Value left = Boxes.part(layer, first, 0, 1);
        Value top = Boxes.part(layer, first, 1, 2);
        Value right = Boxes.part(layer, last, 0, 1);
        Value bottom = Boxes.part(layer, last, 1, 2);
        Value lower = layer.add(
                "Sub",
                corner(layer, table, items, bins, bottom, right),
                corner(layer, table, items, bins, bottom, left));
        Value upper = layer.add(
                "Sub", corner(layer, table, items, bins, top, right), corner(layer, table, items, bins, top, left));
        Value extent =
                layer.add("Max", layer.add("Sub", last, first), layer.graph().integer("none", 0));
        Value area = layer.add("ReduceProd", extent, layer.ints(2));
        Value divisor = layer.add("Max", area, layer.graph().integer("one", 1));
        Value isFull = layer.add("Greater", area, layer.graph().integer("empty", 0));
        Value sum = layer.add("Sub", lower, upper);
        Value average = layer.add("Div", sum, layer.add("Cast", Attributes.of("to", DOUBLE), divisor));
        Value filled = layer.add("Where", isFull, layer.add("Cast", Attributes.of("to", 1), average), layer.scalar(0));
        // [G * G, R, O] -> [R, O, G, G]
        return layer.reshape(
                layer.add("Transpose", Attributes.of("perm", 1, 2, 0), filled), -1, outputs, groups, groups);
    }

    /** [N, G * G, H + 1, W + 1, O]: the sums of all cells above and left of a place. */
    private static Value sums(LoweringContext layer, long outputs, long groups) {
        Value exact = layer.add("Cast", Attributes.of("to", DOUBLE), layer.input(0));
        Value zero = layer.graph().constant("zero", Tensor.of(Shape.SCALAR, 0.0));
        Value padded = layer.add("Pad", exact, layer.ints(0, 0, 1, 1, 0, 0, 0, 0), zero);
        Value down = layer.add("CumSum", padded, layer.graph().integer("rows", 2));
        Value table = layer.add("CumSum", down, layer.graph().integer("columns", 3));
        Value plane = layer.add("Shape", Attributes.of("start", 2), table);
        Value shape = layer.add("Concat", Attributes.of("axis", 0), layer.ints(0, outputs, groups * groups), plane);
        Value byBin = layer.add("Reshape", table, shape);
        return layer.add("Transpose", Attributes.of("perm", 0, 2, 3, 4, 1), byBin);
    }

    private static Value corner(LoweringContext layer, Value table, Value items, Value bins, Value row, Value column) {
        return layer.add("GatherND", table, Boxes.join(layer, items, bins, row, column));
    }
}
