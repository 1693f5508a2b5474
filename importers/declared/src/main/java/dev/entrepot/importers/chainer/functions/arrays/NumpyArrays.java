package dev.entrepot.importers.chainer.functions.arrays;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.chainer.functions.entries.KnownArrays;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What sources do to arrays with NumPy where chainer.functions has nothing of the kind. Unlike variables, arrays of two element types
 * may stand beside each other. Source: NumPy's reference of ufuncs and of array creation.
 */
public final class NumpyArrays {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("numpy.all(a, axis=None, keepdims=False)", call -> truth(call, "ReduceMin")),
            one("numpy.any(a, axis=None, keepdims=False)", call -> truth(call, "ReduceMax")),
            one("numpy.arange(start, stop, step, dtype)", NumpyArrays::arange),
            one("numpy.array(items, shape, dtype)", NumpyArrays::array),
            one("numpy.equal(a, b)", call -> compared(call, "Equal")),
            one("numpy.full(shape, fill_value, dtype)", NumpyArrays::full),
            one("numpy.greater(a, b)", call -> compared(call, "Greater")),
            one("numpy.greater_equal(a, b)", call -> compared(call, "GreaterOrEqual")),
            one("numpy.isinf(a)", call -> call.add("IsInf", call.value("a"))),
            one("numpy.isnan(a)", call -> call.add("IsNaN", call.value("a"))),
            one("numpy.less(a, b)", call -> compared(call, "Less")),
            one("numpy.less_equal(a, b)", call -> compared(call, "LessOrEqual")),
            one("numpy.logical_and(a, b)", call -> logical(call, "And")),
            one("numpy.logical_not(a)", call -> call.add("Not", call.value("a", DataType.BOOL))),
            one("numpy.logical_or(a, b)", call -> logical(call, "Or")),
            one("numpy.logical_xor(a, b)", call -> logical(call, "Xor")),
            one("numpy.not_equal(a, b)", call -> call.add("Not", compared(call, "Equal"))),
            one("numpy.rint(a)", call -> call.add("Round", call.value("a"))));
    // spotless:on

    private NumpyArrays() {}

    /** In the type that NumPy finds for both; a number of Python widens an array only from whole numbers to floats. */
    private static Value compared(FunctionCall call, String op) {
        List<Argument> both = List.of(call.get("a"), call.get("b"));
        Optional<DataType> widest = both.stream()
                .filter(Argument.Array.class::isInstance)
                .map(array -> ((Argument.Array) array).value().dataType())
                .reduce(NumpyArrays::wider);
        boolean real = both.stream().anyMatch(Argument.Real.class::isInstance);
        DataType type = widest.filter(found -> !real || found.isFloatingPoint())
                .orElse(real ? DataType.DOUBLE : DataType.INT64);
        boolean truths = type == DataType.BOOL && !op.equals("Equal");
        DataType in = truths || type == DataType.BOOL && both.stream().anyMatch(Argument.Whole.class::isInstance)
                ? DataType.INT32
                : type;
        Value a = call.value("a", in);
        Value b = call.value("b", in);
        return call.sized(call.add(op, a, b), Broadcasting.sizes(call, List.of(a, b)));
    }

    private static DataType wider(DataType a, DataType b) {
        if (a.isFloatingPoint() != b.isFloatingPoint()) {
            DataType floats = a.isFloatingPoint() ? a : b;
            DataType wholes = a.isFloatingPoint() ? b : a;
            return wholes.bits() > 16 && floats != DataType.DOUBLE ? DataType.DOUBLE : floats;
        }
        return b.bits() > a.bits() ? b : a;
    }

    private static Value logical(FunctionCall call, String op) {
        Value a = call.value("a", DataType.BOOL);
        Value b = call.value("b", DataType.BOOL);
        return call.sized(call.add(op, a, b), Broadcasting.sizes(call, List.of(a, b)));
    }

    private static Value truth(FunctionCall call, String op) {
        Value a = call.cast(call.value("a", DataType.BOOL), DataType.INT32);
        Attributes attributes = Attributes.of("keepdims", call.flag("keepdims") ? 1 : 0);
        return call.cast(call.add(op, attributes, a, call.vector(call.axes(a, "axis"))), DataType.BOOL);
    }

    /** One number everywhere; sizes may be symbolic. */
    private static Value full(FunctionCall call) {
        DataType type = call.dtype("dtype");
        return Broadcasting.expanded(call, call.value("fill_value", type), KnownArrays.wholes(call, "shape"));
    }

    /** Whole numbers that may be symbolic, or floats made of them. */
    private static Value array(FunctionCall call) {
        Value vector = call.vector(call.sizes("items"));
        return call.cast(call.reshape(vector, call.sizes("shape")), call.dtype("dtype"));
    }

    /** From start towards stop; whole numbers may be symbolic. */
    private static Value arange(FunctionCall call) {
        DataType type = call.dtype("dtype");
        boolean whole = Stream.of("start", "stop", "step").allMatch(name -> call.get(name) instanceof Argument.Whole);
        if (!whole) {
            DataType in = type == DataType.DOUBLE ? type : DataType.FLOAT;
            return call.cast(
                    call.add("Range", call.value("start", in), call.value("stop", in), call.value("step", in)), type);
        }
        long step = call.whole("step");
        if (step == 0) {
            throw call.malformed("step is 0");
        }
        SizeExpr span = step > 0
                ? call.size("stop").minus(call.size("start"))
                : call.size("start").minus(call.size("stop"));
        SizeExpr count = span.max(SizeExpr.ZERO)
                .plus(SizeExpr.of(Math.abs(step) - 1))
                .floorDividedBy(SizeExpr.of(Math.abs(step)));
        Value range = call.sized(
                call.add("Range", call.value("start"), call.value("stop"), call.value("step")), List.of(count));
        return call.cast(range, type);
    }
}
