package dev.entrepot.importers.torch.operators.shapes;

import static dev.entrepot.importers.torch.operators.entries.Entries.aliasing;
import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.Amounts;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Elements repeated: broadcasts, tiles, grids. */
public final class Stretching {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            many("aten::broadcast_tensors", Stretching::broadcastTensors),
            aliasing(
                    "aten::broadcast_to",
                    call -> expanded(call, call.value("self"), call.sizes("size")),
                    Stretching::expandBack),
            one("aten::cartesian_prod", Stretching::cartesianProduct),
            one("aten::combinations", Stretching::combinations),
            aliasing(
                    "aten::expand",
                    call -> expanded(call, call.value("self"), call.sizes("size")),
                    Stretching::expandBack),
            aliasing(
                    "aten::expand_as",
                    call -> expanded(call, call.value("self"), call.sizes(call.value("other"))),
                    Stretching::expandBack),
            one("aten::expand_copy", call -> expanded(call, call.value("self"), call.sizes("size"))),
            many("aten::meshgrid", Stretching::meshgrid),
            one("aten::repeat", call -> repeated(call, call.value("self"), call.sizes("repeats"))),
            one("aten::repeat_interleave.Tensor", call -> repeatedPlaces(call, call.value("repeats", DataType.INT64))),
            one("aten::repeat_interleave.self_Tensor", Stretching::repeatInterleaveBy),
            one("aten::repeat_interleave.self_int", Stretching::repeatInterleave),
            one("aten::tile", Stretching::tile),
            one("prims::broadcast_in_dim", Stretching::broadcastInDim));
    // spotless:on

    private Stretching() {}

    /** Source: aten/src/ATen/ExpandUtils.cpp, inferExpandGeometry: -1 keeps a size, axes are aligned at the end. */
    public static Value expanded(AtenCall call, Value value, List<SizeExpr> sizes) {
        List<SizeExpr> own = call.sizes(value);
        int added = sizes.size() - own.size();
        if (added < 0) {
            throw call.malformed("cannot expand " + value.shape() + " to the fewer dimensions of " + sizes);
        }
        List<SizeExpr> target = new ArrayList<>(sizes);
        List<SizeExpr> asked = new ArrayList<>(sizes);
        for (int axis = added; axis < sizes.size(); axis++) {
            SizeExpr size = own.get(axis - added);
            boolean stays = sizes.get(axis).is(-1) || sizes.get(axis).equals(size);
            if (!stays && size.isNumber() && sizes.get(axis).isNumber() && !size.is(1)) {
                throw call.malformed("cannot expand " + value.shape() + " to " + sizes);
            }
            if (stays || !size.isNumber() && sizes.get(axis).is(1)) {
                target.set(axis, size);
                asked.set(axis, SizeExpr.ONE);
            }
        }
        boolean same = added == 0 && asked.stream().allMatch(size -> size.is(1));
        return same ? value : call.sized(call.add("Expand", value, call.vector(asked)), target);
    }

    /** The sizes to which all of these broadcast. */
    public static List<SizeExpr> broadcast(AtenCall call, List<Value> values) {
        return values.stream().map(call::sizes).reduce(List.of(), (a, b) -> broadcast(call, a, b));
    }

    /** The sizes to which both of these broadcast. */
    public static List<SizeExpr> broadcast(AtenCall call, List<SizeExpr> a, List<SizeExpr> b) {
        if (a.size() < b.size()) {
            return broadcast(call, b, a);
        }
        List<SizeExpr> common = new ArrayList<>(a);
        int offset = a.size() - b.size();
        for (int axis = 0; axis < b.size(); axis++) {
            common.set(offset + axis, broadcast(call, a.get(offset + axis), b.get(axis)));
        }
        return common;
    }

    private static SizeExpr broadcast(AtenCall call, SizeExpr a, SizeExpr b) {
        if (a.is(1) || a.equals(b)) {
            return b;
        }
        if (b.is(1)) {
            return a;
        }
        if (a.isNumber() && b.isNumber()) {
            throw call.malformed("sizes " + a + " and " + b + " do not broadcast");
        }
        return a.isNumber() ? a : b;
    }

    /** Of elements that are one in the base, the first one counts. */
    private static Value expandBack(AtenCall call, int output, Value changed) {
        Value self = call.value("self");
        int added = call.rank(changed) - call.rank(self);
        Value shrunk = changed;
        for (int axis = 0; axis < call.rank(changed); axis++) {
            SizeExpr before = axis < added ? SizeExpr.ONE : call.size(self, axis - added);
            if (before.is(1) && !call.size(changed, axis).is(1)) {
                shrunk = call.slice(shrunk, axis, 0, 1);
            }
        }
        return call.reshape(shrunk, call.sizes(self));
    }

    private static List<Value> broadcastTensors(AtenCall call) {
        List<Value> tensors = call.values("tensors");
        List<SizeExpr> sizes = broadcast(call, tensors);
        return tensors.stream().map(value -> expanded(call, value, sizes)).toList();
    }

    private static Value repeated(AtenCall call, Value value, List<SizeExpr> repeats) {
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(value));
        if (repeats.size() < sizes.size()) {
            throw call.malformed(repeats.size() + " repeats for the dimensions of " + value.shape());
        }
        while (sizes.size() < repeats.size()) {
            sizes.add(0, SizeExpr.ONE);
        }
        Value aligned = call.reshape(value, sizes);
        if (repeats.stream().allMatch(repeat -> repeat.is(1))) {
            return aligned;
        }
        List<SizeExpr> result = new ArrayList<>();
        for (int axis = 0; axis < sizes.size(); axis++) {
            result.add(sizes.get(axis).times(repeats.get(axis)));
        }
        return call.sized(call.add("Tile", aligned, call.vector(repeats)), result);
    }

    private static Value tile(AtenCall call) {
        Value self = call.value("self");
        List<SizeExpr> repeats = new ArrayList<>(call.sizes("dims"));
        while (repeats.size() < call.rank(self)) {
            repeats.add(0, SizeExpr.ONE);
        }
        return repeated(call, self, repeats);
    }

    private static Value repeatInterleave(AtenCall call) {
        boolean all = call.isNone("dim");
        Value self = all ? Shapes.flat(call, call.value("self")) : call.value("self");
        int axis = all ? 0 : call.axis(self, call.integer("dim"));
        SizeExpr repeats = call.size("repeats");
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(self));
        sizes.set(axis, sizes.get(axis).times(repeats));
        List<SizeExpr> times = new ArrayList<>(Collections.nCopies(call.rank(self) + 1, SizeExpr.ONE));
        times.set(axis + 1, repeats);
        return call.reshape(repeated(call, call.unsqueeze(self, axis + 1), times), sizes);
    }

    private static Value repeatInterleaveBy(AtenCall call) {
        Value repeats = call.value("repeats", DataType.INT64);
        boolean all = call.isNone("dim");
        Value self = all ? Shapes.flat(call, call.value("self")) : call.value("self");
        int axis = all ? 0 : call.axis(self, call.integer("dim"));
        Value each = Shapes.flat(call, repeats);
        Value along = call.size(each, 0).is(1) ? expanded(call, each, List.of(call.size(self, axis))) : each;
        return call.add("Gather", Attributes.of("axis", axis), self, repeatedPlaces(call, along));
    }

    /** 0 as often as the first number says, 1 as often as the second, and so on. */
    private static Value repeatedPlaces(AtenCall call, Value repeats) {
        var known = call.graph().builder().facts().longs(repeats);
        if (known.isPresent()) {
            long[] times = known.get();
            Amounts.shape(call, times);
            long[] places = new long[Amounts.count(call, LongStream.of(times).reduce(0, Math::addExact))];
            int next = 0;
            for (int place = 0; place < times.length; place++) {
                Arrays.fill(places, next, next + (int) times[place], place);
                next += (int) times[place];
            }
            return call.vector(places);
        }
        Value ends = call.add("CumSum", repeats, call.scalar(0L, DataType.INT64));
        Value total = call.isNone("output_size")
                ? call.add("ReduceSum", Attributes.of("keepdims", 0), repeats)
                : call.graph().scalar(call.size("output_size"));
        Value places = call.add("Range", call.scalar(0L, DataType.INT64), total, call.scalar(1L, DataType.INT64));
        Value passed = call.add("LessOrEqual", ends, call.unsqueeze(places, 1));
        return call.add("ReduceSum", Attributes.of("keepdims", 0), call.cast(passed, DataType.INT64), call.vector(1));
    }

    private static Value cartesianProduct(AtenCall call) {
        List<Value> tensors = call.values("tensors");
        if (tensors.size() == 1) {
            return tensors.get(0);
        }
        List<Value> columns = grids(call, tensors, false).stream()
                .map(grid -> call.unsqueeze(Shapes.flat(call, grid), 1))
                .toList();
        return call.add("Concat", 1, Attributes.of("axis", 1), columns).get(0);
    }

    /** Source: aten/src/ATen/native/Itertools.cpp, combinations: in the order of places. */
    private static Value combinations(AtenCall call) {
        Value self = call.value("self");
        long r = call.integer("r");
        if (r < 0) {
            throw call.malformed("r is " + r + ", expected 0 or more");
        }
        if (r == 0) {
            return call.add("Gather", self, call.vector());
        }
        long size = call.knownSize(self, 0);
        boolean again = call.bool("with_replacement");
        long count = choices(again ? Math.addExact(size, r - 1) : size, r);
        long[] places = new long[Amounts.product(call, count, r)];
        combine(size, (int) r, again ? 0 : 1, places);
        return call.add("Gather", self, call.constant(Tensor.of(Shape.of(count, r), places)));
    }

    /** How many ways there are to choose {@code r} of {@code n}; for more than there is room for, a number that is too large as well. */
    private static long choices(long n, long r) {
        long fewer = Math.min(r, n - r);
        double count = fewer < 0 ? 0 : 1;
        for (long i = 1; i <= fewer && count < Integer.MAX_VALUE; i++) {
            count = count * (n - fewer + i) / i;
        }
        return (long) count;
    }

    /** Fills a table of {@code r} columns with all rising rows of places, in order. */
    private static void combine(long size, int r, int step, long[] table) {
        for (int start = 0; start < table.length; start += r) {
            int rising = start == 0 ? 0 : lastThatCanRise(size, r, step, table, start - r);
            if (start > 0) {
                System.arraycopy(table, start - r, table, start, r);
                table[start + rising]++;
            }
            for (int i = rising + 1; i < r; i++) {
                table[start + i] = table[start + i - 1] + step;
            }
        }
    }

    private static int lastThatCanRise(long size, int r, int step, long[] table, int row) {
        int place = r - 1;
        while (table[row + place] == size - 1 - (long) step * (r - 1 - place)) {
            place--;
        }
        return place;
    }

    /** Source: aten/src/ATen/native/TensorShape.cpp, meshgrid: "xy" exchanges the first two tensors and axes. */
    private static List<Value> meshgrid(AtenCall call) {
        List<Value> tensors = call.values("tensors");
        return grids(
                call, tensors, call.has("indexing") && call.text("indexing").equals("xy") && tensors.size() > 1);
    }

    private static List<Value> grids(AtenCall call, List<Value> tensors, boolean exchanged) {
        List<SizeExpr> sizes = new ArrayList<>();
        tensors.forEach(tensor -> sizes.add(SizeExpr.product(call.sizes(tensor))));
        if (exchanged) {
            Collections.swap(sizes, 0, 1);
        }
        List<Value> grids = new ArrayList<>();
        for (int i = 0; i < tensors.size(); i++) {
            int axis = exchanged && i < 2 ? 1 - i : i;
            List<SizeExpr> along = new ArrayList<>(Collections.nCopies(sizes.size(), SizeExpr.ONE));
            along.set(axis, sizes.get(axis));
            grids.add(expanded(call, call.reshape(tensors.get(i), along), sizes));
        }
        return grids;
    }

    private static Value broadcastInDim(AtenCall call) {
        Value value = call.value("a");
        List<SizeExpr> sizes = call.sizes("shape");
        long[] axes = call.ints("broadcast_dimensions");
        List<SizeExpr> aligned = new ArrayList<>(Collections.nCopies(sizes.size(), SizeExpr.ONE));
        for (int i = 0; i < axes.length; i++) {
            aligned.set((int) axes[i], call.size(value, i));
        }
        return expanded(call, call.reshape(value, aligned), sizes);
    }
}
