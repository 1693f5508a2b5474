package dev.entrepot.importers.chainer.functions.recurrent;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The time steps of sequences sorted by length: step t holds the sequences that are longer than t.
 *
 * @param call who has them
 * @param length how many there are, T
 * @param batch how many sequences there are, B
 * @param batches how many sequences reach each step; empty where all reach the last
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TimeSteps(FunctionCall call, SizeExpr length, SizeExpr batch, long[] batches) {

    /** @throws dev.entrepot.bytes.ModelException if a step has more sequences than the one before it */
    static TimeSteps of(FunctionCall call, List<Value> steps) {
        SizeExpr first = call.size(steps.get(0), 0);
        if (steps.stream().allMatch(step -> call.size(step, 0).equals(first))) {
            return new TimeSteps(call, SizeExpr.of(steps.size()), first, new long[0]);
        }
        long[] batches =
                steps.stream().mapToLong(step -> call.knownSize(step, 0)).toArray();
        for (int i = 1; i < batches.length; i++) {
            if (batches[i] > batches[i - 1]) {
                throw call.malformed("step " + i + " of xs has " + batches[i] + " sequences, the one before has "
                        + batches[i - 1] + "; sequences are expected longest first");
            }
        }
        return new TimeSteps(call, SizeExpr.of(steps.size()), first, batches);
    }

    /** The steps of one array [T, B, C]. */
    static TimeSteps ofJoined(FunctionCall call, Value joined) {
        return new TimeSteps(call, call.size(joined, 0), call.size(joined, 1), new long[0]);
    }

    private int count() {
        return Math.toIntExact(length.number().orElseThrow());
    }

    private boolean equal() {
        return batches.length == 0;
    }

    /** All steps as one array [T, B, C]; what stands behind a sequence's end is not meant to be read. */
    Value joined(List<Value> steps) {
        SizeExpr features = call.size(steps.get(0), 1);
        Value rows = call.concat(0, steps);
        List<SizeExpr> sizes = List.of(length, batch, features);
        if (equal()) {
            return call.reshape(rows, sizes);
        }
        long[] places = new long[count() * (int) batches[0]];
        long next = 0;
        for (int t = 0; t < count(); t++) {
            for (int b = 0; b < batches[t]; b++) {
                places[t * (int) batches[0] + b] = next++;
            }
        }
        Value where = call.constant(Tensor.of(Shape.of(count(), batches[0]), places));
        return call.sized(call.add("Gather", Attributes.of("axis", 0), rows, where), sizes);
    }

    /** The lengths of the sequences as ONNX's layers want them: int32 [B], or {@link Value#NONE} where all are equal. */
    Value lengths() {
        if (equal()) {
            return Value.NONE;
        }
        int[] lengths = IntStream.range(0, (int) batches[0])
                .map(b -> (int)
                        LongStream.of(batches).filter(reaching -> reaching > b).count())
                .toArray();
        return call.constant(Tensor.of(Shape.of(lengths.length), lengths));
    }

    /** One array [T, B, C] as its steps. */
    List<Value> apart(Value joined) {
        SizeExpr features = call.size(joined, 2);
        Value rows = call.reshape(joined, List.of(length.times(batch), features));
        int count = count();
        if (count == 1) {
            return List.of(rows);
        }
        List<Value> steps = equal()
                ? call.add("Split", count, Attributes.of("axis", 0).with("num_outputs", count), List.of(rows))
                : call.add(
                        "Split",
                        count,
                        Attributes.of("axis", 0),
                        List.of(
                                call.add("Gather", Attributes.of("axis", 0), rows, call.vector(places())),
                                call.vector(batches)));
        List<Value> sized = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            sized.add(call.sized(steps.get(t), List.of(equal() ? batch : SizeExpr.of(batches[t]), features)));
        }
        return sized;
    }

    private long[] places() {
        return IntStream.range(0, count())
                .boxed()
                .flatMap(t -> LongStream.range(0, batches[t])
                        .map(b -> t * batches[0] + b)
                        .boxed())
                .mapToLong(Long::longValue)
                .toArray();
    }
}
