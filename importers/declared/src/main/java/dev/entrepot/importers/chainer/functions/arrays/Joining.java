package dev.entrepot.importers.chainer.functions.arrays;

import static dev.entrepot.importers.chainer.functions.entries.Entries.many;
import static dev.entrepot.importers.chainer.functions.entries.Entries.one;
import static dev.entrepot.importers.chainer.functions.entries.Entries.plain;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.chainer.functions.entries.KnownArrays;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** Arrays joined along an axis, and one array in parts. Source: chainer/functions/array. */
public final class Joining {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("concat(xs, axis=1)", Joining::concat),
            one("dstack(xs)", call -> joined(call, 2, x -> atLeast3d(call, x))),
            one("hstack(xs)", Joining::hstack),
            one("pad_sequence(xs, length=None, padding=0)", Joining::padSequence),
            many("separate(x, axis=0)", Joining::separate),
            plain("split_axis(x, indices_or_sections, axis, force_tuple=True)", Joining::splitAxis),
            one("stack(xs, axis=0)", Joining::stack),
            many("transpose_sequence(xs)", Joining::transposeSequence),
            one("vstack(xs)", call -> joined(call, 0, x -> atLeast2d(call, x))));
    // spotless:on

    private Joining() {}

    private static List<Value> arrays(FunctionCall call) {
        List<Value> arrays = call.values("xs");
        if (arrays.isEmpty()) {
            throw call.malformed("is given no arrays");
        }
        return arrays;
    }

    /** The arrays along an axis, with what is known of the sizes. */
    private static Value along(FunctionCall call, int axis, List<Value> arrays) {
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(arrays.get(0)));
        SizeExpr length = SizeExpr.ZERO;
        for (Value array : arrays) {
            if (call.rank(array) != sizes.size()) {
                throw call.malformed(
                        "cannot join arrays of shapes " + arrays.get(0).shape() + " and " + array.shape());
            }
            length = length.plus(call.size(array, axis));
            for (int other = 0; other < sizes.size(); other++) {
                SizeExpr size = call.size(array, other);
                sizes.set(other, sizes.get(other).isNumber() ? sizes.get(other) : size);
            }
        }
        sizes.set(axis, length);
        return call.sized(call.concat(axis, arrays), sizes);
    }

    private static Value concat(FunctionCall call) {
        List<Value> arrays = arrays(call);
        return along(call, call.axis(arrays.get(0), call.whole("axis")), arrays);
    }

    private static Value joined(FunctionCall call, int axis, UnaryOperator<Value> raised) {
        return along(call, axis, arrays(call).stream().map(raised).toList());
    }

    private static Value hstack(FunctionCall call) {
        int axis = call.rank(arrays(call).get(0)) > 1 ? 1 : 0;
        return joined(call, axis, x -> call.rank(x) == 0 ? call.unsqueeze(x, 0) : x);
    }

    /** Source: NumPy's atleast_2d. */
    private static Value atLeast2d(FunctionCall call, Value x) {
        return switch (call.rank(x)) {
            case 0 -> call.unsqueeze(x, 0, 1);
            case 1 -> call.unsqueeze(x, 0);
            default -> x;
        };
    }

    /** Source: NumPy's atleast_3d. */
    private static Value atLeast3d(FunctionCall call, Value x) {
        return switch (call.rank(x)) {
            case 0 -> call.unsqueeze(x, 0, 1, 2);
            case 1 -> call.unsqueeze(x, 0, 2);
            case 2 -> call.unsqueeze(x, 2);
            default -> x;
        };
    }

    private static Value stack(FunctionCall call) {
        List<Value> arrays = arrays(call);
        int axis = (int) Math.floorMod(call.whole("axis"), call.rank(arrays.get(0)) + 1);
        return stacked(call, axis, arrays);
    }

    private static Value stacked(FunctionCall call, int axis, List<Value> arrays) {
        return along(
                call,
                axis,
                arrays.stream().map(array -> call.unsqueeze(array, axis)).toList());
    }

    /** Each array filled up behind to the longest, or to a length. */
    private static Value padSequence(FunctionCall call) {
        List<Value> arrays = arrays(call);
        SizeExpr longest = call.has("length")
                ? call.size("length")
                : arrays.stream().map(array -> call.size(array, 0)).reduce(SizeExpr.ZERO, SizeExpr::max);
        List<Value> padded = arrays.stream()
                .map(array -> filled(call, array, longest, call.real("padding")))
                .toList();
        return stacked(call, 0, padded);
    }

    private static Value filled(FunctionCall call, Value array, SizeExpr length, double padding) {
        SizeExpr missing = length.minus(call.size(array, 0));
        if (missing.is(0)) {
            return array;
        }
        if (missing.sign().orElse(0) < 0) {
            throw call.malformed("a sequence of shape " + array.shape() + " is longer than " + length);
        }
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(array));
        sizes.set(0, length);
        List<SizeExpr> pads = new ArrayList<>(Collections.nCopies(2 * sizes.size(), SizeExpr.ZERO));
        pads.set(sizes.size(), missing);
        return call.sized(call.add("Pad", array, call.vector(pads), call.scalarLike(padding, array)), sizes);
    }

    /** The slices along an axis. */
    private static List<Value> separate(FunctionCall call) {
        Value x = call.value("x");
        int axis = call.axis(x, call.whole("axis"));
        long count = call.knownSize(x, axis);
        if (count == 1) {
            return List.of(call.squeeze(x, axis));
        }
        return LongStream.range(0, count)
                .mapToObj(i -> element(call, x, axis, i))
                .toList();
    }

    private static Value element(FunctionCall call, Value x, int axis, long index) {
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(x));
        sizes.remove(axis);
        return call.sized(
                call.add("Gather", Attributes.of("axis", axis), x, call.scalar(index, DataType.INT64)), sizes);
    }

    /** Sections are equal; indices are where parts begin. */
    private static Argument splitAxis(FunctionCall call) {
        Value x = call.value("x");
        int axis = call.axis(x, call.whole("axis"));
        boolean sections = call.get("indices_or_sections") instanceof Argument.Whole
                || call.get("indices_or_sections") instanceof Argument.Array array && call.rank(array.value()) == 0;
        List<SizeExpr> numbers = KnownArrays.wholes(call, "indices_or_sections");
        List<Value> parts = sections ? sections(call, x, axis, numbers.get(0)) : parts(call, x, axis, numbers);
        return call.flag("force_tuple") || parts.size() != 1 ? Argument.ofAll(parts) : Argument.of(parts.get(0));
    }

    private static List<Value> sections(FunctionCall call, Value x, int axis, SizeExpr given) {
        long count = given.number()
                .orElseThrow(() -> call.unsupported("the number of sections is the size " + given
                        + ", which must be known; give the input's sizes as numbers"));
        SizeExpr size = call.size(x, axis);
        if (count < 1 || size.isNumber() && size.number().getAsLong() % count != 0) {
            throw call.malformed(
                    "axis " + axis + " of size " + size + " cannot be divided into " + count + " sections");
        }
        if (count == 1) {
            return List.of(x);
        }
        SizeExpr each = size.floorDividedBy(SizeExpr.of(count));
        Attributes attributes = Attributes.of("axis", axis).with("num_outputs", count);
        return call.add("Split", Math.toIntExact(count), attributes, List.of(x)).stream()
                .map(part -> resized(call, part, axis, each))
                .toList();
    }

    private static Value resized(FunctionCall call, Value part, int axis, SizeExpr size) {
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(part));
        sizes.set(axis, size);
        return call.sized(part, sizes);
    }

    private static List<Value> parts(FunctionCall call, Value x, int axis, List<SizeExpr> indices) {
        SizeExpr size = call.size(x, axis);
        List<SizeExpr> bounds = new ArrayList<>(indices);
        bounds.add(0, SizeExpr.ZERO);
        bounds.add(size);
        List<SizeExpr> lengths = new ArrayList<>();
        for (int i = 1; i < bounds.size(); i++) {
            lengths.add(bounds.get(i).minus(bounds.get(i - 1)));
        }
        if (lengths.stream()
                .anyMatch(length -> length.isNumber() && length.sign().getAsInt() < 0)) {
            throw call.malformed("cannot split axis " + axis + " of size " + size + " at " + indices);
        }
        if (lengths.size() == 1) {
            return List.of(x);
        }
        List<Value> parts =
                call.add("Split", lengths.size(), Attributes.of("axis", axis), List.of(x, call.vector(lengths)));
        List<Value> sized = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            List<SizeExpr> sizes = new ArrayList<>(call.sizes(x));
            sizes.set(axis, lengths.get(i));
            sized.add(call.sized(parts.get(i), sizes));
        }
        return sized;
    }

    /** The elements of all sequences at each place; sequences come sorted, the longest first. */
    private static List<Value> transposeSequence(FunctionCall call) {
        List<Value> arrays = call.values("xs");
        if (arrays.isEmpty()) {
            return List.of();
        }
        List<Long> lengths =
                arrays.stream().map(array -> call.knownSize(array, 0)).toList();
        if (!lengths.equals(lengths.stream().sorted(Collections.reverseOrder()).toList())) {
            throw call.malformed(
                    "the sequences have the lengths " + lengths + ", expected them sorted, the longest first");
        }
        long longest = lengths.get(0);
        List<Value> padded = arrays.stream()
                .map(array -> filled(call, array, SizeExpr.of(longest), 0))
                .toList();
        Value all = stacked(call, 1, padded);
        List<Value> places = new ArrayList<>();
        for (long place = 0; place < longest; place++) {
            long at = place;
            long count = lengths.stream().filter(length -> length > at).count();
            Value whole = element(call, all, 0, place);
            places.add(
                    count == arrays.size()
                            ? whole
                            : resized(call, call.slice(whole, 0, 0, count), 0, SizeExpr.of(count)));
        }
        return places;
    }
}
