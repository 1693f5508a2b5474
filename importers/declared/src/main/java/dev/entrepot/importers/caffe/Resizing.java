package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Layers that give the plane of [N, C, H, W] another size. */
final class Resizing {

    private static final long[] PLANE = {2, 3};

    private Resizing() {}

    /**
     * Bilinear between corners that stay corners, after {@code pad_beg} and {@code pad_end} cut their rows and columns away. The size is
     * given, or follows from factors. Source: hszhao/PSPNet interp_layer.cpp, Reshape, and interp.cpp.
     */
    static Value interp(LoweringContext layer) {
        Parameters parameters = layer.parameters("interp_param");
        if (layer.inputs().size() > 1) {
            throw layer.unsupported("takes its size from a second bottom, which no published source of Interp does");
        }
        Value x = cropped(layer, parameters);
        return toSizes(layer, x, interpSizes(layer, parameters, x));
    }

    private static Value cropped(LoweringContext layer, Parameters parameters) {
        long begin = parameters.longOr("pad_beg", 0);
        long end = parameters.longOr("pad_end", 0);
        if (begin > 0 || end > 0) {
            throw layer.malformed("pad_beg " + begin + " and pad_end " + end + " must not be above 0: they cut");
        }
        long last = end == 0 ? Long.MAX_VALUE : end;
        return begin == 0 && end == 0
                ? layer.input(0)
                : layer.add(
                        "Slice", layer.input(0), layer.ints(-begin, -begin), layer.ints(last, last), layer.ints(PLANE));
    }

    private static Value interpSizes(LoweringContext layer, Parameters parameters, Value x) {
        boolean shrinks = parameters.has("shrink_factor");
        boolean zooms = parameters.has("zoom_factor");
        long shrink = parameters.longOr("shrink_factor", 1);
        long zoom = parameters.longOr("zoom_factor", 1);
        boolean hasSize = parameters.has("height") && parameters.has("width");
        if (hasSize && shrinks == zooms) {
            return layer.ints(positive(layer, parameters, "height"), positive(layer, parameters, "width"));
        }
        if (!shrinks && !zooms || shrink < 1 || zoom < 1) {
            throw layer.malformed(
                    "interp_param needs height and width, or a zoom_factor or shrink_factor of at least 1");
        }
        // (size - 1) / shrink * zoom + 1, where the quotient is a whole number
        Value one = layer.ints(1);
        Value steps = layer.add("Sub", planeOf(layer, x), one);
        Value fewer = shrink == 1 ? steps : layer.add("Div", steps, layer.ints(shrink));
        return layer.add("Add", layer.add("Mul", fewer, layer.ints(zoom)), one);
    }

    private static long positive(LoweringContext layer, Parameters parameters, String name) {
        long size = parameters.longOr(name, 0);
        if (size <= 0) {
            throw layer.malformed(name + " is " + size + ", it must be above 0");
        }
        return size;
    }

    private static Value planeOf(LoweringContext layer, Value x) {
        return layer.add("Shape", Attributes.of("start", 2).with("end", 4), x);
    }

    /** Bilinear, corners stay corners. */
    private static Value toSizes(LoweringContext layer, Value x, Value sizes) {
        Attributes attributes = Attributes.of("mode", "linear")
                .with("coordinate_transformation_mode", "align_corners")
                .with("axes", PLANE);
        return layer.add("Resize", attributes, x, Value.NONE, Value.NONE, sizes);
    }

    /**
     * Three layers share this name. With a second bottom, the mask of a pooling layer, each element goes back to where its maximum was
     * (SegNet's). With one, each element is repeated {@code scale} times along both axes of the plane (YOLO's), or along the last one if
     * {@code dims_num} is 3. Sources: alexgkendall/caffe-segnet upsample_layer.cpp; eric612/MobileNet-YOLO upsample_layer.cpp;
     * inisis/caffe upsample_layer.cpp.
     */
    static Value upsample(LoweringContext layer) {
        if (layer.inputs().size() > 1) {
            return Unpooling.upsample(layer);
        }
        Parameters parameters = layer.parameters("upsample_param");
        Value x = layer.input(0);
        long scale = parameters.longOr("scale", parameters.longOr("stride", 1));
        long axes = parameters.longOr("dims_num", layer.rank(x)) - 2;
        if (scale < 1 || axes < 1 || axes > 2 || axes >= layer.rank(x)) {
            throw layer.malformed("upsample_param.scale " + scale
                    + " must be above 0 and dims_num 3 or 4, got a bottom " + x.shape());
        }
        int rank = layer.rank(x);
        float[] scales = new float[(int) axes];
        Arrays.fill(scales, scale);
        Attributes attributes = Attributes.of("mode", "nearest")
                .with("coordinate_transformation_mode", "asymmetric")
                .with("nearest_mode", "floor")
                .with("axes", Axes.from(rank - (int) axes, rank));
        Value factors = layer.graph().constant("scales", Tensor.vector(scales));
        return layer.add("Resize", attributes, x, Value.NONE, factors);
    }

    /**
     * Blobs of different sizes brought to one, bilinear with corners that stay corners, and joined along the channels. The size is the
     * last bottom's if that is a reference, else given or rounded up, but never smaller than the largest bottom's. Source:
     * lmb-freiburg/flownet2 accum_layer.cpp.
     */
    static Value accum(LoweringContext layer) {
        Parameters parameters = layer.parameters("accum_param");
        List<Value> data = new ArrayList<>(layer.inputs());
        long height;
        long width;
        if (parameters.boolOr("have_reference", false)) {
            Value reference = data.remove(data.size() - 1);
            height = layer.size(reference, 2);
            width = layer.size(reference, 3);
        } else {
            height = largest(layer, 2);
            width = largest(layer, 3);
            long[] wanted = wanted(parameters, height, width);
            if (wanted[0] > height && wanted[1] > width) {
                height = wanted[0];
                width = wanted[1];
            }
        }
        if (data.isEmpty()) {
            throw layer.malformed("has no bottom beside its reference");
        }
        Value sizes = layer.ints(height, width);
        Value[] resized = data.stream().map(x -> toSizes(layer, x, sizes)).toArray(Value[]::new);
        return resized.length == 1 ? resized[0] : layer.add("Concat", Attributes.of("axis", 1), resized);
    }

    private static long largest(LoweringContext layer, int axis) {
        return layer.inputs().stream().mapToLong(x -> layer.size(x, axis)).max().orElseThrow();
    }

    private static long[] wanted(Parameters parameters, long height, long width) {
        long divisor = parameters.longOr("size_divisible_by", 0);
        return divisor > 0
                ? new long[] {-Math.floorDiv(-height, divisor) * divisor, -Math.floorDiv(-width, divisor) * divisor}
                : new long[] {parameters.longOr("top_height", 0), parameters.longOr("top_width", 0)};
    }
}
