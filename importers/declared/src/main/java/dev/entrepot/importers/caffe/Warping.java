package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;

/** Layers that look at one plane from another's places. Places are read one by one, so the numbers are the forks' own. */
final class Warping {

    private Warping() {}

    /**
     * The image [N, C, H, W] at the places that the flow [N, 2, H, W], x first, points to; beyond the image 0, or not a number. Source:
     * lmb-freiburg/flownet2 flow_warp_layer.cpp, Forward_cpu.
     */
    static Value flowWarp(LoweringContext layer) {
        // The enum begins at 1.
        String fill = layer.parameters("flow_warp_param").enumOr("fill_value", "ZERO", "", "ZERO", "NOT_A_NUMBER");
        Value image = layer.input(0);
        Value flow = layer.input(1);
        int height = Math.toIntExact(layer.size(image, 2));
        int width = Math.toIntExact(layer.size(image, 3));
        if (layer.size(flow, 1) != 2 || layer.size(flow, 2) != height || layer.size(flow, 3) != width) {
            throw layer.malformed("needs a flow [N, 2, " + height + ", " + width + "], got " + flow.shape());
        }
        Plane plane = new Plane(layer, image, height, width);
        Value x = layer.add("Add", channel(layer, flow, 0), grid(layer, height, width, false));
        Value y = layer.add("Add", channel(layer, flow, 1), grid(layer, height, width, true));
        Value inside = layer.add("And", plane.within(x, width), plane.within(y, height));
        Value left = layer.add("Floor", x);
        Value top = layer.add("Floor", y);
        Value right = plane.clamped(layer.add("Add", left, layer.scalar(1)), width);
        Value bottom = plane.clamped(layer.add("Add", top, layer.scalar(1)), height);
        Value alpha = layer.add("Sub", x, left);
        Value beta = layer.add("Sub", y, top);
        Value upper = plane.mixed(plane.at(top, left), plane.at(top, right), alpha);
        Value lower = plane.mixed(plane.at(bottom, left), plane.at(bottom, right), alpha);
        Value outside = layer.scalar(fill.equals("ZERO") ? 0 : Float.NaN);
        Value warped = layer.add("Where", inside, plane.mixed(upper, lower, beta), outside);
        return layer.reshape(warped, 0, 0, height, width);
    }

    /** [N, 1, H * W]. */
    private static Value channel(LoweringContext layer, Value flow, long channel) {
        Value one = layer.add("Slice", flow, layer.ints(channel), layer.ints(channel + 1), layer.ints(1));
        return layer.reshape(one, 0, 1, -1);
    }

    /** The row or column of every place: [1, 1, H * W]. */
    private static Value grid(LoweringContext layer, int height, int width, boolean rows) {
        float[] numbers = new float[Math.multiplyExact(height, width)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = rows ? i / width : i % width;
        }
        return layer.graph().constant(rows ? "rows" : "columns", Tensor.of(Shape.of(1, 1, numbers.length), numbers));
    }

    /** A plane of which places are read: [N, C, H, W] at rows and columns [N, 1, P] -> [N, C, P]. */
    private record Plane(LoweringContext layer, Value image, int height, int width) {

        Value within(Value place, int size) {
            return layer.add(
                    "And",
                    layer.add("GreaterOrEqual", place, layer.scalar(0)),
                    layer.add("Less", place, layer.scalar(size)));
        }

        Value clamped(Value place, int size) {
            return layer.add("Clip", place, layer.scalar(0), layer.scalar(size - 1));
        }

        Value mixed(Value first, Value second, Value part) {
            Value rest = layer.add("Sub", layer.scalar(1), part);
            return layer.add("Add", layer.add("Mul", rest, first), layer.add("Mul", part, second));
        }

        Value at(Value row, Value column) {
            Value rows = Boxes.toLong(layer, clamped(row, height));
            Value columns = Boxes.toLong(layer, clamped(column, width));
            Value place = layer.add("Add", layer.add("Mul", rows, layer.ints(width)), columns);
            Value flat = layer.reshape(image, 0, 0, -1);
            Value items = layer.add("Shape", Attributes.of("start", 0).with("end", 2), image);
            Value count = layer.add("Shape", Attributes.of("start", 2).with("end", 3), place);
            Value shape = layer.add("Concat", Attributes.of("axis", 0), items, count);
            return layer.add("GatherElements", Attributes.of("axis", 2), flat, layer.add("Expand", place, shape));
        }
    }

