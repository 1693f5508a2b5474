package dev.entrepot.validator.oracles.caffe.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Layers that move elements without computing any.
 *
 * <p>Source: caffe concat_layer.cpp, slice_layer.cpp, flatten_layer.cpp, reshape_layer.cpp, split_layer.cpp, tile_layer.cpp,
 * crop_layer.cpp, batch_reindex_layer.cpp, filter_layer.cpp, silence_layer.cpp, parameter_layer.hpp.
 */
final class ShapeLayers {

    private ShapeLayers() {}

    static void concat(Sketch sketch) {
        Dice dice = sketch.dice;
        Blob first = sketch.bottom(1, 5);
        int axis = first.rank() > 1 && dice.chance(60) ? 1 : dice.between(0, first.rank() - 1);
        var bottoms = new ArrayList<>(List.of(first));
        int size = first.dim(axis);
        for (int count = dice.oneOf(1, 2, 2, 2, 3); bottoms.size() < count; ) {
            Blob next = dice.chance(20)
                    ? first
                    : dice.chance(40)
                            ? sketch.alike(first)
                            : sketch.input(Values.NORMAL, first.with(axis, dice.between(1, 4)));
            bottoms.add(next);
            size += next.dim(axis);
        }
        var parameters = new Message();
        writeAxis(dice, parameters, "concat_dim", axis, first.rank());
        sketch.layer("Concat", bottoms.toArray(Blob[]::new))
                .with("concat_param", parameters)
                .movedTop(first.with(axis, size));
    }

    static void slice(Sketch sketch) {
        Dice dice = sketch.dice;
        Blob bottom = sketch.bottom(1, 5);
        int axis = bottom.rank() > 1 && dice.chance(60) ? 1 : dice.between(0, bottom.rank() - 1);
        int size = bottom.dim(axis);
        var points = new TreeSet<Integer>();
        var parameters = new Message();
        writeAxis(dice, parameters, "slice_dim", axis, bottom.rank());
        if (dice.chance(60)) {
            for (int cut = 0; cut < 3 && size > 1; cut++) {
                points.add(dice.between(1, size - 1));
            }
            points.forEach(point -> parameters.put("slice_point", point));
        } else {
            int parts = dice.oneOf(IntStream.rangeClosed(1, Math.min(size, 4))
                    .filter(count -> size % count == 0)
                    .boxed()
                    .toList());
            IntStream.range(1, parts).forEach(part -> points.add(part * size / parts));
        }
        Layer layer = sketch.layer("Slice", bottom).with("slice_param", parameters);
        int start = 0;
        points.add(size);
        for (int end : points) {
            layer.movedTop(bottom.with(axis, end - start));
            start = end;
        }
    }

    static void flatten(Sketch sketch) {
        Dice dice = sketch.dice;
        Blob bottom = sketch.bottom(1, 5);
        int last = bottom.rank() - 1;
        int start = last == 0 ? 0 : dice.chance(50) ? 1 : dice.between(0, last);
        int end = dice.chance(50) ? last : dice.between(start, last);
        var parameters = new Message();
        Axes.write(dice, parameters, "axis", start, bottom.rank(), 1);
        Axes.write(dice, parameters, "end_axis", end, bottom.rank(), last);
        sketch.layer("Flatten", bottom)
                .with("flatten_param", parameters)
                .movedTop(joined(
                        bottom.part(0, start),
                        new int[] {bottom.count(start, end + 1)},
                        bottom.part(end + 1, last + 1)));
    }

    static void reshape(Sketch sketch) {
        Dice dice = sketch.dice;
        Blob bottom = sketch.bottom(1, 5);
        int rank = bottom.rank();
        int start = dice.chance(50) ? 0 : dice.between(0, rank);
        int end = dice.chance(50) ? rank : dice.between(start, rank);
        int[] middle = refactored(dice, bottom.count(start, end));
        var parameters = new Message();
        if (start != 0 || dice.chance(20)) {
            parameters.put("axis", dice.chance(50) ? start : start - rank - 1);
        }
        if (end != rank || dice.chance(20)) {
            parameters.put("num_axes", end == rank && dice.chance(50) ? -1 : end - start);
        }
        parameters.put("shape", new Message().all("dim", disguised(dice, middle, bottom, start)));
        sketch.layer("Reshape", bottom)
                .with("reshape_param", parameters)
                .movedTop(joined(bottom.part(0, start), middle, bottom.part(end, rank)));
    }

    /** The count as a product of up to four factors. */
    private static int[] refactored(Dice dice, int count) {
        int[] factors = new int[dice.between(count == 1 ? 0 : 1, 4)];
        int rest = count;
        for (int i = 0; i < factors.length; i++) {
            int left = rest;
            List<Integer> divisors = IntStream.rangeClosed(1, left)
                    .filter(number -> left % number == 0)
                    .boxed()
                    .toList();
            factors[i] = i == factors.length - 1 ? rest : dice.oneOf(divisors);
            rest /= factors[i];
        }
        return factors;
    }

    /** Sizes that equal the bottom's may be written 0, and one size -1. */
    private static int[] disguised(Dice dice, int[] sizes, Blob bottom, int start) {
        int[] written = sizes.clone();
        for (int i = 0; i < sizes.length; i++) {
            if (start + i < bottom.rank() && bottom.dim(start + i) == sizes[i] && dice.chance(50)) {
                written[i] = 0;
            }
        }
        if (sizes.length > 0 && dice.chance(50)) {
            written[dice.between(0, sizes.length - 1)] = -1;
        }
        return written;
    }

