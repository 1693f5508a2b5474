package dev.entrepot.importers.chainer.functions.entries;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.stream.LongStream;

/** Whole numbers in a row. */
public final class Ranges {

    private static final long LONGEST_CONSTANT = 4096;

    private Ranges() {}

    /** 0, 1, ... below a count that may be symbolic, as int64. */
    public static Value upTo(FunctionCall call, SizeExpr count) {
        if (count.isNumber() && count.number().getAsLong() <= LONGEST_CONSTANT) {
            return call.vector(LongStream.range(0, count.number().getAsLong()).toArray());
        }
        Value end = count.isNumber()
                ? call.scalar(count.number().getAsLong(), DataType.INT64)
                : call.squeeze(call.vector(List.of(count)), 0);
        Value range = call.add("Range", call.scalar(0, DataType.INT64), end, call.scalar(1, DataType.INT64));
        return call.sized(range, List.of(count));
    }
}
