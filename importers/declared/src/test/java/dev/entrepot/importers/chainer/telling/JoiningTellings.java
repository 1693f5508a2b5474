package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Arrays joined and taken apart. Source: chainer/functions/array. */
final class JoiningTellings {

    static final List<Telling> ALL = List.of(
            new Telling("concat", JoiningTellings::concat),
            new Telling("dstack", dice -> stackedOnto(dice, 2)),
            new Telling("hstack", dice -> stackedOnto(dice, 1)),
            new Telling("pad_sequence", JoiningTellings::padSequence),
            new Telling("separate", JoiningTellings::separate),
            new Telling("split_axis", JoiningTellings::splitAxis),
            new Telling("stack", JoiningTellings::stack),
            new Telling("transpose_sequence", JoiningTellings::transposeSequence),
            new Telling("vstack", dice -> stackedOnto(dice, 0)));

    private JoiningTellings() {}

    private static NdArray joined(List<NdArray> arrays, int axis) {
        int[] shape = arrays.get(0).shape().clone();
        shape[axis] = arrays.stream().mapToInt(array -> array.size(axis)).sum();
        return NdArray.of(shape, i -> {
            int[] from = i.clone();
            for (NdArray array : arrays) {
                if (from[axis] < array.size(axis)) {
                    return array.at(from);
                }
                from[axis] -= array.size(axis);
            }
            throw new IllegalStateException();
        });
    }

    private static List<NdArray> alike(Dice dice, int[] shape, int free) {
        return IntStream.rangeClosed(1, dice.between(1, 3))
                .mapToObj(k -> {
                    int[] own = shape.clone();
                    if (free >= 0) {
                        own[free] = dice.between(1, 4);
                    }
                    return dice.normal(own);
                })
                .toList();
    }

    /** Source: concat.py. */
    private static Call concat(Dice dice) {
        int[] shape = dice.sizes(dice.between(1, 4), 1, 4);
        boolean told = shape.length == 1 || dice.chance(70);
        int axis = told ? dice.between(0, shape.length - 1) : 1;
        List<NdArray> arrays = alike(dice, shape, axis);
        Call call = Call.of(arrays);
        return (told ? call.with("axis", dice.chance(40) ? axis - shape.length : axis) : call)
                .gives(joined(arrays, axis));
    }

    /** Source: dstack.py, hstack.py, vstack.py; numpy.atleast_2d and atleast_3d. */
    private static Call stackedOnto(Dice dice, int axis) {
        int rank = dice.between(0, 4);
        boolean open = axis == 2 ? rank > 2 : axis == 1 ? rank > 0 : rank > 1;
        int free = axis == 1 && rank == 1 ? 0 : axis;
        List<NdArray> arrays = alike(dice, dice.sizes(rank, 1, 4), open ? free : -1);
        List<NdArray> raised = arrays.stream().map(array -> raised(array, axis)).toList();
        return Call.of(arrays).gives(joined(raised, axis == 1 && rank <= 1 ? 0 : axis));
    }

    private static NdArray raised(NdArray x, int axis) {
        int[] s = x.shape();
        if (axis == 1) {
            return s.length == 0 ? x.reshaped(1) : x;
        } else if (axis == 0) {
            return s.length == 0 ? x.reshaped(1, 1) : s.length == 1 ? x.reshaped(1, s[0]) : x;
        }
        return switch (s.length) {
            case 0 -> x.reshaped(1, 1, 1);
            case 1 -> x.reshaped(1, s[0], 1);
            case 2 -> x.reshaped(s[0], s[1], 1);
            default -> x;
        };
    }

    private static NdArray withAxis(NdArray x, int axis) {
        List<Integer> shape = new ArrayList<>(IntStream.of(x.shape()).boxed().toList());
        shape.add(axis, 1);
        return x.reshaped(shape.stream().mapToInt(Integer::intValue).toArray());
    }

    private static Call stack(Dice dice) {
        int[] shape = dice.sizes(dice.between(0, 3), 1, 4);
        int axis = dice.between(0, shape.length);
        List<NdArray> arrays = alike(dice, shape, -1);
        return Call.of(arrays)
                .with("axis", dice.chance(40) ? axis - shape.length - 1 : axis)
                .gives(joined(
                        arrays.stream().map(array -> withAxis(array, axis)).toList(), axis));
    }

