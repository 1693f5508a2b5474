package dev.entrepot.onnx.opset;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Upsample (7, 9) and Resize (10, 11, 13, 18, 19): the same in ever more words.
 *
 * <p>Up to opset 10 coordinates were those now called asymmetric and the nearest element the one before, or, when made smaller, behind
 * (ONNX did not say; ONNX Runtime does so). Where these cannot say it, an axis of known size is resized by Gather or by a matrix.
 */
final class Resizing {

    private static final String TRANSFORMATION = "coordinate_transformation_mode";

    private Resizing() {}

    /** Upsample 7 to 9: {@code scales} to an input. */
    static void scalesToInput(Node node, Rewrite to) {
        List<Float> scales = node.attributes().get("scales").stream()
                .map(Attribute.FloatsValue.class::cast)
                .flatMap(list -> list.values().stream())
                .toList();
        float[] values = new float[scales.size()];
        IntStream.range(0, values.length).forEach(i -> values[i] = scales.get(i));
        to.finish(node.attributes().without("scales"), node.input(0), to.constant("scales", Tensor.vector(values)));
    }

    /** Upsample 9 to 7. */
    static void scalesToAttribute(Node node, Rewrite to) {
        List<Float> scales = new ArrayList<>();
        for (float scale : to.requireConstant(node.input(1), "scales").toFloats()) {
            scales.add(scale);
        }
        to.finish(node.attributes().with("scales", new Attribute.FloatsValue(scales)), node.input(0));
    }

    /** Upsample 9 to Resize 10. */
    static void upsampleToResize(Node node, Rewrite to) {
        to.finish("Resize", node.attributes(), node.inputs(), node.outputs());
    }

    /** Resize 10 to Upsample 9, which makes nothing smaller. */
    static void resizeToUpsample(Node node, Rewrite to) {
        for (float scale : to.requireConstant(node.input(1), "scales").toFloats()) {
            if (scale < 1) {
                throw to.cannot("the scale " + scale + " is below 1, and Resize came with opset 10");
            }
        }
        to.finish("Upsample", node.attributes(), node.inputs(), node.outputs());
    }

    /** Resize 10 to 11: what was meant is written out. */
    static void tellCoordinates(Node node, Rewrite to) {
        Attributes attributes = node.attributes().with(TRANSFORMATION, "asymmetric");
        if (node.attributes().stringOr("mode", "nearest").equals("nearest")) {
            float[] scales = to.constantOf(node.input(1)).map(Tensor::toFloats).orElse(new float[0]);
            boolean smaller = false;
            boolean larger = false;
            for (float scale : scales) {
                smaller |= scale < 1;
                larger |= scale > 1 && scale != Math.rint(scale);
            }
            if (smaller && larger) {
                throw to.cannot("scales " + Arrays.toString(scales) + " take the nearest element before and behind");
            }
            attributes = attributes.with("nearest_mode", smaller ? "ceil" : "floor");
        }
        to.finish(attributes, node.input(0), Value.NONE, node.input(1));
    }

    /** Resize 11 to 13, where a transformation of TensorFlow's is gone. */
    static void withoutTensorFlow(Node node, Rewrite to) {
        Attributes attributes = node.attributes();
        if (!attributes.stringOr(TRANSFORMATION, "half_pixel").equals("tf_half_pixel_for_nn")) {
            to.finish(attributes);
            return;
        }
        String rounding = attributes.stringOr("nearest_mode", "round_prefer_floor");
        if (!attributes.stringOr("mode", "nearest").equals("nearest") || !rounding.equals("floor")) {
            throw to.cannot("tf_half_pixel_for_nn with nearest_mode \"" + rounding + "\" is gone since opset 13");
        }
        to.finish(attributes.with(TRANSFORMATION, "half_pixel").with("nearest_mode", "round_prefer_ceil"));
    }

    /** Resize 19 to 18. */
    static void withoutSymmetry(Node node, Rewrite to) {
        if (node.attributes().stringOr(TRANSFORMATION, "half_pixel").equals("half_pixel_symmetric")) {
            throw to.cannot("half_pixel_symmetric came with opset 19");
        }
        to.finish(node.attributes());
    }

