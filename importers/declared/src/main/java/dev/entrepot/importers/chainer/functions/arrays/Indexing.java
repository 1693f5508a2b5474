package dev.entrepot.importers.chainer.functions.arrays;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.chainer.functions.arrays.Brackets.Fresh;
import dev.entrepot.importers.chainer.functions.arrays.Brackets.Item;
import dev.entrepot.importers.chainer.functions.arrays.Brackets.Many;
import dev.entrepot.importers.chainer.functions.arrays.Brackets.One;
import dev.entrepot.importers.chainer.functions.arrays.Brackets.Part;
import dev.entrepot.importers.chainer.functions.entries.KnownArrays;
import dev.entrepot.importers.chainer.functions.entries.Ranges;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Elements picked by indices. Source: chainer/functions/array/get_item.py, scatter_add.py, select_item.py, permutate.py, where.py. */
public final class Indexing {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("get_item(x, slices)", call -> picked(call, call.value("x"))),
            one("permutate(x, indices, axis=0, inv=False)", Indexing::permutate),
            one("scatter_add(a, slices, b)", Indexing::scatterAdd),
            one("select_item(x, t)", Indexing::selectItem),
            one("where(condition, x, y)", Indexing::where));
    // spotless:on

    private Indexing() {}

    private static Value picked(FunctionCall call, Value x) {
        Brackets brackets = Brackets.read(call, x, call.items("slices"));
        Value parts = Slices.of(call, x, brackets.parts());
        Value single = withoutOnes(call, parts, brackets);
        List<Many> arrays = brackets.arrays();
        if (arrays.isEmpty()) {
            return withFresh(call, single, brackets.items());
        }
        List<Integer> axes =
                arrays.stream().map(many -> axisLeft(brackets, many.axis())).toList();
        List<SizeExpr> shape = shapeOf(call, arrays);
        Value found = arrays.size() == 1
                ? gathered(call, single, axes.get(0), arrays.get(0).indices())
                : gatheredAlong(call, single, axes, arrays, shape);
        int natural = arrays.size() == 1 ? axes.get(0) : 0;
        return placed(call, found, brackets, natural, shape.size());
    }

    /** The integers take their elements, the last axis first, so that the other axes keep their numbers. */
    private static Value withoutOnes(FunctionCall call, Value x, Brackets brackets) {
        Value result = x;
        List<One> ones = brackets.ones();
        for (int i = ones.size() - 1; i >= 0; i--) {
            int axis = ones.get(i).axis();
            List<SizeExpr> sizes = new ArrayList<>(call.sizes(result));
            sizes.remove(axis);
            result = call.sized(
                    call.add(
                            "Gather",
                            Attributes.of("axis", axis),
                            result,
                            ones.get(i).index()),
                    sizes);
        }
        return result;
    }

    /** The number that an axis has when those of the integers are gone. */
    private static int axisLeft(Brackets brackets, int axis) {
        return axis
                - (int) brackets.ones().stream()
                        .filter(one -> one.axis() < axis)
                        .count();
    }

    private static Value gathered(FunctionCall call, Value x, int axis, Value indices) {
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(x));
        sizes.remove(axis);
        sizes.addAll(axis, call.sizes(indices));
        return call.sized(call.add("Gather", Attributes.of("axis", axis), x, indices), sizes);
    }

    /** The arrays' common sizes, as NumPy broadcasts them. */
    private static List<SizeExpr> shapeOf(FunctionCall call, List<Many> arrays) {
        return Broadcasting.sizes(call, arrays.stream().map(Many::indices).toList());
    }

    /** The elements by several arrays; the axes of these come first. */
    private static Value gatheredAlong(
            FunctionCall call, Value x, List<Integer> axes, List<Many> arrays, List<SizeExpr> shape) {
        List<Value> columns = new ArrayList<>();
        for (Many many : arrays) {
            Value whole = Broadcasting.expanded(call, many.indices(), shape);
            columns.add(call.unsqueeze(whole, shape.size()));
        }
        long[] order = LongStream.concat(
                        axes.stream().mapToLong(Integer::longValue),
                        LongStream.range(0, call.rank(x)).filter(axis -> !axes.contains((int) axis)))
                .toArray();
        Value moved = call.transpose(x, order);
        List<SizeExpr> sizes = new ArrayList<>(shape);
        sizes.addAll(call.sizes(moved).subList(axes.size(), call.rank(moved)));
        return call.sized(call.add("GatherND", moved, call.concat(shape.size(), columns)), sizes);
    }

    /**
     * Puts the axes of the arrays where NumPy has them, in place of the first array if arrays and integers are neighbours, else first.
     *
     * @param natural where they are now
     * @param count how many they are
     */
    private static Value placed(FunctionCall call, Value found, Brackets brackets, int natural, int count) {
        List<Item> kept = brackets.items().stream()
                .filter(item -> item instanceof Part || item instanceof Fresh)
                .toList();
        int before = 0;
        if (brackets.adjacent()) {
            for (Item item : brackets.items()) {
                if (item instanceof Many || item instanceof One) {
                    break;
                }
                before += item instanceof Part || item instanceof Fresh ? 1 : 0;
            }
        }
        int target = (int)
                kept.subList(0, before).stream().filter(Part.class::isInstance).count();
        List<Long> rest = new ArrayList<>();
        for (long axis = 0; axis < call.rank(found); axis++) {
            if (axis < natural || axis >= natural + count) {
                rest.add(axis);
            }
        }
        rest.addAll(target, LongStream.range(natural, natural + count).boxed().toList());
        Value moved =
                call.transpose(found, rest.stream().mapToLong(Long::longValue).toArray());
        List<Long> fresh = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            if (kept.get(i) instanceof Fresh) {
                fresh.add((long) (i < before ? i : i + count));
            }
        }
        return call.unsqueeze(moved, fresh.stream().mapToLong(Long::longValue).toArray());
    }

    private static Value withFresh(FunctionCall call, Value x, List<Item> items) {
        List<Item> kept = items.stream()
                .filter(item -> item instanceof Part || item instanceof Fresh)
                .toList();
        long[] fresh = LongStream.range(0, kept.size())
                .filter(i -> kept.get((int) i) instanceof Fresh)
                .toArray();
        return call.unsqueeze(x, fresh);
    }

    /**
     * Picks from the elements' numbers what get_item would pick from the elements, and adds there. Chainer does not broadcast what is
     * added.
     */
    private static Value scatterAdd(FunctionCall call) {
        Value a = call.value("a");
        Value b = call.value("b", a.dataType());
        List<SizeExpr> shape = call.sizes(a);
        SizeExpr count = SizeExpr.product(shape);
        Value places = picked(call, call.reshape(Ranges.upTo(call, count), shape));
        if (call.rank(places) != call.rank(b)) {
            throw call.malformed(
                    "Chainer does not broadcast: the slices have shape " + places.shape() + ", b has " + b.shape());
        }
        Value flat = call.reshape(a, List.of(count));
        Value added = call.add(
                "ScatterElements",
                Attributes.of("axis", 0).with("reduction", "add"),
                flat,
                call.reshape(places, List.of(SizeExpr.product(call.sizes(places)))),
                call.reshape(b, List.of(SizeExpr.product(call.sizes(b)))));
        return call.reshape(call.sized(added, List.of(count)), shape);
    }

    /** One element of each row. */
    private static Value selectItem(FunctionCall call) {
        Value x = call.value("x");
        Value t = call.value("t");
        Value indices = t.dataType() == DataType.INT32 ? t : call.cast(t, DataType.INT64);
        return call.squeeze(call.add("GatherElements", Attributes.of("axis", 1), x, call.unsqueeze(indices, 1)), 1);
    }

    /** A negative axis repeats the tuple of slices no times, so that it means the first. Source: permutate.py, _permutate. */
    private static Value permutate(FunctionCall call) {
        Value x = call.value("x");
        int axis = (int) Math.max(0, call.whole("axis"));
        Value indices = call.value("indices");
        Optional<long[]> known = KnownArrays.longs(call, indices);
        if (!call.flag("inv")) {
            return gathered(call, x, call.axis(x, axis), call.cast(indices, DataType.INT64));
        } else if (known.isPresent()) {
            long[] inverse = new long[known.get().length];
            for (int i = 0; i < inverse.length; i++) {
                inverse[Math.floorMod(known.get()[i], inverse.length)] = i;
            }
            return gathered(call, x, call.axis(x, axis), call.vector(inverse));
        }
        Value wide = call.cast(indices, DataType.INT64);
        Value inverse = call.add("ScatterElements", wide, wide, Ranges.upTo(call, call.size(wide, 0)));
        return gathered(call, x, call.axis(x, axis), call.sized(inverse, call.sizes(wide)));
    }

    private static Value where(FunctionCall call) {
        Value condition = call.value("condition", DataType.BOOL);
        boolean first = call.get("x") instanceof dev.entrepot.importers.chainer.call.Argument.Array;
        Value x = first ? call.value("x") : call.value("x", call.value("y").dataType());
        Value y = call.value("y", x.dataType());
        return call.sized(call.add("Where", condition, x, y), Broadcasting.sizes(call, List.of(condition, x, y)));
    }
}