    private static NdArray part(NdArray x, int axis, int start, int end) {
        int[] shape = x.shape().clone();
        shape[axis] = end - start;
        return NdArray.of(shape, i -> {
            int[] from = i.clone();
            from[axis] += start;
            return x.at(from);
        });
    }

    private static NdArray element(NdArray x, int axis, int index) {
        int[] shape = IntStream.range(0, x.rank())
                .filter(other -> other != axis)
                .map(x::size)
                .toArray();
        return part(x, axis, index, index + 1).reshaped(shape);
    }

    /** Source: separate.py. */
    private static Call separate(Dice dice) {
        NdArray x = dice.normal(dice.sizes(dice.between(1, 4), 1, 4));
        int axis = dice.between(0, x.rank() - 1);
        return Call.of(x, dice.chance(40) ? axis - x.rank() : axis)
                .gives(IntStream.range(0, x.size(axis))
                        .mapToObj(i -> element(x, axis, i))
                        .toArray(NdArray[]::new));
    }

    /** Source: split_axis.py, numpy.split. */
    private static Call splitAxis(Dice dice) {
        int[] shape = dice.sizes(dice.between(1, 4), 1, 6);
        int axis = dice.between(0, shape.length - 1);
        int sections = dice.between(1, 3);
        boolean equal = dice.chance(50);
        if (equal) {
            shape[axis] = sections * dice.between(1, 3);
        }
        NdArray x = dice.normal(shape);
        int[] indices = equal
                ? IntStream.range(1, sections)
                        .map(i -> i * shape[axis] / sections)
                        .toArray()
                : IntStream.of(dice.sizes(dice.between(0, 3), 0, shape[axis]))
                        .sorted()
                        .toArray();
        List<NdArray> parts = new ArrayList<>();
        for (int i = 0; i <= indices.length; i++) {
            parts.add(part(x, axis, i == 0 ? 0 : indices[i - 1], i == indices.length ? shape[axis] : indices[i]));
        }
        Call call = Call.of(x, equal ? (Object) sections : indices, axis);
        return (dice.chance(50) ? call.with("force_tuple", dice.chance(50)) : call)
                .gives(parts.toArray(NdArray[]::new));
    }

    /** Source: pad_sequence.py. */
    private static Call padSequence(Dice dice) {
        int[] shape = dice.sizes(dice.between(1, 3), 1, 4);
        List<NdArray> arrays = alike(dice, shape, 0);
        int longest = arrays.stream().mapToInt(array -> array.size(0)).max().orElseThrow();
        boolean told = dice.chance(50);
        int length = told ? longest + dice.between(0, 2) : longest;
        double padding = dice.chance(50) ? 0 : dice.uniform(-2, 2);
        int[] result = IntStream.concat(
                        IntStream.of(arrays.size(), length),
                        Arrays.stream(shape).skip(1))
                .toArray();
        Call call = Call.of(arrays).with("padding", padding);
        return (told ? call.with("length", length) : call).gives(NdArray.of(result, i -> {
            NdArray array = arrays.get(i[0]);
            return i[1] < array.size(0) ? array.at(Arrays.copyOfRange(i, 1, i.length)) : padding;
        }));
    }

    /** Source: transpose_sequence.py. */
    private static Call transposeSequence(Dice dice) {
        int[] shape = dice.sizes(dice.between(1, 3), 1, 3);
        boolean same = dice.chance(40);
        List<NdArray> arrays = new ArrayList<>(alike(dice, shape, same ? -1 : 0));
        arrays.sort((a, b) -> b.size(0) - a.size(0));
        NdArray[] places = IntStream.range(0, arrays.get(0).size(0))
                .mapToObj(place -> joined(
                        arrays.stream()
                                .filter(array -> array.size(0) > place)
                                .map(array -> part(array, 0, place, place + 1))
                                .toList(),
                        0))
                .toArray(NdArray[]::new);
        return Call.of(arrays).gives(places);
    }
}
