package dev.entrepot.importers.torch.operators.layers;

import static dev.entrepot.importers.torch.operators.entries.Entries.many;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A batch of sequences, the longest first, without pads: data [total, ...] holds step by step what the sequences have that still run, and
 * {@code batch_sizes} [T] says how many these are.
 *
 * <p>Source: aten/src/ATen/native/PackedSequence.cpp.
 */
public final class PackedSequence {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            many("aten::_pack_padded_sequence", PackedSequence::packPaddedSequence),
            many("aten::_pad_packed_sequence", PackedSequence::padPackedSequence));
    // spotless:on

    private final AtenCall call;
    private final SizeExpr steps;
    private final SizeExpr batch;
    private final Value running;

    /**
     * @param batchSizes int64 [T], falling
     * @param steps how many steps there are, of which the last may be nobody's
     * @param batch how many sequences
     */
    PackedSequence(AtenCall call, Value batchSizes, SizeExpr steps, SizeExpr batch) {
        this.call = call;
        this.steps = steps;
        this.batch = batch;
        Value known = call.size(batchSizes, 0).equals(steps)
                ? batchSizes
                : call.add(
                        "Pad", batchSizes, call.vector(List.of(SizeExpr.ZERO, steps.minus(call.size(batchSizes, 0)))));
        this.running =
                call.sized(call.add("Less", range(call, batch), call.unsqueeze(known, 1)), List.of(steps, batch));
    }

    private static Value range(AtenCall call, SizeExpr count) {
        return call.add(
                "Range", call.scalar(0, DataType.INT64), call.graph().scalar(count), call.scalar(1, DataType.INT64));
    }

    /** How long each sequence is: int64 [N]. */
    Value lengths() {
        Value count =
                call.add("ReduceSum", Attributes.of("keepdims", 0), call.cast(running, DataType.INT64), call.vector(0));
        return call.sized(count, List.of(batch));
    }

    /** data [total, ...] -> [T, N, ...]. */
    Value padded(Value data, Value padding) {
        List<SizeExpr> sizes = new ArrayList<>(List.of(steps, batch));
        sizes.addAll(call.sizes(data).subList(1, call.rank(data)));
        Value pads = call.add("Expand", padding, call.vector(sizes));
        return call.sized(call.add("ScatterND", pads, places(call, running), data), sizes);
    }

    /** [T, N, ...] -> [total, ...]. */
    Value pack(Value padded) {
        Value data = call.add("GatherND", padded, places(call, running));
        List<SizeExpr> sizes = new ArrayList<>(List.of(call.size(call.value("data"), 0)));
        sizes.addAll(call.sizes(padded).subList(2, call.rank(padded)));
        return call.sized(data, sizes);
    }

    private static Value places(AtenCall call, Value running) {
        return call.transpose(call.add("NonZero", running), 1, 0);
    }

    private static List<Value> packPaddedSequence(AtenCall call) {
        Value input = call.bool("batch_first") ? swapped(call, call.value("input")) : call.value("input");
        Value lengths = call.value("lengths", DataType.INT64);
        Value steps = call.unsqueeze(range(call, call.size(input, 0)), 1);
        Value running = call.add("Less", steps, lengths);
        Value data = call.add("GatherND", input, places(call, running));
        Value counts =
                call.add("ReduceSum", Attributes.of("keepdims", 0), call.cast(running, DataType.INT64), call.vector(1));
        Value longest = call.add("Slice", lengths, call.vector(0), call.vector(1));
        return List.of(data, call.add("Slice", counts, call.vector(0), longest));
    }

    private static List<Value> padPackedSequence(AtenCall call) {
        Value batchSizes = call.value("batch_sizes", DataType.INT64);
        long wanted = call.integer("total_length");
        SizeExpr steps = wanted > 0 ? SizeExpr.of(wanted) : call.size(batchSizes, 0);
        Value first = call.add("Gather", batchSizes, call.scalar(0, DataType.INT64));
        SizeExpr batch = call.graph().toSize(call.graph().item(first));
        PackedSequence sequence = new PackedSequence(call, batchSizes, steps, batch);
        Value data = call.value("data");
        Value padded = sequence.padded(data, call.value("padding_value", data.dataType()));
        return List.of(call.bool("batch_first") ? swapped(call, padded) : padded, sequence.lengths());
    }

    private static Value swapped(AtenCall call, Value value) {
        long[] order = new long[call.rank(value)];
        for (int i = 0; i < order.length; i++) {
            order[i] = i < 2 ? 1 - i : i;
        }
        return call.transpose(value, order);
    }
}
