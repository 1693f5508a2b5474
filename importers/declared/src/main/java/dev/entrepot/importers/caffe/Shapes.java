package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Dim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Layers that cut, join and rearrange blobs. */
final class Shapes {

    private Shapes() {}

    /** Joins bottoms along {@code axis}, in old files {@code concat_dim}. Source: caffe concat_layer.cpp. */
    static Value concat(LoweringContext layer) {
        int axis = axisOrDim(layer, layer.parameters("concat_param"), "concat_dim");
        return layer.inputs().size() == 1
                ? layer.input(0)
                : layer.add(
                        "Concat", Attributes.of("axis", axis), layer.inputs().toArray(Value[]::new));
    }

    /** Cuts its bottom at {@code slice_point}s, or into equal parts. Source: caffe slice_layer.cpp. */
    static List<Value> slice(LoweringContext layer) {
        Parameters parameters = layer.parameters("slice_param");
        int axis = axisOrDim(layer, parameters, "slice_dim");
        int tops = layer.topCount();
        List<Long> points = parameters.longs("slice_point");
        long size = layer.size(layer.input(0), axis);
        if (points.isEmpty() && size % tops != 0) {
            throw layer.malformed(tops + " tops do not divide axis " + axis + " of its bottom, "
                    + layer.input(0).shape());
        }
        if (!points.isEmpty() && points.size() != tops - 1) {
            throw layer.malformed(
                    "has " + tops + " tops and " + points.size() + " slice_points, one less than tops is expected");
        }
        if (tops == 1) {
            return List.of(layer.input(0));
        }
        long[] sizes = new long[tops];
        long previous = 0;
        for (int i = 0; i < tops; i++) {
            long end = points.isEmpty() ? previous + size / tops : i < points.size() ? points.get(i) : size;
            if (end <= previous || end > size) {
                throw layer.malformed(
                        "slice_points " + points + " do not rise within axis " + axis + " of size " + size);
            }
            sizes[i] = end - previous;
            previous = end;
        }
        return layer.graph()
                .add("Split", tops, Attributes.of("axis", axis), List.of(layer.input(0), layer.ints(sizes)));
    }

    private static int axisOrDim(LoweringContext layer, Parameters parameters, String old) {
        if (parameters.has("axis") && parameters.has(old)) {
            throw layer.malformed("gives axis and " + old);
        }
        long oldAxis = parameters.longOr(old, 1);
        if (oldAxis < 0) {
            throw layer.malformed(old + " " + oldAxis + " is negative");
        }
        return layer.axis(layer.input(0), parameters.has(old) ? oldAxis : parameters.longOr("axis", 1));
    }

    /** The bottom for every top. Source: caffe split_layer.cpp. */
    static List<Value> split(LoweringContext layer) {
        Value x = layer.input(0);
        return layer.layer().tops().stream().map(top -> x).toList();
    }

    /**
     * Joins the axes from {@code axis} to {@code end_axis} into one; where the end is right before the start, that is an axis of size 1 put
     * between them. Source: caffe flatten_layer.cpp, Reshape.
     */
    static Value flatten(LoweringContext layer) {
        Parameters parameters = layer.parameters("flatten_param");
        Value x = layer.input(0);
        int rank = layer.rank(x);
        int first = layer.axis(x, parameters.longOr("axis", 1));
        int last = layer.axis(x, parameters.longOr("end_axis", -1));
        if (last < first - 1) {
            throw layer.malformed("end_axis " + last + " is before axis " + first);
        }
        if (first == last) {
            return x;
        }
        if (first == 1 && last == rank - 1) {
            return layer.add("Flatten", Attributes.of("axis", 1), x);
        }
        long[] shape = new long[rank - (last - first)];
        shape[first] = -1;
        for (int axis = last + 1; axis < rank; axis++) {
            shape[first + axis - last] = layer.size(x, axis);
        }
        return layer.reshape(x, shape);
    }