    /**
     * The bottom [N, C, H, W] seen through an affine map of the unit square, where a row and a column go from -1 to almost 1. Numbers of
     * the map that the parameters fix are not in the second bottom, [N, 6 less those]. Source: daerduoCarey/SpatialTransformerLayer
     * st_layer.cpp, Forward_cpu.
     */
    static Value spatialTransformer(LoweringContext layer) {
        Parameters parameters = layer.parameters("st_param");
        parameters.has("to_compute_dU");
        parameters.has("to_compute_du");
        String transform = parameters.stringOr("transform_type", "affine");
        String sampler = parameters.stringOr("sampler_type", "bilinear");
        if (!transform.equals("affine") || !sampler.equals("bilinear")) {
            throw layer.unsupported(
                    "st_param asks for " + transform + " and " + sampler + ", affine and bilinear are known");
        }
        Value image = layer.input(0);
        int height = Math.toIntExact(layer.size(image, 2));
        int width = Math.toIntExact(layer.size(image, 3));
        int newHeight = given(parameters, "output_H", "output_h", height);
        int newWidth = given(parameters, "output_W", "output_w", width);
        Value places = layer.add("MatMul", theta(layer, parameters), unitGrid(layer, newHeight, newWidth));
        Value row = place(layer, places, 0, height);
        Value column = place(layer, places, 1, width);
        Plane plane = new Plane(layer, image, height, width);
        Value sum = Value.NONE;
        for (int i = 0; i < 4; i++) {
            Value near = next(layer, row, i / 2);
            Value side = next(layer, column, i % 2);
            Value inside = layer.add("And", plane.within(near, height), plane.within(side, width));
            Value weight = layer.add("Mul", closeness(layer, row, near), closeness(layer, column, side));
            Value counted = layer.add("Where", inside, weight, layer.scalar(0));
            Value term = layer.add("Mul", counted, plane.at(near, side));
            sum = sum.isNone() ? term : layer.add("Add", sum, term);
        }
        return layer.reshape(sum, 0, 0, newHeight, newWidth);
    }

    private static int given(Parameters parameters, String name, String other, long absent) {
        return Math.toIntExact(parameters.longOr(name, parameters.longOr(other, absent)));
    }

    /** [N, 2, 3] of which some may be fixed. */
    private static Value theta(LoweringContext layer, Parameters parameters) {
        Value given = layer.reshape(layer.input(1), 0, -1);
        Value items = layer.add("Shape", Attributes.of("start", 0).with("end", 1), given);
        Value shape = layer.add("Concat", Attributes.of("axis", 0), items, layer.ints(1));
        Value[] numbers = new Value[6];
        int next = 0;
        for (int i = 0; i < numbers.length; i++) {
            String name = "theta_" + (i / 3 + 1) + "_" + (i % 3 + 1);
            if (parameters.has(name)) {
                numbers[i] = layer.add("Expand", layer.scalar(parameters.floatOr(name, 0)), shape);
            } else {
                numbers[i] = layer.add("Slice", given, layer.ints(next), layer.ints(next + 1), layer.ints(1));
                next++;
            }
        }
        return layer.reshape(layer.add("Concat", Attributes.of("axis", 1), numbers), 0, 2, 3);
    }

    /** [3, P]: row, column and 1 of every place. */
    private static Value unitGrid(LoweringContext layer, int height, int width) {
        int places = Math.multiplyExact(height, width);
        float[] grid = new float[3 * places];
        for (int i = 0; i < places; i++) {
            grid[i] = (float) ((i / width) * 1.0 / height * 2 - 1);
            grid[places + i] = (float) ((i % width) * 1.0 / width * 2 - 1);
            grid[2 * places + i] = 1;
        }
        return layer.graph().constant("grid", Tensor.of(Shape.of(3, places), grid));
    }

    /** [N, 1, P] in cells. */
    private static Value place(LoweringContext layer, Value places, long axis, int size) {
        Value unit = layer.add("Slice", places, layer.ints(axis), layer.ints(axis + 1), layer.ints(1));
        Value half = layer.add("Mul", layer.add("Add", unit, layer.scalar(1)), layer.scalar(0.5f));
        return layer.add("Mul", half, layer.scalar(size));
    }

    private static Value next(LoweringContext layer, Value place, int further) {
        Value floor = layer.add("Floor", place);
        return further == 0 ? floor : layer.add("Add", floor, layer.scalar(further));
    }

    private static Value closeness(LoweringContext layer, Value place, Value cell) {
        return layer.add("Sub", layer.scalar(1), layer.add("Abs", layer.add("Sub", place, cell)));
    }
}
