package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Layers that put elements elsewhere: other axes, another order, another number. */
final class Reorderings {

    private static final long LAST = Long.MIN_VALUE + 1;

    private Reorderings() {}

    /** The axes in a new order; those not named follow in their old one. Source: weiliu89/caffe (ssd) permute_layer.cpp, LayerSetUp. */
    static Value permute(LoweringContext layer) {
        Value x = layer.input(0);
        int rank = layer.rank(x);
        List<Long> order = new ArrayList<>();
        for (long axis : layer.parameters("permute_param").longs("order")) {
            if (axis < 0 || axis >= rank || order.contains(axis)) {
                throw layer.malformed(
                        "order " + layer.parameters("permute_param").longs("order")
                                + " does not name different axes of its bottom, " + x.shape());
            }
            order.add(axis);
        }
        for (long axis = 0; axis < rank; axis++) {
            if (!order.contains(axis)) {
                order.add(axis);
            }
        }
        long[] permutation = order.stream().mapToLong(Long::longValue).toArray();
        return Arrays.equals(permutation, Axes.from(0, rank))
                ? x
                : layer.add("Transpose", Attributes.of("perm", permutation), x);
    }

    /** Channels [group, C / group] -> [C / group, group]. Source: farmingyard/ShuffleNet shuffle_channel_layer.cpp, Forward_cpu. */
    static Value shuffleChannel(LoweringContext layer) {
        Value x = layer.input(0);
        long group = layer.parameters("shuffle_channel_param").longOr("group", 1);
        long channels = layer.size(x, 1);
        if (group <= 0 || channels % group != 0) {
            throw layer.malformed("group " + group + " does not divide its " + channels + " channels");
        }
        long columns = channels / group;
        long[] sources = new long[Math.toIntExact(channels)];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = i % group * columns + i / group;
        }
        return layer.add("Gather", Attributes.of("axis", 1), x, layer.ints(sources));
    }

    /**
     * [N, C, H, W] -> [N, C * s * s, H / s, W / s], or the other way with {@code reverse}. As in Darknet, the way forth reads its bottom
     * as if it were [N, C / (s * s), H * s, W * s], so it is not the inverse of the way back. Source: eric612/MobileNet-YOLO
     * reorg_layer.cpp, reorg_cpu.
     */
    static Value reorg(LoweringContext layer) {
        Parameters parameters = layer.parameters("reorg_param");
        Value x = layer.input(0);
        long stride = parameters.longOr("stride", 0);
        boolean reverse = parameters.boolOr("reverse", false);
        if (layer.rank(x) != 4 || stride <= 0 || layer.size(x, 1) % (stride * stride) != 0) {
            throw layer.malformed("reorg_param.stride " + stride
                    + " squared does not divide the channels of its bottom, " + x.shape());
        }
        if (reverse) {
            return layer.add("DepthToSpace", Attributes.of("blocksize", stride), x);
        }
        long height = layer.size(x, 2);
        long width = layer.size(x, 3);
        if (height % stride != 0 || width % stride != 0) {
            throw layer.malformed(
                    "reorg_param.stride " + stride + " does not divide the plane of its bottom, " + x.shape());
        }
        long channels = layer.size(x, 1) / (stride * stride);
        Value blocks = layer.reshape(x, 0, channels, height, stride, width, stride);
        Value moved = layer.add("Transpose", Attributes.of("perm", 0, 3, 5, 1, 2, 4), blocks);
        return layer.reshape(moved, 0, -1, height / stride, width / stride);
    }

    /** Turns axes round. Source: foss-for-synopsys-dwc-arc-processors/synopsys-caffe reverse_layer.cpp, Forward_cpu. */
    static Value reverse(LoweringContext layer) {
        Value x = layer.input(0);
        long[] axes = layer.parameters("reverse_param").longs("axis").stream()
                .mapToLong(axis -> layer.axis(x, axis))
                .sorted()
                .toArray();
        if (axes.length == 0) {
            return x;
        }
        long[] last = new long[axes.length];
        long[] ends = new long[axes.length];
        long[] steps = new long[axes.length];
        Arrays.fill(last, -1);
        Arrays.fill(ends, LAST);
        Arrays.fill(steps, -1);
        return layer.add("Slice", x, layer.ints(last), layer.ints(ends), layer.ints(axes), layer.ints(steps));
    }

    /** The part of an axis from the first {@code slice_point} to the second or the end. Source: PaddlePaddle/X2Paddle select.py. */
    static Value select(LoweringContext layer) {
        Parameters parameters = layer.parameters("select_param");
        Value x = layer.input(0);
        List<Long> points = parameters.longs("slice_point");
        int axis = layer.axis(x, parameters.longOr("axis", 1));
        if (points.isEmpty() || points.size() > 2) {
            throw layer.malformed("gives " + points.size() + " slice_points, a first and maybe an end are expected");
        }
        long end = points.size() == 2 ? points.get(1) : Long.MAX_VALUE;
        return layer.add("Slice", x, layer.ints(points.get(0)), layer.ints(end), layer.ints(axis));
    }

    /** Takes {@code crop_size} away at both ends of each axis. Source: crop_center_layer.cpp of 3D U-Net's Caffe, Reshape. */
    static Value cropCenter(LoweringContext layer) {
        Value x = layer.input(0);
        List<Long> crops = layer.parameters("crop_center_param").longs("crop_size");
        if (crops.size() != layer.rank(x)) {
            throw layer.malformed("gives " + crops.size() + " crop_sizes for the axes of its bottom, " + x.shape());
        }
        List<Long> starts = new ArrayList<>();
        List<Long> axes = new ArrayList<>();
        for (int axis = 0; axis < crops.size(); axis++) {
            long crop = crops.get(axis);
            boolean fits = !x.shape().dim(axis).isKnown() || layer.size(x, axis) > 2 * crop;
            if (crop < 0 || !fits) {
                throw layer.malformed("crop_size " + crop + " on axis " + axis + " leaves nothing of " + x.shape());
            }
            if (crop > 0) {
                starts.add(crop);
                axes.add((long) axis);
            }
        }
        long[] first = starts.stream().mapToLong(Long::longValue).toArray();
        long[] end = Arrays.stream(first).map(crop -> -crop).toArray();
        return axes.isEmpty()
                ? x
                : layer.add(
                        "Slice",
                        x,
                        layer.ints(first),
                        layer.ints(end),
                        layer.ints(axes.stream().mapToLong(Long::longValue).toArray()));
    }

    /** A border of {@code pad_value} around the last two axes. Source: sophgo/caffe padding_layer.cpp. */
    static Value padding(LoweringContext layer) {
        Parameters parameters = layer.parameters("padding_param");
        Value x = layer.input(0);
        String method = parameters.enumOr("pad_method", "CONSTANT", "CONSTANT");
        if (!method.equals("CONSTANT")) {
            throw layer.unsupported("padding_param.pad_method " + method + " is in no published source; CONSTANT is");
        }
        long[] pads = new long[2 * layer.rank(x)];
        int rank = layer.rank(x);
        pads[rank - 2] = parameters.longOr("pad_t", 0);
        pads[rank - 1] = parameters.longOr("pad_l", 0);
        pads[2 * rank - 2] = parameters.longOr("pad_b", 0);
        pads[2 * rank - 1] = parameters.longOr("pad_r", 0);
        return layer.add("Pad", x, layer.ints(pads), layer.scalar(parameters.floatOr("pad_value", 0)));
    }

    /** Items in the order of the indices in the second bottom, [N]. Source: caffe batch_reindex_layer.cpp. */
    static Value batchReindex(LoweringContext layer) {
        if (layer.rank(layer.input(1)) != 1) {
            throw layer.malformed(
                    "needs a second bottom of 1 axis, got " + layer.input(1).shape());
        }
        Value indices = layer.add("Cast", Attributes.of("to", 7), layer.input(1));
        return layer.add("Gather", Attributes.of("axis", 0), layer.input(0), indices);
    }

    /** The items of all bottoms for which the last bottom, [N] or [N, 1, ...], is not 0. Source: caffe filter_layer.cpp. */
    static List<Value> filter(LoweringContext layer) {
        int data = layer.inputs().size() - 1;
        if (data < 1 || layer.topCount() != data) {
            throw layer.malformed("has " + (data + 1) + " bottoms and " + layer.topCount()
                    + " tops, one top for each bottom but the last is expected");
        }
        Value selector = layer.add("Cast", Attributes.of("to", 9), layer.reshape(layer.input(data), -1));
        return layer.inputs().subList(0, data).stream()
                .map(x -> layer.add("Compress", Attributes.of("axis", 0), x, selector))
                .toList();
    }
}
