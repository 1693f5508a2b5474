package dev.entrepot.importers.chainer.functions.arrays;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.chainer.functions.arrays.Brackets.Part;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Axes in another order, and elements in another order along an axis. Source: chainer/functions/array. */
public final class Ordering {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("diagonal(x, offset=0, axis1=0, axis2=1)", Ordering::diagonal),
            one("flip(x, axis)", call -> flipped(call, call.value("x"), call.whole("axis"))),
            one("fliplr(a)", call -> flipped(call, call.value("a"), 1)),
            one("flipud(a)", call -> flipped(call, call.value("a"), 0)),
            one("moveaxis(x, source, destination)", Ordering::moveAxis),
            one("rollaxis(x, axis, start=0)", Ordering::rollAxis),
            one("swapaxes(x, axis1, axis2)", Ordering::swapAxes),
            one("transpose(x, axes=None)", Ordering::transpose));
    // spotless:on

    private Ordering() {}

    private static Value flipped(FunctionCall call, Value x, long axis) {
        return Slices.of(call, x, List.of(new Part(call.axis(x, axis), Brackets.Slice.BACKWARDS)));
    }

    private static Value transpose(FunctionCall call) {
        Value x = call.value("x");
        long[] order = call.has("axes")
                ? call.axes(x, "axes")
                : LongStream.range(0, call.rank(x))
                        .map(i -> call.rank(x) - 1 - i)
                        .toArray();
        if (Arrays.stream(order).distinct().count() != call.rank(x)) {
            throw call.malformed("axes " + call.get("axes").sort() + " do not name each axis of an array of shape "
                    + x.shape() + " once");
        }
        return call.transpose(x, order);
    }

    private static Value swapAxes(FunctionCall call) {
        Value x = call.value("x");
        return swapped(call, x, call.axis(x, call.whole("axis1")), call.axis(x, call.whole("axis2")));
    }

    /** The value with two axes exchanged. */
    public static Value swapped(FunctionCall call, Value x, int one, int other) {
        long[] order = LongStream.range(0, call.rank(x)).toArray();
        order[one] = other;
        order[other] = one;
        return call.transpose(x, order);
    }

    private static Value moveAxis(FunctionCall call) {
        Value x = call.value("x");
        long[] source = call.axes(x, "source");
        long[] destination = call.axes(x, "destination");
        if (source.length != destination.length
                || Arrays.stream(source).distinct().count() != source.length
                || Arrays.stream(destination).distinct().count() != source.length) {
            throw call.malformed("cannot move the axes " + call.get("source").sort() + " to "
                    + call.get("destination").sort());
        }
        List<Long> order = new ArrayList<>(LongStream.range(0, call.rank(x))
                .filter(axis -> Arrays.stream(source).noneMatch(moved -> moved == axis))
                .boxed()
                .toList());
        IntStream.range(0, source.length)
                .boxed()
                .sorted(Comparator.comparing(i -> destination[i]))
                .forEach(i -> order.add((int) destination[i], source[i]));
        return call.transpose(x, order.stream().mapToLong(Long::longValue).toArray());
    }

    /** Source: NumPy's rollaxis. */
    private static Value rollAxis(FunctionCall call) {
        Value x = call.value("x");
        int axis = call.axis(x, call.whole("axis"));
        int rank = call.rank(x);
        long given = call.whole("start");
        if (given < -rank || given > rank) {
            throw call.malformed("start " + given + " is out of range for an array of shape " + x.shape());
        }
        long start = given < 0 ? given + rank : given;
        List<Long> order = new ArrayList<>(LongStream.range(0, rank).boxed().toList());
        order.remove(axis);
        order.add((int) (axis < start ? start - 1 : start), (long) axis);
        return call.transpose(x, order.stream().mapToLong(Long::longValue).toArray());
    }

    /** The two axes as one that is read with a step of a row and an element; the diagonal becomes the last axis. */
    private static Value diagonal(FunctionCall call) {
        Value x = call.value("x");
        int first = call.axis(x, call.whole("axis1"));
        int second = call.axis(x, call.whole("axis2"));
        if (first == second) {
            throw call.malformed("axis1 and axis2 are both " + first);
        }
        long[] order = LongStream.concat(
                        LongStream.range(0, call.rank(x)).filter(axis -> axis != first && axis != second),
                        LongStream.of(first, second))
                .toArray();
        long offset = call.whole("offset");
        long columns = call.knownSize(x, second);
        SizeExpr rows = call.size(x, first);
        Value moved = call.transpose(x, order);
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(moved).subList(0, call.rank(x) - 2));
        sizes.add(rows.times(SizeExpr.of(columns)));
        Value rowAfterRow = call.reshape(moved, sizes);
        SizeExpr count = rows.plus(SizeExpr.of(Math.min(offset, 0)))
                .min(SizeExpr.of(columns - Math.max(offset, 0)))
                .max(SizeExpr.ZERO);
        SizeExpr start = SizeExpr.of(offset >= 0 ? offset : -offset * columns);
        SizeExpr step = SizeExpr.of(columns + 1);
        int last = call.rank(x) - 2;
        Value sliced = call.add(
                "Slice",
                rowAfterRow,
                call.vector(List.of(start)),
                call.vector(List.of(start.plus(count.times(step)))),
                call.vector(last),
                call.vector(List.of(step)));
        sizes.set(last, count);
        return call.sized(sliced, sizes);
    }
}
