package dev.entrepot.importers.chainer.functions.arrays;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;
import static dev.entrepot.importers.chainer.functions.entries.Entries.plain;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.chainer.functions.entries.KnownArrays;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Arrays stretched to common sizes, or repeated. Source: chainer/functions/array/broadcast.py, repeat.py, tile.py. */
public final class Broadcasting {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            plain("broadcast(*args)", Broadcasting::broadcast),
            one("broadcast_to(x, shape)", Broadcasting::broadcastTo),
            one("repeat(x, repeats, axis=None)", Broadcasting::repeat),
            one("tile(x, reps)", Broadcasting::tile));
    // spotless:on

    private Broadcasting() {}

    /** The sizes that arrays have together. */
    static List<SizeExpr> sizes(FunctionCall call, List<Value> values) {
        List<SizeExpr> common = List.of();
        for (Value value : values) {
            common = common(call, common, call.sizes(value));
        }
        return common;
    }

    /** The sizes that two arrays have together; an axis of one element goes with any. */
    public static List<SizeExpr> common(FunctionCall call, List<SizeExpr> a, List<SizeExpr> b) {
        List<SizeExpr> longer = a.size() >= b.size() ? a : b;
        List<SizeExpr> shorter = a.size() >= b.size() ? b : a;
        int missing = longer.size() - shorter.size();
        List<SizeExpr> common = new ArrayList<>(longer);
        for (int axis = missing; axis < longer.size(); axis++) {
            SizeExpr one = longer.get(axis);
            SizeExpr other = shorter.get(axis - missing);
            if (one.isNumber() && other.isNumber() && !one.is(1) && !other.is(1) && !one.equals(other)) {
                throw call.malformed("arrays of shapes " + a + " and " + b + " do not broadcast together");
            }
            common.set(axis, one.is(1) || !one.isNumber() && other.isNumber() && !other.is(1) ? other : one);
        }
        return common;
    }

    /** The value stretched to sizes that it broadcasts to. */
    public static Value expanded(FunctionCall call, Value value, List<SizeExpr> sizes) {
        return call.sizes(value).equals(sizes)
                ? value
                : call.sized(call.add("Expand", value, call.vector(sizes)), sizes);
    }

    private static Argument broadcast(FunctionCall call) {
        List<Value> values = call.values("args");
        if (values.size() == 1) {
            return Argument.of(values.get(0));
        }
        List<SizeExpr> common = sizes(call, values);
        return Argument.ofAll(
                values.stream().map(value -> expanded(call, value, common)).toList());
    }

    private static Value broadcastTo(FunctionCall call) {
        Value x = call.value("x");
        List<SizeExpr> shape = KnownArrays.wholes(call, "shape");
        List<SizeExpr> own = call.sizes(x);
        int missing = shape.size() - own.size();
        for (int axis = 0; axis < own.size(); axis++) {
            boolean fits = missing >= 0
                    && (own.get(axis).is(1)
                            || !own.get(axis).isNumber()
                            || !shape.get(axis + missing).isNumber()
                            || own.get(axis).equals(shape.get(axis + missing)));
            if (!fits) {
                throw call.malformed("an array of shape " + x.shape() + " does not broadcast to " + shape);
            }
        }
        return expanded(call, x, shape);
    }

    /** Each element as often as a number says, or its own number. */
    private static Value repeat(FunctionCall call) {
        Value given = call.value("x");
        Value x = call.has("axis") ? given : call.reshape(given, List.of(SizeExpr.product(call.sizes(given))));
        int axis = call.has("axis") ? call.axis(x, call.whole("axis")) : 0;
        List<SizeExpr> repeats = KnownArrays.wholes(call, "repeats");
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(x));
        if (repeats.size() == 1) {
            SizeExpr times = repeats.get(0);
            sizes.set(axis, sizes.get(axis).times(times));
            if (times.is(1)) {
                return x;
            }
            List<SizeExpr> each = new ArrayList<>(LongStream.rangeClosed(0, call.rank(x))
                    .mapToObj(i -> SizeExpr.ONE)
                    .toList());
            each.set(axis + 1, times);
            return call.reshape(call.add("Tile", call.unsqueeze(x, axis + 1), call.vector(each)), sizes);
        }
        SizeExpr size = sizes.get(axis);
        if (size.isNumber() && !size.is(repeats.size())) {
            throw call.malformed("has " + repeats.size() + " repeats for an axis of size " + size);
        }
        long[] counts = known(call, repeats, "repeats");
        long[] indices = LongStream.range(0, counts.length)
                .flatMap(i -> LongStream.generate(() -> i).limit(counts[(int) i]))
                .toArray();
        return call.add("Gather", dev.entrepot.onnx.graph.Attributes.of("axis", axis), x, call.vector(indices));
    }

    private static long[] known(FunctionCall call, List<SizeExpr> numbers, String name) {
        return numbers.stream()
                .mapToLong(number -> number.number()
                        .orElseThrow(() -> call.unsupported(name + " has the size " + number
                                + ", which must be known; give the input's sizes as numbers")))
                .toArray();
    }

    /** The shorter of sizes and repetitions is filled with ones in front. */
    private static Value tile(FunctionCall call) {
        Value x = call.value("x");
        List<SizeExpr> reps = new ArrayList<>(KnownArrays.wholes(call, "reps"));
        while (reps.size() < call.rank(x)) {
            reps.add(0, SizeExpr.ONE);
        }
        int added = reps.size() - call.rank(x);
        Value all = call.unsqueeze(x, LongStream.range(0, added).toArray());
        if (reps.stream().allMatch(times -> times.is(1))) {
            return all;
        }
        List<SizeExpr> sizes = new ArrayList<>();
        for (int axis = 0; axis < reps.size(); axis++) {
            sizes.add(call.size(all, axis).times(reps.get(axis)));
        }
        return call.sized(call.add("Tile", all, call.vector(reps)), sizes);
    }
}