    static void split(Sketch sketch) {
        Blob bottom = sketch.bottom(1, 5);
        Layer layer = sketch.layer("Split", bottom);
        IntStream.rangeClosed(0, sketch.dice.between(0, 2)).forEach(top -> layer.movedTop(bottom.shape()));
    }

    /** With another layer, as a net without outputs is none. */
    static void silence(Sketch sketch) {
        Blob bottom = sketch.bottom(1, 5);
        sketch.layer("Silence", bottom);
        sketch.layer("AbsVal", sketch.alike(bottom)).movedTop(bottom.shape());
    }

    static void tile(Sketch sketch) {
        Dice dice = sketch.dice;
        Blob bottom = sketch.bottom(1, 5);
        int axis = bottom.rank() > 1 && dice.chance(50) ? 1 : dice.between(0, bottom.rank() - 1);
        int tiles = dice.between(1, 3);
        var parameters = new Message().put("tiles", tiles);
        Axes.write(dice, parameters, "axis", axis, bottom.rank(), 1);
        sketch.layer("Tile", bottom)
                .with("tile_param", parameters)
                .movedTop(bottom.with(axis, bottom.dim(axis) * tiles));
    }

    static void crop(Sketch sketch) {
        Dice dice = sketch.dice;
        Blob bottom = sketch.bottom(2, 5);
        int rank = bottom.rank();
        int axis = rank > 2 && dice.chance(50) ? 2 : dice.between(0, rank - 1);
        int[] reference = sketch.anyShape(rank);
        int[] offsets = new int[rank - axis];
        for (int i = axis; i < rank; i++) {
            reference[i] = dice.between(1, bottom.dim(i));
            offsets[i - axis] = dice.between(0, bottom.dim(i) - reference[i]);
        }
        var parameters = new Message();
        Axes.write(dice, parameters, "axis", axis, rank, 2);
        if (dice.chance(60)) {
            parameters.all("offset", offsets);
        } else if (dice.chance(60)) {
            int offset =
                    dice.between(0, Arrays.stream(bottom.part(axis, rank)).min().orElseThrow() - 1);
            for (int i = axis; i < rank; i++) {
                reference[i] = Math.min(reference[i], bottom.dim(i) - offset);
            }
            parameters.put("offset", offset);
        }
        int[] shape = joined(bottom.part(0, axis), Arrays.copyOfRange(reference, axis, rank));
        sketch.layer("Crop", bottom, sketch.input(Values.NORMAL, reference))
                .with("crop_param", parameters)
                .movedTop(shape);
    }

    static void batchReindex(Sketch sketch) {
        Blob bottom = sketch.bottom(1, 5);
        Blob indices = sketch.input(Values.below(bottom.dim(0)), sketch.dice.between(1, 5));
        sketch.layer("BatchReindex", bottom, indices).movedTop(bottom.with(0, indices.dim(0)));
    }

    /** What the selector lets pass is known only when the net runs, so nothing else consumes it. */
    static void filter(Sketch sketch) {
        Dice dice = sketch.dice;
        int items = dice.between(1, 5);
        int rank = dice.between(1, 4);
        var bottoms = new ArrayList<Blob>();
        for (int count = dice.between(1, 3); bottoms.size() < count; ) {
            int[] shape = sketch.anyShape(rank);
            shape[0] = items;
            bottoms.add(sketch.input(Values.NORMAL, shape));
        }
        int[] selector = new int[dice.between(1, 4)];
        Arrays.fill(selector, 1);
        selector[0] = items;
        List<Blob> filtered = List.copyOf(bottoms);
        bottoms.add(sketch.input(Values.FLAGS, selector));
        Layer layer = sketch.layer("Filter", bottoms.toArray(Blob[]::new));
        filtered.forEach(bottom -> sketch.retire(layer.movedTop(bottom.shape())));
    }

    static void parameter(Sketch sketch) {
        int[] shape = sketch.anyShape(sketch.dice.between(1, 4));
        Blob learned = sketch.layer("Parameter")
                .with("parameter_param", new Message().put("shape", new Message().all("dim", shape)))
                .weight(Values.NORMAL, shape)
                .movedTop(shape);
        sketch.layer("Eltwise", sketch.input(Values.NORMAL, shape), learned).top(shape);
    }

    /** Constant data; another generation gives its sizes one by one. */
    static void dummyData(Sketch sketch) {
        Dice dice = sketch.dice;
        int[] shape = sketch.anyShape(4);
        var parameters = new Message();
        if (dice.chance(70)) {
            parameters.put("shape", new Message().all("dim", shape));
        } else {
            List<String> words = List.of("num", "channels", "height", "width");
            IntStream.range(0, 4).forEach(axis -> parameters.put(words.get(axis), shape[axis]));
        }
        if (dice.chance(80)) {
            parameters.put("data_filler", new Message().text("type", "constant").put("value", dice.fraction(-2, 2)));
        }
        Blob data =
                sketch.layer("DummyData").with("dummy_data_param", parameters).movedTop(shape);
        sketch.layer("Eltwise", sketch.input(Values.NORMAL, shape), data).top(shape);
    }

    private static void writeAxis(Dice dice, Message parameters, String alias, int axis, int rank) {
        if (dice.chance(20)) {
            parameters.put(alias, axis);
        } else {
            Axes.write(dice, parameters, "axis", axis, rank, 1);
        }
    }

    private static int[] joined(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }
}
