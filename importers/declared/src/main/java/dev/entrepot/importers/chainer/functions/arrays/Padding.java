package dev.entrepot.importers.chainer.functions.arrays;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Arrays with a margin, in all of NumPy's modes. Source: chainer/functions/array/pad.py; numpy/lib/arraypad.py. */
public final class Padding {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(one(
            "pad(x, pad_width, mode, *, stat_length=None, constant_values=0, end_values=0, reflect_type='even')",
            Padding::pad));
    // spotless:on

    private Padding() {}

    /** What lies before and behind the elements of an axis. */
    private record Margin(int axis, long before, long behind) {}

    private static Value pad(FunctionCall call) {
        Value x = call.value("x");
        double[][] widths = pairs(call, "pad_width", call.get("pad_width"), call.rank(x));
        List<Margin> margins = new ArrayList<>();
        for (int axis = 0; axis < widths.length; axis++) {
            Margin margin = new Margin(axis, (long) widths[axis][0], (long) widths[axis][1]);
            if (margin.before < 0 || margin.behind < 0) {
                throw call.malformed("pad_width holds a number below 0: "
                        + call.get("pad_width").sort());
            }
            if (margin.before + margin.behind > 0) {
                margins.add(margin);
            }
        }
        if (margins.isEmpty()) {
            return x;
        }
        return switch (call.text("mode")) {
            case "constant" -> constant(call, x, margins);
            case "empty" -> padded(call, x, margins, Attributes.NONE);
            case "edge" -> padded(call, x, margins, Attributes.of("mode", "edge"));
            case "reflect" -> reflect(call, x, margins);
            case "symmetric" -> mirrored(call, x, margins, Padding::symmetricPlace);
            case "wrap" -> mirrored(call, x, margins, Math::floorMod);
            case "linear_ramp" -> byAxis(call, x, margins, Padding::ramp);
            case "maximum", "minimum", "mean", "median" -> byAxis(call, x, margins, PaddingStatistics::of);
            default -> throw call.unsupported("mode \"" + call.text("mode") + "\" is not one of NumPy's");
        };
    }

    /** Numbers for each axis's two sides, of which fewer may be told, as NumPy broadcasts them to [axes, 2]. */
    static double[][] pairs(FunctionCall call, String name, Argument given, int rank) {
        double[][] pairs = new double[rank][];
        for (int axis = 0; axis < rank; axis++) {
            Argument pair = given;
            if (given instanceof Argument.Items rows
                    && rows.items().stream().anyMatch(Argument.Items.class::isInstance)) {
                if (rows.items().size() != rank && rows.items().size() != 1) {
                    throw call.malformed(name + " has " + rows.items().size() + " pairs for " + rank + " axes");
                }
                pair = rows.items().get(rows.items().size() == 1 ? 0 : axis);
            }
            double[] numbers = pair instanceof Argument.Items items
                    ? items.items().stream()
                            .mapToDouble(item -> number(call, name, item))
                            .toArray()
                    : new double[] {number(call, name, pair)};
            if (numbers.length != 1 && numbers.length != 2) {
                throw call.malformed(name + " is " + given.sort() + ", expected a number, or pairs of them");
            }
            pairs[axis] = new double[] {numbers[0], numbers[numbers.length - 1]};
        }
        return pairs;
    }

    private static double number(FunctionCall call, String name, Argument item) {
        OptionalDouble number = item instanceof Argument.Real real
                ? OptionalDouble.of(real.value())
                : item instanceof Argument.Whole whole && whole.value().isNumber()
                        ? OptionalDouble.of(whole.value().number().getAsLong())
                        : OptionalDouble.empty();
        return number.orElseThrow(() -> call.unsupported(name + " holds " + item.sort()
                + ", which must be a number that is known; give the input's sizes as numbers"));
    }

