package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Margins. Source: chainer/functions/array/pad.py, which leaves all to numpy.pad. */
final class PaddingTellings {

    static final List<Telling> ALL = List.of(new Telling("pad", PaddingTellings::pad));

    private static final List<String> MODES = List.of(
            "constant", "edge", "reflect", "symmetric", "wrap", "linear_ramp", "maximum", "minimum", "mean", "median");

    private PaddingTellings() {}

    /** Of an axis: widths before and behind, and numbers for either side. */
    private record Side(int before, int behind, double first, double last) {}

    private static Call pad(Dice dice) {
        NdArray x = dice.normal(dice.sizes(dice.between(1, 4), 1, 5));
        String mode = MODES.get(dice.between(0, MODES.size() - 1));
        boolean values = mode.equals("constant") || mode.equals("linear_ramp");
        int form = dice.between(0, 2);
        boolean statistics = List.of("maximum", "minimum", "mean", "median").contains(mode) && dice.chance(50);
        Side any = side(dice, statistics);
        List<Side> sides = IntStream.range(0, x.rank())
                .mapToObj(axis -> form == 0
                        ? new Side(any.before, any.before, any.first, any.first)
                        : form == 1 ? any : side(dice, statistics))
                .toList();
        List<int[]> widths =
                sides.stream().map(side -> new int[] {side.before, side.behind}).toList();
        Object given = form == 0 ? (Object) any.before : form == 1 ? widths.get(0) : widths;
        // ONNX reflects once; wider margins need a size that is known, as that of a weight is.
        boolean wide = IntStream.range(0, x.rank())
                .anyMatch(axis -> Math.max(sides.get(axis).before, sides.get(axis).behind) >= x.size(axis));
        Call call = Call.of(mode.equals("reflect") && wide ? new Telling.Weight(x) : x, given, mode);
        if (values || statistics) {
            call.with(
                    mode.equals("constant") ? "constant_values" : values ? "end_values" : "stat_length",
                    numbers(sides, form, statistics));
        }
        return call.gives(padded(x, mode, values || statistics ? sides : bare(sides), statistics));
    }

    private static Side side(Dice dice, boolean statistics) {
        return new Side(
                dice.between(0, 3),
                dice.between(0, 3),
                statistics ? dice.between(1, 4) : dice.uniform(-2, 2),
                statistics ? dice.between(1, 4) : dice.uniform(-2, 2));
    }

    private static List<Side> bare(List<Side> sides) {
        return sides.stream()
                .map(side -> new Side(side.before, side.behind, 0, 0))
                .toList();
    }

    private static Object numbers(List<Side> sides, int form, boolean whole) {
        List<List<Object>> pairs = new ArrayList<>();
        sides.forEach(side -> pairs.add(List.of(number(side.first, whole), number(side.last, whole))));
        return form == 0 ? pairs.get(0).get(0) : form == 1 ? pairs.get(0) : pairs;
    }

    private static Object number(double value, boolean whole) {
        return whole ? (Object) (int) value : value;
    }

    /** Axis after axis, each over what the earlier ones made. Source: numpy/lib/arraypad.py, pad. */
    private static NdArray padded(NdArray x, String mode, List<Side> sides, boolean statistics) {
        NdArray result = x;
        for (int axis = 0; axis < x.rank(); axis++) {
            NdArray from = result;
            int along = axis;
            Side side = sides.get(axis);
            int size = x.size(axis);
            int[] shape = from.shape().clone();
            shape[axis] += side.before + side.behind;
            result = NdArray.of(shape, i -> {
                int place = i[along] - side.before;
                int[] at = i.clone();
                at[along] = place;
                if (place >= 0 && place < size) {
                    return from.at(at);
                }
                return margin(from, mode, side, statistics, along, at);
            });
        }
        return result;
    }

    private static double margin(NdArray x, String mode, Side side, boolean statistics, int axis, int[] at) {
        int size = x.size(axis);
        int place = at[axis];
        boolean front = place < 0;
        int[] from = at.clone();
        switch (mode) {
            case "constant":
                return front ? side.first : side.last;
            case "edge":
                from[axis] = front ? 0 : size - 1;
                return x.at(from);
            case "wrap":
                from[axis] = Math.floorMod(place, size);
                return x.at(from);
            case "reflect", "symmetric":
                from[axis] = mirrored(place, size, mode.equals("reflect") ? 1 : 0);
                return x.at(from);
            case "linear_ramp":
                from[axis] = front ? 0 : size - 1;
                int width = front ? side.before : side.behind;
                int step = front ? side.before + place : side.behind - 1 - (place - size);
                double end = front ? side.first : side.last;
                return end + (x.at(from) - end) * step / width;
            default:
                int told = statistics ? (int) (front ? side.first : side.last) : size;
                int count = Math.min(told, size);
                double[] values = IntStream.range(front ? 0 : size - count, front ? count : size)
                        .mapToDouble(k -> {
                            int[] one = at.clone();
                            one[axis] = k;
                            return x.at(one);
                        })
                        .sorted()
                        .toArray();
                return statistic(mode, values);
        }
    }

    private static double statistic(String mode, double[] sorted) {
        int n = sorted.length;
        return switch (mode) {
            case "maximum" -> sorted[n - 1];
            case "minimum" -> sorted[0];
            case "mean" -> Arrays.stream(sorted).sum() / n;
            default -> (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        };
    }

    /** Walks to and fro; {@code without} is 1 if the border is not repeated. */
    private static int mirrored(int place, int size, int without) {
        if (size == 1) {
            return 0;
        }
        int at = place;
        while (at < 0 || at >= size) {
            at = at < 0 ? -at - 1 + without : 2 * size - 1 - at - without;
        }
        return at;
    }
}