    /** Resize 18 to 13: all axes, stretched, without a filter against aliasing. */
    static void stretchAllAxes(Node node, Rewrite to) {
        Attributes attributes = node.attributes();
        String policy = attributes.stringOr("keep_aspect_ratio_policy", "stretch");
        if (!policy.equals("stretch") && !node.input(3).isNone()) {
            throw to.cannot("keep_aspect_ratio_policy \"" + policy + "\" came with opset 18");
        }
        if (attributes.intOr("antialias", 0) != 0) {
            throw to.cannot("antialias came with opset 18");
        }
        Attributes fewer = attributes.without("antialias", "keep_aspect_ratio_policy", "axes");
        Optional<List<Long>> axes = attributes.ints("axes");
        if (axes.isEmpty()) {
            to.finish(fewer);
            return;
        }
        if (fewer.stringOr(TRANSFORMATION, "half_pixel").equals("tf_crop_and_resize")) {
            throw to.cannot("tf_crop_and_resize of some axes came with opset 18");
        }
        Value data = node.input(0);
        int rank = to.rank(data);
        long[] places =
                axes.get().stream().mapToLong(axis -> to.axis(axis, data)).toArray();
        if (node.input(3).isNone()) {
            float[] given = to.requireConstant(node.input(2), "scales").toFloats();
            float[] scales = new float[rank];
            Arrays.fill(scales, 1);
            IntStream.range(0, places.length).forEach(i -> scales[(int) places[i]] = given[i]);
            to.finish(fewer, data, Value.NONE, to.constant("scales", Tensor.vector(scales)));
            return;
        }
        to.finish(fewer, data, Value.NONE, Value.NONE, allSizes(node.input(3), places, data, to));
    }

    /** The sizes of all axes: those given, and those of the value for the others. */
    private static Value allSizes(Value given, long[] places, Value data, Rewrite to) {
        int rank = to.rank(data);
        Optional<long[]> known = to.longs(given);
        if (known.isPresent() && to.shape(data).isStatic()) {
            long[] sizes = to.shape(data).sizes();
            IntStream.range(0, places.length).forEach(i -> sizes[(int) places[i]] = known.get()[i]);
            return to.ints("sizes", sizes);
        }
        int kept = rank - places.length;
        if (IntStream.range(0, places.length).anyMatch(i -> places[i] != kept + i)) {
            throw to.cannot("resizing axes " + Arrays.toString(places) + " of unknown size came with opset 18;"
                    + " the last ones in order are possible");
        }
        Value before =
                to.add("Slice", to.add("Shape", data), to.ints("starts", 0), to.ints("ends", kept), to.ints("axes", 0));
        return to.add("Concat", Attributes.of("axis", 0), before, given);
    }

    /** Resize 13 to 11: what is not given is empty. */
    static void emptyInputs(Node node, Rewrite to) {
        Value roi = node.input(1).isNone() ? empty(to, "roi") : node.input(1);
        if (node.input(3).isNone()) {
            to.finish(node.attributes(), node.input(0), roi, node.input(2));
        } else {
            to.finish(node.attributes(), node.input(0), roi, empty(to, "scales"), node.input(3));
        }
    }

    private static Value empty(Rewrite to, String role) {
        return to.constant(role, Tensor.vector(new float[0]));
    }

    /** Resize 11 to 10. */
    static void withoutCoordinates(Node node, Rewrite to) {
        Attributes attributes = node.attributes();
        String mode = attributes.stringOr("mode", "nearest");
        String transformation = attributes.stringOr(TRANSFORMATION, "half_pixel");
        Optional<float[]> scales = scales(node, to);
        boolean isLarger =
                scales.isPresent() && IntStream.range(0, scales.get().length).noneMatch(i -> scales.get()[i] < 1);
        boolean isOldNearest = mode.equals("nearest")
                && isLarger
                && attributes.stringOr("nearest_mode", "round_prefer_floor").equals("floor");
        boolean isOldLinear =
                mode.equals("linear") && (isLarger || !to.shape(node.input(0)).isStatic());
        boolean isOld = transformation.equals("asymmetric") && (isOldNearest || isOldLinear);
        if (isOld && node.input(3).isNone()) {
            to.finish(Attributes.of("mode", mode), node.input(0), node.input(2));
            return;
        }
        List<Sampling> axes = samplings(node, to, scales, transformation);
        switch (mode) {
            case "nearest" -> nearest(node, to, axes, scales);
            case "linear" -> linear(node, to, axes);
            default -> throw to.cannot("mode \"" + mode + "\" came with opset 11");
        }
    }

    private static Optional<float[]> scales(Node node, Rewrite to) {
        return to.constantOf(node.input(2)).map(Tensor::toFloats).filter(values -> values.length > 0);
    }

    private static List<Sampling> samplings(Node node, Rewrite to, Optional<float[]> scales, String transformation) {
        long[] before = to.staticShape(node.input(0)).sizes();
        Optional<long[]> sizes = to.longs(node.input(3)).filter(values -> values.length > 0);
        if (sizes.isEmpty() && scales.isEmpty()) {
            throw to.cannot("scales or sizes must be constant");
        }
        List<Sampling> axes = new ArrayList<>();
        for (int i = 0; i < before.length; i++) {
            int in = Math.toIntExact(before[i]);
            int axis = i;
            float scale = scales.map(values -> values[axis]).orElseGet(() -> (float) sizes.orElseThrow()[axis] / in);
            int out = sizes.map(values -> (int) values[axis]).orElse((int) Math.floor(in * scale));
            axes.add(new Sampling(in, out, scale, transformation));
        }
        return axes;
    }