    private static List<SizeExpr> sizes(FunctionCall call, Value x, List<Margin> margins) {
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(x));
        for (Margin margin : margins) {
            sizes.set(margin.axis, sizes.get(margin.axis).plus(SizeExpr.of(margin.before + margin.behind)));
        }
        return sizes;
    }

    private static Value padded(
            FunctionCall call, Value x, List<Margin> margins, Attributes attributes, Value... value) {
        // All axes are named, since a pool takes over pads of unnamed ones, which may be too wide for it.
        // Pads of all axes: where only some are named, ONNX Runtime moves a transposition behind the node and takes the
        // wrong ones.
        int rank = call.rank(x);
        long[] pads = new long[2 * rank];
        for (Margin margin : margins) {
            pads[margin.axis] = margin.before;
            pads[rank + margin.axis] = margin.behind;
        }
        Value made = call.add(
                "Pad",
                attributes,
                x,
                call.vector(pads),
                value.length == 0 ? Value.NONE : value[0],
                call.vector(LongStream.range(0, rank).toArray()));
        return call.sized(made, sizes(call, x, margins));
    }

    /** Of several numbers, those of a later axis fill the corners. */
    private static Value constant(FunctionCall call, Value x, List<Margin> margins) {
        double[][] values = pairs(call, "constant_values", call.get("constant_values"), call.rank(x));
        double first = values[margins.get(0).axis][0];
        boolean same = margins.stream()
                .allMatch(margin -> (margin.before == 0 || values[margin.axis][0] == first)
                        && (margin.behind == 0 || values[margin.axis][1] == first));
        if (same) {
            return padded(call, x, margins, Attributes.NONE, call.scalarLike(first, x));
        }
        Value result = x;
        for (Margin margin : margins) {
            Margin before = new Margin(margin.axis, margin.before, 0);
            Margin behind = new Margin(margin.axis, 0, margin.behind);
            result = padded(call, result, List.of(before), Attributes.NONE, call.scalarLike(values[margin.axis][0], x));
            result = padded(call, result, List.of(behind), Attributes.NONE, call.scalarLike(values[margin.axis][1], x));
        }
        return result;
    }

    private static Value reflect(FunctionCall call, Value x, List<Margin> margins) {
        if (!call.text("reflect_type").equals("even")) {
            throw call.unsupported("reflect_type \"" + call.text("reflect_type") + "\" has no form here");
        }
        boolean once = margins.stream().allMatch(margin -> {
            SizeExpr size = call.size(x, margin.axis);
            return !size.isNumber()
                    || Math.max(margin.before, margin.behind) < size.number().getAsLong();
        });
        return once
                ? padded(call, x, margins, Attributes.of("mode", "reflect"))
                : mirrored(call, x, margins, Padding::reflectedPlace);
    }

    private static long reflectedPlace(long place, long size) {
        if (size == 1) {
            return 0;
        }
        long within = Math.floorMod(place, 2 * size - 2);
        return within < size ? within : 2 * size - 2 - within;
    }

    private static long symmetricPlace(long place, long size) {
        long within = Math.floorMod(place, 2 * size);
        return within < size ? within : 2 * size - 1 - within;
    }

    /** Each axis by the places that its elements come from. */
    private static Value mirrored(
            FunctionCall call, Value x, List<Margin> margins, BiFunction<Long, Long, Long> place) {
        if (!call.text("reflect_type").equals("even")) {
            throw call.unsupported("reflect_type \"" + call.text("reflect_type") + "\" has no form here");
        }
        Value result = x;
        for (Margin margin : margins) {
            long size = call.knownSize(x, margin.axis);
            if (size == 0) {
                throw call.malformed("cannot extend the empty axis " + margin.axis + " of " + x.shape());
            }
            long[] places = LongStream.range(-margin.before, size + margin.behind)
                    .map(i -> place.apply(i, size))
                    .toArray();
            result = call.add("Gather", Attributes.of("axis", margin.axis), result, call.vector(places));
        }
        return call.sized(result, sizes(call, x, margins));
    }

    /** What makes the parts before and behind an axis: of the array so far, the axis, the two widths. */
    @FunctionalInterface
    interface Sides {
        Value of(FunctionCall call, Value x, int axis, int side, long width);
    }

    /** Axis after axis, so that a later one fills the corners. */
    private static Value byAxis(FunctionCall call, Value x, List<Margin> margins, Sides sides) {
        Value result = x;
        for (Margin margin : margins) {
            Value whole = result;
            List<Value> parts = new ArrayList<>();
            if (margin.before > 0) {
                parts.add(sides.of(call, whole, margin.axis, 0, margin.before));
            }
            parts.add(whole);
            if (margin.behind > 0) {
                parts.add(sides.of(call, whole, margin.axis, 1, margin.behind));
            }
            result = call.sized(call.concat(margin.axis, parts), sizes(call, whole, List.of(margin)));
        }
        return result;
    }

    /** From a number at the border to the first element, evenly. Source: numpy/lib/arraypad.py, _get_linear_ramps. */
    private static Value ramp(FunctionCall call, Value x, int axis, int side, long width) {
        double end = pairs(call, "end_values", call.get("end_values"), call.rank(x))[axis][side];
        int count = Math.toIntExact(width);
        float[] share = new float[count];
        float[] rest = new float[count];
        for (int i = 0; i < count; i++) {
            int fromEnd = side == 0 ? i : count - 1 - i;
            share[i] = (float) ((double) fromEnd / count);
            rest[i] = (float) (end * (count - fromEnd) / count);
        }
        long[] along = IntStream.range(0, call.rank(x))
                .mapToLong(i -> i == axis ? width : 1)
                .toArray();
        Value edge = edge(call, x, axis, side);
        Value factors = call.cast(call.constant(Tensor.of(Shape.of(along), share)), x.dataType());
        Value terms = call.cast(call.constant(Tensor.of(Shape.of(along), rest)), x.dataType());
        return call.add("Add", call.add("Mul", edge, factors), terms);
    }

    private static Value edge(FunctionCall call, Value x, int axis, int side) {
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(x));
        sizes.set(axis, SizeExpr.ONE);
        long start = side == 0 ? 0 : -1;
        return call.sized(call.slice(x, axis, start, side == 0 ? 1 : Long.MAX_VALUE), sizes);
    }
}