    /**
     * Replaces the axes from {@code axis} on, {@code num_axes} of them, where 0 copies and -1 infers; a negative axis counts from behind
     * the last one. Source: caffe reshape_layer.cpp, Reshape.
     */
    static Value reshape(LoweringContext layer) {
        Parameters parameters = layer.parameters("reshape_param");
        Value x = layer.input(0);
        int rank = layer.rank(x);
        long axis = parameters.longOr("axis", 0);
        long count = parameters.longOr("num_axes", -1);
        int start = Math.toIntExact(axis >= 0 ? axis : rank + axis + 1);
        long end = count == -1 ? rank : start + count;
        if (start < 0 || start > rank || count < -1 || end > rank) {
            throw layer.malformed(
                    "axis " + axis + " and num_axes " + count + " are not within its bottom, " + x.shape());
        }
        List<Long> dims = reshaped(parameters);
        List<Long> shape = new ArrayList<>();
        for (int i = 0; i < start; i++) {
            shape.add(0L);
        }
        for (int i = 0; i < dims.size(); i++) {
            long dim = dims.get(i);
            if (dim < -1 || dim == 0 && start + i >= rank) {
                throw layer.malformed(
                        "shape " + dims + " from axis " + start + " on does not fit its bottom, " + x.shape());
            }
            shape.add(dim);
        }
        for (int i = (int) end; i < rank; i++) {
            shape.add(shape.size() == i ? 0L : layer.size(x, i));
        }
        requireSameCount(layer, x, shape);
        return layer.reshape(x, shape.stream().mapToLong(Long::longValue).toArray());
    }

    /** The sizes of {@code shape}, or of the fields it had before it. Source: BVLC/caffe#1263, whose four sizes are 0 unless given. */
    private static List<Long> reshaped(Parameters parameters) {
        List<String> old = List.of("num", "channels", "height", "width");
        return old.stream().anyMatch(parameters::has)
                ? old.stream().map(name -> parameters.longOr(name, 0)).toList()
                : parameters.message("shape").longs("dim");
    }

    /** Compares the elements of the axes that are not copied. Where no size is inferred, those axes cannot have other sizes. */
    private static void requireSameCount(LoweringContext layer, Value x, List<Long> shape) {
        long wanted = 1;
        boolean infers = false;
        for (long size : shape) {
            infers |= size == -1;
            wanted = size > 0 ? Math.multiplyExact(wanted, size) : wanted;
        }
        long given = 1;
        for (int axis = 0; axis < layer.rank(x); axis++) {
            boolean isCopied = axis < shape.size() && shape.get(axis) == 0;
            if (!isCopied && infers && !x.shape().dim(axis).isKnown()) {
                return;
            }
            given = isCopied ? given : Math.multiplyExact(given, layer.size(x, axis));
        }
        if (infers ? given % wanted != 0 : given != wanted) {
            throw layer.malformed("shape " + shape + " asks for " + (infers ? "a multiple of " : "") + wanted
                    + " elements where its bottom " + x.shape() + " has " + given);
        }
    }