    private static void nearest(Node node, Rewrite to, List<Sampling> axes, Optional<float[]> scales) {
        Attributes attributes = node.attributes();
        Attributes old = Attributes.of("nearest_mode", "floor");
        boolean isOld = axes.stream()
                .allMatch(axis -> axis.scale() >= 1
                        && Math.floor(axis.in() * axis.scale()) == axis.out()
                        && Arrays.equals(
                                axis.nearest(attributes),
                                new Sampling(axis.in(), axis.out(), axis.scale(), "asymmetric").nearest(old)));
        if (isOld) {
            float[] factors = new float[axes.size()];
            IntStream.range(0, factors.length)
                    .forEach(i -> factors[i] = axes.get(i).scale());
            Value all = scales.isPresent() ? node.input(2) : to.constant("scales", Tensor.vector(factors));
            to.finish(Attributes.of("mode", "nearest"), node.input(0), all);
            return;
        }
        Value value = node.input(0);
        for (int axis = 0; axis < axes.size(); axis++) {
            if (!axes.get(axis).isIdentity()) {
                Value indices = to.ints("indices", axes.get(axis).nearest(attributes));
                value = to.add("Gather", Attributes.of("axis", axis), value, indices);
            }
        }
        to.finish("Identity", Attributes.NONE, value);
    }

    private static void linear(Node node, Rewrite to, List<Sampling> axes) {
        Value value = node.input(0);
        DataType type = to.dataType(value);
        int last = axes.size() - 1;
        for (int axis = 0; axis <= last; axis++) {
            Sampling sampling = axes.get(axis);
            if (sampling.isIdentity()) {
                continue;
            } else if (axis < last - 1) {
                throw to.cannot("linear resizing of axis " + axis + " of " + axes.size()
                        + " came with opset 11; the last two are possible");
            }
            long[] sizes = to.shape(value).sizes();
            sizes[axis] = sampling.out();
            ValueType made = ValueType.tensor(type, Shape.of(sizes));
            if (axis == last) {
                Value weights = to.constant("weights", transposed(type, sampling));
                value = to.add("MatMul", Attributes.NONE, made, value, weights);
            } else {
                Shape shape = Shape.of(sampling.out(), sampling.in());
                Value weights = to.constant("weights", Numbers.tensor(type, shape, sampling.linear()));
                value = to.add("MatMul", Attributes.NONE, made, weights, value);
            }
        }
        to.finish("Identity", Attributes.NONE, value);
    }

    private static Tensor transposed(DataType type, Sampling sampling) {
        double[] rows = sampling.linear();
        double[] columns = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            columns[i % sampling.in() * sampling.out() + i / sampling.in()] = rows[i];
        }
        return Numbers.tensor(type, Shape.of(sampling.in(), sampling.out()), columns);
    }

    /** GridSample 16 to 20: {@code bilinear} is {@code linear}, {@code bicubic} is {@code cubic}. */
    static void gridModes(Node node, Rewrite to) {
        String mode = node.attributes().stringOr("mode", "bilinear");
        String newer = Set.of("bilinear", "bicubic").contains(mode) ? mode.substring(2) : mode;
        to.finish(node.attributes().with("mode", newer));
    }

    /** GridSample 20 to 16, which takes images only. */
    static void gridOldModes(Node node, Rewrite to) {
        if (to.rank(node.input(0)) != 4) {
            throw to.cannot("the input is " + to.shape(node.input(0)) + ", only 4 dimensions are possible");
        }
        String mode = node.attributes().stringOr("mode", "linear");
        to.finish(node.attributes().with("mode", mode.equals("nearest") ? mode : "bi" + mode));
    }

    /** RoiAlign 10 to 16: coordinates were not shifted. */
    static void tellRoiCoordinates(Node node, Rewrite to) {
        to.finish(node.attributes().with(TRANSFORMATION, "output_half_pixel"));
    }

    /** RoiAlign 16 to 10. */
    static void withoutRoiCoordinates(Node node, Rewrite to) {
        String transformation = node.attributes().stringOr(TRANSFORMATION, "half_pixel");
        if (!transformation.equals("output_half_pixel")) {
            throw to.cannot(TRANSFORMATION + " \"" + transformation + "\" came with opset 16");
        }
        to.finish(node.attributes().without(TRANSFORMATION));
    }
}
