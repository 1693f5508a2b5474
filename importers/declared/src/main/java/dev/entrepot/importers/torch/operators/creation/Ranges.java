package dev.entrepot.importers.torch.operators.creation;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.Amounts;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.List;
import java.util.stream.LongStream;

/** Vectors of numbers at equal distances. */
public final class Ranges {

    private Ranges() {}

    /** 0, 1, ... before a size, int64. */
    public static Value upTo(AtenCall call, SizeExpr end) {
        return wholes(call, SizeExpr.ZERO, SizeExpr.ONE, end);
    }

    /** So many whole numbers. */
    private static Value wholes(AtenCall call, SizeExpr start, SizeExpr step, SizeExpr count) {
        boolean known = start.isNumber() && step.isNumber() && count.isNumber();
        if (known && count.number().getAsLong() <= Creation.LARGEST_CONSTANT) {
            long first = start.number().getAsLong();
            long by = step.number().getAsLong();
            return call.constant(
                    Tensor.vector(LongStream.range(0, count.number().getAsLong())
                            .map(i -> first + i * by)
                            .toArray()));
        }
        SizeExpr end = start.plus(step.times(count));
        Value range = call.add(
                "Range",
                call.graph().scalar(start),
                call.graph().scalar(end),
                call.graph().scalar(step));
        return call.sized(range, List.of(count));
    }

    /** int64 if all are whole, else float32. Source: aten/src/ATen/native/RangeFactories.cpp, arange_out. */
    static Value arange(AtenCall call) {
        IValue start = bound(call, "start", 0);
        IValue step = bound(call, "step", 1);
        IValue end = bound(call, "end", 0);
        if (isWhole(start) && isWhole(step) && isWhole(end)) {
            SizeExpr by = call.graph().toSize(step);
            SizeExpr first = call.graph().toSize(start);
            SizeExpr span = call.graph().toSize(end).minus(first);
            Value wholes = wholes(call, first, by, count(call, span, by));
            return call.cast(wholes, Creation.type(call, DataType.INT64));
        }
        DataType type = Creation.type(call, DataType.FLOAT);
        var from = call.graph().knownNumber(start);
        var to = call.graph().knownNumber(end);
        var by = call.graph().knownNumber(step);
        if (from.isEmpty() || to.isEmpty() || by.isEmpty()) {
            Value range = call.add(
                    "Range",
                    call.graph().toValue(start, DataType.DOUBLE),
                    call.graph().toValue(end, DataType.DOUBLE),
                    call.graph().toValue(step, DataType.DOUBLE));
            return call.cast(range, type);
        }
        return reals(call, type, from.get(), by.get(), (long) Math.ceil((to.get() - from.get()) / by.get()));
    }

    /** An argument; in a type of whole numbers its fraction is cut off. */
    private static IValue bound(AtenCall call, String name, long absent) {
        if (!call.has(name)) {
            return IValue.of(absent);
        }
        boolean whole =
                call.dtype("dtype").filter(type -> !type.isFloatingPoint()).isPresent();
        return whole && call.get(name) instanceof IValue.Real real ? IValue.of((long) real.value()) : call.get(name);
    }

    private static SizeExpr count(AtenCall call, SizeExpr span, SizeExpr step) {
        int sign = step.sign().orElse(1);
        if (sign == 0) {
            throw call.malformed("step is 0");
        }
        SizeExpr count = span.plus(step).minus(SizeExpr.of(sign)).floorDividedBy(step);
        if (count.isNumber() && count.number().getAsLong() < 0) {
            throw call.malformed("step " + step + " leads away from the end");
        }
        return count;
    }

    private static boolean isWhole(IValue value) {
        return value instanceof IValue.Int || value instanceof IValue.Bool;
    }

    private static Value reals(AtenCall call, DataType type, double start, double step, long count) {
        if (count < 0) {
            throw call.malformed("step " + step + " leads away from the end");
        }
        double[] numbers = new double[Amounts.count(call, count)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = start + step * i;
        }
        return constant(call, type, numbers);
    }

    private static Value constant(AtenCall call, DataType type, double... numbers) {
        return call.cast(call.constant(Creation.reals(type, Shape.of(numbers.length), numbers)), type);
    }

    /** As arange, but the end belongs to it. */
    static Value range(AtenCall call) {
        double start = call.real("start");
        double step = call.has("step") ? call.real("step") : 1;
        long count = (long) Math.floor((call.real("end") - start) / step) + 1;
        return reals(call, Creation.type(call, DataType.FLOAT), start, step, count);
    }

    static Value iota(AtenCall call) {
        Value wholes = wholes(call, call.size("start"), call.size("step"), call.size("length"));
        return call.cast(wholes, Creation.type(call, DataType.INT64));
    }

    /** The second half is counted from the end. Source: aten/src/ATen/native/cpu/RangeFactoriesKernel.cpp, linspace_kernel. */
    static Value linspace(AtenCall call) {
        return constant(call, Creation.type(call, DataType.FLOAT), spaced(call));
    }

    private static double[] spaced(AtenCall call) {
        double start = call.real("start");
        double end = call.real("end");
        int steps = Amounts.count(call, call.integer("steps"));
        boolean single = Creation.type(call, DataType.FLOAT) != DataType.DOUBLE;
        double exact = (end - start) / (steps - 1);
        double step = single ? (float) ((float) (end - start) / (steps - 1)) : exact;
        double[] numbers = new double[steps];
        for (int i = 0; i < steps; i++) {
            numbers[i] = i < steps / 2 ? start + step * i : end - step * (steps - i - 1);
        }
        if (steps == 1) {
            numbers[0] = start;
        }
        return numbers;
    }

    static Value logspace(AtenCall call) {
        double base = call.real("base");
        double[] numbers = spaced(call);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Math.pow(base, numbers[i]);
        }
        return constant(call, Creation.type(call, DataType.FLOAT), numbers);
    }
}