    /** Cuts the first bottom to the second's sizes from {@code axis} on. Source: caffe crop_layer.cpp, Reshape. */
    static Value crop(LoweringContext layer) {
        Parameters parameters = layer.parameters("crop_param");
        Value x = layer.input(0);
        Value reference = layer.input(1);
        int rank = layer.rank(x);
        int axis = layer.axis(x, parameters.longOr("axis", 2));
        List<Long> offsets = parameters.longs("offset");
        if (offsets.size() > 1 && offsets.size() != rank - axis) {
            throw layer.malformed("gives " + offsets.size() + " offsets for the " + (rank - axis) + " axes from axis "
                    + axis + " on");
        }
        if (layer.rank(reference) != rank) {
            throw layer.malformed("its bottoms have shapes " + x.shape() + " and " + reference.shape()
                    + ", as many axes are expected");
        }
        long[] starts = new long[rank - axis];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = offsets.isEmpty() ? 0 : offsets.get(offsets.size() == 1 ? 0 : i);
        }
        return layer.add(
                "Slice",
                x,
                layer.ints(starts),
                cropEnds(layer, x, reference, starts),
                layer.ints(Axes.from(axis, rank)));
    }

    private static Value cropEnds(LoweringContext layer, Value x, Value reference, long[] starts) {
        int axis = layer.rank(x) - starts.length;
        boolean isStatic = true;
        long[] ends = new long[starts.length];
        for (int i = 0; i < ends.length; i++) {
            Dim wanted = reference.shape().dim(axis + i);
            Dim given = x.shape().dim(axis + i);
            ends[i] = starts[i] + (wanted.isKnown() ? wanted.size() : 0);
            if (starts[i] < 0 || given.isKnown() && ends[i] > given.size()) {
                throw layer.malformed("offset " + starts[i] + " and the size of " + reference.shape() + " on axis "
                        + (axis + i) + " do not fit into " + x.shape());
            }
            isStatic &= wanted.isKnown();
        }
        if (isStatic) {
            return layer.ints(ends);
        }
        Value sizes = layer.add("Shape", Attributes.of("start", axis), reference);
        return layer.add("Add", sizes, layer.ints(starts));
    }

    /** Repeats its bottom {@code tiles} times along {@code axis}. Source: caffe tile_layer.cpp. */
    static Value tile(LoweringContext layer) {
        Parameters parameters = layer.parameters("tile_param");
        Value x = layer.input(0);
        long tiles = parameters.longOr("tiles", 0);
        if (tiles <= 0) {
            throw layer.malformed("tile_param.tiles is " + tiles + ", it must be above 0");
        }
        int axis = layer.axis(x, parameters.longOr("axis", 1));
        return layer.add("Tile", x, layer.ints(Axes.shapeAlong(layer.rank(x), axis, tiles)));
    }

    /** Sums, absolute sums, sums of squares or means over all axes from {@code axis} on, which fall away. Source: caffe reduction_layer.cpp. */
    static Value reduction(LoweringContext layer) {
        Parameters parameters = layer.parameters("reduction_param");
        Value x = layer.input(0);
        int axis = layer.axis(x, parameters.longOr("axis", 0));
        // The enum begins at 1.
        String operation = parameters.enumOr("operation", "SUM", "", "SUM", "ASUM", "SUMSQ", "MEAN");
        String op = switch (operation) {
            case "SUM" -> "ReduceSum";
            case "ASUM" -> "ReduceL1";
            case "SUMSQ" -> "ReduceSumSquare";
            default -> "ReduceMean";
        };
        Value reduced = layer.add(op, Attributes.of("keepdims", 0), x, layer.ints(Axes.from(axis, layer.rank(x))));
        return Arithmetic.affine(layer, reduced, parameters.floatOr("coeff", 1), 0);
    }

    /**
     * The indices, as floats, or values of the {@code top_k} largest elements; among equals Caffe takes the last. Without an axis over
     * everything behind the first axis: [N, 1, K] or, with the values, [N, 2, K], filled up with axes of 1. Source: caffe argmax_layer.cpp.
     */
    static Value argMax(LoweringContext layer) {
        Parameters parameters = layer.parameters("argmax_param");
        Value x = layer.input(0);
        boolean hasAxis = parameters.has("axis");
        boolean wantsValues = parameters.boolOr("out_max_val", false);
        long count = parameters.longOr("top_k", 1);
        if (count < 1) {
            throw layer.malformed("argmax_param.top_k is " + count + ", it must be at least 1");
        }
        int axis = hasAxis ? layer.axis(x, parameters.longOr("axis", 0)) : 1;
        Value values = hasAxis ? x : layer.add("Flatten", Attributes.of("axis", 1), x);
        long size = layer.size(values, axis);
        if (count > size) {
            throw layer.malformed("argmax_param.top_k " + count + " is above the " + size + " elements to choose from");
        }
        Value reversed = layer.add(
                "Slice", values, layer.ints(-1), layer.ints(Long.MIN_VALUE + 1), layer.ints(axis), layer.ints(-1));
        List<Value> largest =
                layer.graph().add("TopK", 2, Attributes.of("axis", axis), List.of(reversed, layer.ints(count)));
        if (hasAxis && wantsValues) {
            return largest.get(0);
        }
        Value last = layer.graph().integer("last", size - 1);
        Value indices = layer.add("Cast", Attributes.of("to", 1), layer.add("Sub", last, largest.get(1)));
        if (hasAxis) {
            return indices;
        }
        long[] shape = new long[Math.max(3, layer.rank(x))];
        Arrays.fill(shape, 1);
        shape[0] = 0;
        shape[2] = count;
        Value asRows = layer.reshape(indices, shape);
        return wantsValues
                ? layer.add("Concat", Attributes.of("axis", 1), asRows, layer.reshape(largest.get(0), shape))
                : asRows;
    }

    /** [...] of indices -> [..., num_output] of rows of the weights [input_dim, num_output]. Source: caffe embed_layer.cpp. */
    static Value embed(LoweringContext layer) {
        Parameters parameters = layer.parameters("embed_param");
        long outputs = parameters.longOr("num_output", 0);
        long rows = parameters.longOr("input_dim", 0);
        boolean hasBias = parameters.boolOr("bias_term", true);
        if (outputs <= 0 || rows <= 0) {
            throw layer.malformed("embed_param.num_output " + outputs + " and input_dim " + rows + " must be above 0");
        }
        layer.requireAtMostBlobs(hasBias ? 2 : 1);
        Value table = layer.weight(0, "weight", parameters.filler("weight_filler", 0), rows, outputs);
        Value indices = layer.add("Cast", Attributes.of("to", 7), layer.input(0));
        Value chosen = layer.add("Gather", table, indices);
        return hasBias
                ? layer.add("Add", chosen, layer.weight(1, "bias", parameters.filler("bias_filler", 0), outputs))
                : chosen;
    }
}
