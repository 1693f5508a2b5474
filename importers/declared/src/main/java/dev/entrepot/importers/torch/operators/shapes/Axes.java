package dev.entrepot.importers.torch.operators.shapes;

import static dev.entrepot.importers.torch.operators.entries.Entries.aliasing;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.schema.Argument;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Axes in another order, and elements along them in another order. */
public final class Axes {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            ordering("aten::adjoint", Axes::matrices),
            one("aten::flip", Axes::flip),
            one("aten::fliplr", call -> flipped(call, call.value("self"), 1)),
            one("aten::flipud", call -> flipped(call, call.value("self"), 0)),
            ordering("aten::mH", Axes::matrices),
            ordering("aten::mT", Axes::matrices),
            ordering("aten::matrix_H", Axes::matrices),
            ordering("aten::moveaxis", Axes::moved),
            ordering("aten::movedim", Axes::moved),
            ordering("aten::numpy_T", Axes::reversed),
            ordering("aten::permute", Axes::permuted),
            one("aten::permute_copy", call -> ordered(call, call.value("self"), permuted(call))),
            one("aten::roll", Axes::roll),
            one("aten::rot90", Axes::rot90),
            ordering("aten::swapaxes", Axes::swapped),
            ordering("aten::swapdims", Axes::swapped),
            ordering("aten::t", Axes::reversed),
            one("aten::t_copy", call -> ordered(call, call.value("self"), reversed(call))),
            ordering("aten::transpose", Axes::swapped),
            one("aten::transpose_copy", call -> ordered(call, call.value("self"), swapped(call))),
            one("prims::rev", call -> flipped(call, call.value("a"), call.ints("dims"))),
            one("prims::transpose", call -> ordered(call, call.value("a"), call.ints("permutation"))));
    // spotless:on

    private Axes() {}

    private static Map.Entry<String, Support> ordering(String name, Function<AtenCall, long[]> order) {
        return aliasing(
                name,
                call -> ordered(call, call.value("self"), order.apply(call)),
                (call, output, changed) -> ordered(call, changed, back(order.apply(call))));
    }

    /** The value with its axes in this order, without a node if that is the order they have. */
    public static Value ordered(AtenCall call, Value value, long... order) {
        return Arrays.equals(order, LongStream.range(0, order.length).toArray()) ? value : call.transpose(value, order);
    }

    /** The order that undoes another. */
    public static long[] back(long... order) {
        long[] back = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            back[(int) order[i]] = i;
        }
        return back;
    }

    /** The order in which these axes come first, then the others as they are. */
    public static long[] first(int rank, List<Integer> axes) {
        return LongStream.concat(
                        axes.stream().mapToLong(Integer::longValue),
                        LongStream.range(0, rank).filter(axis -> !axes.contains((int) axis)))
                .toArray();
    }

    private static long[] permuted(AtenCall call) {
        Value self = call.value("self");
        long[] order = Arrays.stream(call.ints("dims"))
                .map(axis -> call.axis(self, axis))
                .toArray();
        if (Arrays.stream(order).distinct().count() != call.rank(self)) {
            throw call.malformed("dims " + Arrays.toString(call.ints("dims")) + " are no order of the dimensions of "
                    + self.shape());
        }
        return order;
    }

    private static long[] unchanged(AtenCall call) {
        return LongStream.range(0, call.rank(call.value("self"))).toArray();
    }

    /** Exchanges the axes of the second and third argument: dim0 and dim1, or axis0 and axis1. */
    private static long[] swapped(AtenCall call) {
        List<Argument> arguments = call.schema().arguments();
        return swapped(
                call,
                call.integer(arguments.get(1).name()),
                call.integer(arguments.get(2).name()));
    }

    private static long[] swapped(AtenCall call, long one, long other) {
        Value self = call.value("self");
        long[] order = unchanged(call);
        int a = call.axis(self, one);
        int b = call.axis(self, other);
        if (order.length > 0) {
            order[a] = b;
            order[b] = a;
        }
        return order;
    }

    private static long[] matrices(AtenCall call) {
        return swapped(call, -2, -1);
    }

    private static long[] reversed(AtenCall call) {
        int rank = call.rank(call.value("self"));
        return LongStream.range(0, rank).map(axis -> rank - 1 - axis).toArray();
    }

    /** Source: aten/src/ATen/native/TensorShape.cpp, movedim. */
    private static long[] moved(AtenCall call) {
        Value self = call.value("self");
        long[] sources = call.ints("source");
        long[] destinations = call.ints("destination", sources.length);
        long[] order = new long[call.rank(self)];
        Arrays.fill(order, -1);
        List<Long> left =
                new ArrayList<>(LongStream.range(0, order.length).boxed().toList());
        for (int i = 0; i < sources.length; i++) {
            int source = call.axis(self, sources[i]);
            order[call.axis(self, destinations[i])] = source;
            left.remove((Long) (long) source);
        }
        for (int axis = 0; axis < order.length; axis++) {
            order[axis] = order[axis] < 0 ? left.remove(0) : order[axis];
        }
        return order;
    }

    private static Value flip(AtenCall call) {
        Value self = call.value("self");
        return flipped(
                call,
                self,
                Arrays.stream(call.ints("dims"))
                        .map(axis -> call.axis(self, axis))
                        .toArray());
    }

    private static Value flipped(AtenCall call, Value value, long... axes) {
        if (axes.length == 0 || call.rank(value) == 0) {
            return value;
        }
        long[] starts = new long[axes.length];
        Arrays.fill(starts, -1);
        long[] ends = new long[axes.length];
        Arrays.fill(ends, Long.MIN_VALUE);
        List<SizeExpr> sizes = call.sizes(value);
        return call.sized(
                call.add(
                        "Slice", value, call.vector(starts), call.vector(ends), call.vector(axes), call.vector(starts)),
                sizes);
    }

    private static Value roll(AtenCall call) {
        Value self = call.value("self");
        List<SizeExpr> shifts = call.sizes("shifts");
        long[] axes = call.ints("dims");
        if (axes.length == 0) {
            return call.reshape(rolled(call, Shapes.flat(call, self), shifts.get(0), 0), call.sizes(self));
        }
        if (axes.length != shifts.size()) {
            throw call.malformed(shifts.size() + " shifts for " + axes.length + " dimensions");
        }
        Value rolled = self;
        for (int i = 0; i < axes.length; i++) {
            rolled = rolled(call, rolled, shifts.get(i), call.axis(self, axes[i]));
        }
        return rolled;
    }

    private static Value rolled(AtenCall call, Value value, SizeExpr shift, int axis) {
        SizeExpr size = call.size(value, axis);
        if (call.rank(value) == 0 || shift.is(0) || size.is(0)) {
            return value;
        }
        SizeExpr start = shift.negated().modulo(size);
        if (start.is(0)) {
            return value;
        }
        Value split = call.vector(List.of(start));
        Value zero = call.vector(0);
        Value end = call.vector(Long.MAX_VALUE);
        Value along = call.vector(axis);
        Value rolled = call.add(
                        "Concat",
                        1,
                        Attributes.of("axis", axis),
                        List.of(
                                call.add("Slice", value, split, end, along),
                                call.add("Slice", value, zero, split, along)))
                .get(0);
        return call.sized(rolled, call.sizes(value));
    }

    /** Source: aten/src/ATen/native/TensorTransformations.cpp, rot90. */
    private static Value rot90(AtenCall call) {
        Value self = call.value("self");
        long[] axes = Arrays.stream(call.ints("dims", 2))
                .map(axis -> call.axis(self, axis))
                .toArray();
        long[] order = swapped(call, axes[0], axes[1]);
        return switch ((int) Math.floorMod(call.integer("k"), 4L)) {
            case 1 -> ordered(call, flipped(call, self, axes[1]), order);
            case 2 -> flipped(call, self, axes);
            case 3 -> ordered(call, flipped(call, self, axes[0]), order);
            default -> self;
        };
    }
}
