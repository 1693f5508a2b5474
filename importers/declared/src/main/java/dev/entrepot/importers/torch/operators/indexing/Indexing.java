package dev.entrepot.importers.torch.operators.indexing;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.shapes.Axes;
import dev.entrepot.importers.torch.operators.shapes.Stretching;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Elements picked by tensors of indices, as Python's brackets do. */
public final class Indexing {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::_index_put_impl", Indexing::indexPut),
            one("aten::_unsafe_index", Indexing::index),
            one("aten::_unsafe_index_put", Indexing::indexPut),
            one("aten::index.Tensor", Indexing::index),
            one("aten::index.Tensor_hacked_twin", Indexing::index),
            one("aten::index_put", Indexing::indexPut),
            one("aten::index_select", Indexing::indexSelect));
    // spotless:on

    private static final Set<DataType> MASKS = Set.of(DataType.BOOL, DataType.UINT8);

    private Indexing() {}

    /**
     * Which axes are indexed by what.
     *
     * @param axes the indexed axes, ascending
     * @param indices an int64 tensor for each
     */
    private record Picked(List<Integer> axes, List<Value> indices) {

        boolean adjacent() {
            return axes.get(axes.size() - 1) - axes.get(0) == axes.size() - 1;
        }
    }

    /** A mask stands for as many axes as it has. Source: aten/src/ATen/native/IndexingUtils.h, expandTensors. */
    private static Picked picked(AtenCall call) {
        List<Integer> axes = new ArrayList<>();
        List<Value> indices = new ArrayList<>();
        int axis = 0;
        for (IValue item : call.items("indices")) {
            if (item instanceof IValue.None) {
                axis++;
                continue;
            }
            Value index = call.graph().toValue(item);
            for (Value along : MASKS.contains(index.dataType()) ? nonzero(call, index) : List.of(index)) {
                axes.add(axis++);
                indices.add(call.cast(along, DataType.INT64));
            }
        }
        if (axis > call.rank(call.value("self"))) {
            throw call.malformed("too many indices for " + call.value("self").shape());
        }
        return new Picked(axes, indices);
    }

    /** The places of a mask's true elements, a vector an axis. */
    private static List<Value> nonzero(AtenCall call, Value mask) {
        Value places = call.add("NonZero", call.cast(mask, DataType.BOOL));
        return IntStream.range(0, call.rank(mask))
                .mapToObj(axis -> call.add("Gather", places, call.scalar(axis, DataType.INT64)))
                .toList();
    }

    private static Value index(AtenCall call) {
        Value self = call.value("self");
        Picked picked = picked(call);
        if (picked.axes().isEmpty()) {
            return self;
        }
        if (picked.axes().size() == 1) {
            return gathered(call, self, picked.axes().get(0), picked.indices().get(0));
        }
        long[] order = Axes.first(call.rank(self), picked.axes());
        Value indices = stacked(call, picked);
        Value found = call.add("GatherND", Axes.ordered(call, self, order), indices);
        int rank = call.rank(self) - picked.axes().size() + call.rank(indices) - 1;
        return Axes.ordered(call, found, Axes.back(fromResult(call, picked, rank, call.rank(indices) - 1)));
    }

    private static Value gathered(AtenCall call, Value value, int axis, Value index) {
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(value));
        sizes.remove(axis);
        sizes.addAll(axis, call.sizes(index));
        return call.sized(call.add("Gather", Attributes.of("axis", axis), value, index), sizes);
    }

    /** The indices broadcast together, in a last axis. */
    private static Value stacked(AtenCall call, Picked picked) {
        List<SizeExpr> sizes = Stretching.broadcast(call, picked.indices());
        int rank = sizes.size();
        List<Value> columns = picked.indices().stream()
                .map(index -> call.unsqueeze(Stretching.expanded(call, index, sizes), rank))
                .toList();
        return call.add("Concat", 1, Attributes.of("axis", rank), columns).get(0);
    }

    /**
     * The order that brings the axes of the indices to the front of a result, where GatherND has them; PyTorch has them in the place of
     * the indexed axes if these are neighbours.
     */
    private static long[] fromResult(AtenCall call, Picked picked, int rank, int added) {
        int at = picked.adjacent() ? picked.axes().get(0) : 0;
        return Axes.first(rank, IntStream.range(at, at + added).boxed().toList());
    }

    private static Value indexPut(AtenCall call) {
        Value self = call.value("self");
        Value values = call.value("values", self.dataType());
        boolean accumulate = call.bool("accumulate");
        List<IValue> items = call.items("indices");
        if (!accumulate && items.size() == 1 && !(items.get(0) instanceof IValue.None)) {
            Value mask = call.graph().toValue(items.get(0));
            int left = call.rank(self) - call.rank(mask);
            if (MASKS.contains(mask.dataType()) && call.rank(values) <= left) {
                Value aligned = left == 0
                        ? mask
                        : call.unsqueeze(
                                mask,
                                LongStream.range(call.rank(mask), call.rank(self))
                                        .toArray());
                return call.sized(call.add("Where", call.cast(aligned, DataType.BOOL), values, self), call.sizes(self));
            }
        }
        Picked picked = picked(call);
        if (picked.axes().isEmpty()) {
            return Stretching.expanded(call, values, call.sizes(self));
        }
        long[] order = Axes.first(call.rank(self), picked.axes());
        Value indices = stacked(call, picked);
        int added = call.rank(indices) - 1;
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(indices).subList(0, added));
        Value moved = Axes.ordered(call, self, order);
        sizes.addAll(call.sizes(moved).subList(picked.axes().size(), call.rank(self)));
        long[] result = fromResult(call, picked, sizes.size(), added);
        List<SizeExpr> asPyTorch = new ArrayList<>();
        for (long axis : Axes.back(result)) {
            asPyTorch.add(sizes.get((int) axis));
        }
        Value updates = Axes.ordered(call, Stretching.expanded(call, values, asPyTorch), result);
        DataType type = self.dataType();
        DataType wide = accumulate ? Scattering.wide(type) : type;
        Value changed = call.cast(
                call.add(
                        "ScatterND",
                        accumulate ? Attributes.of("reduction", "add") : Attributes.NONE,
                        call.cast(moved, wide),
                        indices,
                        call.cast(updates, wide)),
                type);
        return call.sized(Axes.ordered(call, changed, Axes.back(order)), call.sizes(self));
    }

    private static Value indexSelect(AtenCall call) {
        Value self = call.value("self");
        Value index = call.value("index");
        Value vector = call.rank(index) == 0 ? call.reshape(index, 1) : index;
        if (call.rank(self) == 0) {
            return self;
        }
        return gathered(call, self, call.axis(self, call.integer("dim")), vector);
    }
}
