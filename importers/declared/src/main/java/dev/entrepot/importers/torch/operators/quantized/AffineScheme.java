package dev.entrepot.importers.torch.operators.quantized;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.stream.LongStream;

/**
 * How numbers are quantized: {@code clamp(round(x / scale) + zero_point, min, max)}.
 *
 * @param call where that is said
 * @param scale float32, of no axes, of one element for each index of {@code axis}, or broadcast to what is quantized
 * @param zeroPoint as scale, of any type
 * @param axis the axis that has a scale for each index, or one of the numbers below 0
 * @param min the least quantized number
 * @param max the largest quantized number
 */
record AffineScheme(AtenCall call, Value scale, Value zeroPoint, int axis, long min, long max) {

    /** The axis of a scheme with one scale for all. */
    static final int NONE = -1;

    /** The axis of a scheme whose scales broadcast. */
    static final int BROADCAST = -2;

    /** The numbers, quantized, in this element type. */
    Value quantize(Value x, DataType type) {
        Value wide = call.cast(x, DataType.FLOAT);
        if (!hasOperators(type)) {
            return call.cast(clipped(rounded(wide)), type);
        }
        Value q = call.add("QuantizeLinear", attributes(), wide, scale, call.cast(zeroPoint, type));
        boolean whole = type == DataType.INT8 ? min <= -128 && max >= 127 : min <= 0 && max >= 255;
        return call.sized(
                whole ? q : call.add("Clip", q, call.scalar(min, type), call.scalar(max, type)), call.sizes(x));
    }

    /** What quantized numbers stand for, in float32. */
    Value dequantize(Value q) {
        if (hasOperators(q.dataType())) {
            Value zero = call.cast(zeroPoint, q.dataType());
            return call.sized(call.add("DequantizeLinear", attributes(), q, scale, zero), call.sizes(q));
        }
        Value centred =
                call.add("Sub", call.cast(q, DataType.FLOAT), broadcast(call.cast(zeroPoint, DataType.FLOAT), q));
        return call.add("Mul", centred, broadcast(scale, q));
    }

    /** The numbers after quantizing and back, in their own element type. */
    Value pretend(Value x) {
        DataType type = x.dataType();
        if (min >= 0 && max <= 255) {
            return call.cast(dequantize(quantize(x, DataType.UINT8)), type);
        }
        DataType store = min >= -128 && max <= 127 ? DataType.INT8 : DataType.INT32;
        return call.cast(dequantize(quantize(x, store)), type);
    }

    private boolean hasOperators(DataType type) {
        return (type == DataType.INT8 || type == DataType.UINT8) && axis != BROADCAST;
    }

    private Attributes attributes() {
        return axis < 0 ? Attributes.NONE : Attributes.of("axis", axis);
    }

    private Value rounded(Value x) {
        Value scaled = call.add("Mul", x, call.add("Reciprocal", broadcast(scale, x)));
        Value zero = broadcast(call.cast(zeroPoint, DataType.FLOAT), x);
        return axis == BROADCAST
                ? call.add("Round", call.add("Add", scaled, zero))
                : call.add("Add", call.add("Round", scaled), zero);
    }

    private Value clipped(Value x) {
        return call.add("Clip", x, call.scalar(min, DataType.FLOAT), call.scalar(max, DataType.FLOAT));
    }

    private Value broadcast(Value perIndex, Value x) {
        long[] behind = axis < 0
                ? new long[0]
                : LongStream.range(1, call.rank(x) - (long) axis).toArray();
        return behind.length == 0 ? perIndex : call.unsqueeze(perIndex, behind);
    }
}
