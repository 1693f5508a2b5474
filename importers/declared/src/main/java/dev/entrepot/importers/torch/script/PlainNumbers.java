package dev.entrepot.importers.torch.script;

import static java.util.Map.entry;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.IValue.Bool;
import dev.entrepot.importers.torch.aten.IValue.Int;
import dev.entrepot.importers.torch.aten.IValue.Real;
import dev.entrepot.importers.torch.aten.IValue.Scalar;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/** Arithmetic on numbers that are no tensors. Source: torch/csrc/jit/runtime/register_prim_ops.cpp and register_ops_utils.h. */
final class PlainNumbers {

    private static final Map<String, DoubleUnaryOperator> FUNCTIONS = Map.ofEntries(
            entry("aten::sqrt", Math::sqrt),
            entry("aten::exp", Math::exp),
            entry("aten::log", Math::log),
            entry("aten::log10", Math::log10),
            entry("aten::log2", x -> Math.log(x) / Math.log(2)),
            entry("aten::log1p", Math::log1p),
            entry("aten::expm1", Math::expm1),
            entry("aten::sin", Math::sin),
            entry("aten::cos", Math::cos),
            entry("aten::tan", Math::tan),
            entry("aten::asin", Math::asin),
            entry("aten::acos", Math::acos),
            entry("aten::atan", Math::atan),
            entry("aten::sinh", Math::sinh),
            entry("aten::cosh", Math::cosh),
            entry("aten::tanh", Math::tanh),
            entry("aten::fabs", Math::abs),
            entry("aten::degrees", Math::toDegrees),
            entry("aten::radians", Math::toRadians));

    private PlainNumbers() {}

    static Stream<Map.Entry<String, PlainFunction>> table() {
        Stream<Map.Entry<String, PlainFunction>> functions =
                FUNCTIONS.entrySet().stream().map(f -> entry(f.getKey(), real(f.getValue())));
        return Stream.concat(
                functions,
                Stream.of(
                        entry("aten::add", both(SizeExpr::plus, Double::sum)),
                        entry("aten::sub", both(SizeExpr::minus, (a, b) -> a - b)),
                        entry("aten::mul", both(SizeExpr::times, (a, b) -> a * b)),
                        entry("aten::floordiv", both(SizeExpr::floorDividedBy, (a, b) -> Math.floor(a / b))),
                        entry("aten::remainder", both(SizeExpr::modulo, PlainNumbers::modulo)),
                        entry("aten::div", PlainNumbers::divide),
                        entry("aten::truediv", PlainNumbers::divide),
                        entry("aten::pow", PlainNumbers::power),
                        entry("aten::neg", PlainNumbers::negate),
                        entry("prim::min", call -> extreme(call, -1)),
                        entry("prim::max", call -> extreme(call, 1)),
                        entry("aten::abs", PlainNumbers::absolute),
                        entry("prim::abs", PlainNumbers::absolute),
                        entry("aten::Int", PlainNumbers::toInt),
                        entry("aten::Float", PlainNumbers::toFloat),
                        entry("aten::floor", rounding(Math::floor)),
                        entry("aten::ceil", rounding(Math::ceil)),
                        entry("aten::trunc", rounding(x -> x < 0 ? Math.ceil(x) : Math.floor(x))),
                        entry("aten::round", PlainNumbers::round),
                        entry("aten::fmod", real((a, b) -> a % b)),
                        entry("aten::atan2", real(Math::atan2)),
                        entry("aten::copysign", real(Math::copySign)),
                        entry("aten::isnan", call -> known(call, 0).map(x -> IValue.of(Double.isNaN(x)))),
                        entry("aten::isinf", call -> known(call, 0).map(x -> IValue.of(Double.isInfinite(x)))),
                        entry("aten::isfinite", call -> known(call, 0).map(x -> IValue.of(Double.isFinite(x)))),
                        entry("aten::gcd", PlainNumbers::gcd),
                        entry("aten::__lshift__", call -> whole(call, (a, b) -> a << b)),
                        entry("aten::__rshift__", call -> whole(call, (a, b) -> a >> b)),
                        entry("aten::__range_length", PlainNumbers::rangeLength),
                        entry("aten::__derive_index", PlainNumbers::deriveIndex)));
    }

    /** Whether this is a number, or a number that is only known when the model runs. */
    static boolean isNumber(IValue value) {
        return value instanceof Int || value instanceof Real || value instanceof Bool || value instanceof Scalar;
    }

    /** Whether this is a whole number; True and False count as such. */
    static boolean isWhole(IValue value) {
        return value instanceof Int
                || value instanceof Bool
                || value instanceof Scalar scalar && scalar.value().dataType() == DataType.BOOL;
    }

    private static boolean areNumbers(PlainCall call) {
        return call.arguments().stream().allMatch(PlainNumbers::isNumber);
    }

    private static Optional<Double> known(PlainCall call, int index) {
        return isNumber(call.get(index)) ? call.graph().knownNumber(call.get(index)) : Optional.empty();
    }

    private static PlainFunction both(BinaryOperator<SizeExpr> whole, DoubleBinaryOperator real) {
        return call -> {
            if (!areNumbers(call) || call.count() != 2) {
                return Optional.empty();
            }
            if (isWhole(call.get(0)) && isWhole(call.get(1))) {
                return Optional.of(IValue.of(whole.apply(call.size(0), call.size(1))));
            }
            return Optional.of(reals(call, real));
        };
    }

    /** Computes at once what is known, else in the graph, in the precision that PyTorch's tensors have. */
    private static IValue reals(PlainCall call, DoubleBinaryOperator real) {
        Optional<Double> left = known(call, 0);
        Optional<Double> right = known(call, 1);
        return left.isPresent() && right.isPresent()
                ? IValue.of(real.applyAsDouble(left.get(), right.get()))
                : inGraph(call, call.op().equals("aten::floordiv") ? "aten::floor_divide" : call.op());
    }

    /** The operator on scalar tensors, back as a number. */
    private static IValue inGraph(PlainCall call, String op) {
        IValue[] tensors = call.arguments().stream()
                .map(value -> call.graph().tensor(call.graph().toValue(value)))
                .toArray(IValue[]::new);
        IValue result = call.graph().call(op, tensors);
        return result instanceof TensorRef tensor ? call.graph().item(tensor.value()) : result;
    }

    private static PlainFunction real(DoubleBinaryOperator function) {
        return call -> areNumbers(call) && call.count() == 2 ? Optional.of(reals(call, function)) : Optional.empty();
    }

    private static PlainFunction real(DoubleUnaryOperator function) {
        return call -> {
            if (!areNumbers(call) || call.count() != 1) {
                return Optional.empty();
            }
            Optional<Double> known = known(call, 0);
            return Optional.of(
                    known.isPresent() ? IValue.of(function.applyAsDouble(known.get())) : inGraph(call, call.op()));
        };
    }

    private static double modulo(double a, double b) {
        double remainder = a % b;
        return remainder != 0 && remainder < 0 != b < 0 ? remainder + b : remainder;
    }

    private static Optional<IValue> divide(PlainCall call) {
        if (!areNumbers(call) || call.count() != 2) {
            return Optional.empty();
        }
        if (call.get(0) instanceof Int left
                && call.get(1) instanceof Int right
                && left.value().isNumber()
                && right.value().is(0)) {
            throw call.malformed("divides by zero");
        }
        return Optional.of(reals(call, (a, b) -> a / b));
    }

    private static Optional<IValue> power(PlainCall call) {
        if (!areNumbers(call)) {
            return Optional.empty();
        }
        boolean whole = isWhole(call.get(0))
                && call.get(1) instanceof Int exponent
                && exponent.value().isNeverNegative();
        if (whole && call.size(1).isNumber() && call.size(1).number().getAsLong() <= Long.SIZE) {
            SizeExpr power = SizeExpr.ONE;
            for (long i = call.integer(1); i > 0; i--) {
                power = power.times(call.size(0));
            }
            return Optional.of(IValue.of(power));
        }
        return Optional.of(reals(call, Math::pow));
    }

    private static Optional<IValue> negate(PlainCall call) {
        if (!areNumbers(call)) {
            return Optional.empty();
        }
        if (isWhole(call.get(0))) {
            return Optional.of(IValue.of(call.size(0).negated()));
        }
        return real(x -> -x).apply(call);
    }

    private static Optional<IValue> absolute(PlainCall call) {
        if (!areNumbers(call)) {
            return Optional.empty();
        }
        if (isWhole(call.get(0))) {
            return Optional.of(IValue.of(call.size(0).max(call.size(0).negated())));
        }
        return real(Math::abs).apply(call);
    }

    /** The least (sign -1) or greatest (sign 1) of two numbers, or of a list. */
    private static Optional<IValue> extreme(PlainCall call, int sign) {
        if (call.count() == 1 && PlainCall.itemsOf(call.get(0)).isPresent()) {
            return call.items(0).stream().reduce((a, b) -> extreme(call, a, b, sign));
        }
        return areNumbers(call) && call.count() == 2
                ? Optional.of(extreme(call, call.get(0), call.get(1), sign))
                : Optional.empty();
    }

    private static IValue extreme(PlainCall call, IValue a, IValue b, int sign) {
        if (isWhole(a) && isWhole(b)) {
            SizeExpr left = call.graph().toSize(a);
            SizeExpr right = call.graph().toSize(b);
            // A loop over several lists at once counts to the shortest, and begins with the largest of all numbers.
            if (left.is(Long.MAX_VALUE) || right.is(Long.MAX_VALUE)) {
                return left.is(Long.MAX_VALUE) == sign < 0 ? b : a;
            }
            return IValue.of(sign < 0 ? left.min(right) : left.max(right));
        }
        PlainCall pair = new PlainCall(
                sign < 0 ? "aten::minimum" : "aten::maximum", java.util.List.of(a, b), call.graph(), call.journal());
        return reals(pair, sign < 0 ? Math::min : Math::max);
    }

    private static Optional<IValue> toInt(PlainCall call) {
        IValue value = call.get(0);
        if (value instanceof IValue.Text text) {
            return Optional.of(IValue.of(Long.parseLong(text.value().strip())));
        }
        if (isWhole(value)) {
            return Optional.of(
                    value instanceof Scalar scalar
                            ? call.graph().item(call.graph().cast(scalar.value(), DataType.INT64))
                            : IValue.of(call.graph().toSize(value)));
        }
        if (value instanceof Real real) {
            return Optional.of(IValue.of((long) real.value()));
        }
        if (value instanceof Scalar scalar) {
            return Optional.of(call.graph().item(call.graph().cast(scalar.value(), DataType.INT64)));
        }
        if (value instanceof TensorRef tensor) {
            return Optional.of(call.graph().item(call.graph().cast(tensor.value(), DataType.INT64)));
        }
        return Optional.empty();
    }

    private static Optional<IValue> toFloat(PlainCall call) {
        IValue value = call.get(0);
        if (value instanceof IValue.Text text) {
            return Optional.of(IValue.of(Double.parseDouble(text.value().strip())));
        }
        if (value instanceof TensorRef tensor) {
            DataType type = tensor.dataType().isFloatingPoint() ? tensor.dataType() : DataType.FLOAT;
            return Optional.of(call.graph().item(call.graph().cast(tensor.value(), type)));
        }
        if (value instanceof Scalar
                || value instanceof Int number && !number.value().isNumber()) {
            return Optional.of(call.graph().item(call.graph().toValue(value, DataType.FLOAT)));
        }
        return known(call, 0).map(IValue::of);
    }

    private static PlainFunction rounding(DoubleUnaryOperator function) {
        return call -> {
            if (!areNumbers(call) || call.count() != 1) {
                return Optional.empty();
            }
            if (isWhole(call.get(0))) {
                return Optional.of(IValue.of(call.size(0)));
            }
            Optional<Double> known = known(call, 0);
            if (known.isPresent()) {
                return Optional.of(IValue.of((long) function.applyAsDouble(known.get())));
            }
            Value rounded = call.graph().toValue(inGraph(call, call.op()));
            return Optional.of(call.graph().item(call.graph().cast(rounded, DataType.INT64)));
        };
    }

    /** Unlike floor and ceil, it gives a float. */
    private static Optional<IValue> round(PlainCall call) {
        if (!areNumbers(call) || call.count() != 1) {
            return Optional.empty();
        }
        return real(Math::rint).apply(call);
    }

    private static Optional<IValue> gcd(PlainCall call) {
        return whole(call, (a, b) -> {
            long x = Math.abs(a);
            long y = Math.abs(b);
            while (y != 0) {
                long rest = x % y;
                x = y;
                y = rest;
            }
            return x;
        });
    }

    private static Optional<IValue> whole(PlainCall call, java.util.function.LongBinaryOperator function) {
        boolean plain = call.count() == 2 && isWhole(call.get(0)) && isWhole(call.get(1));
        return plain
                ? Optional.of(IValue.of(function.applyAsLong(call.integer(0), call.integer(1))))
                : Optional.empty();
    }

    private static Optional<IValue> rangeLength(PlainCall call) {
        SizeExpr low = call.size(0);
        SizeExpr span = call.size(1).minus(low);
        long step = call.integer(2);
        if (step == 0) {
            throw call.malformed("has a range whose step is 0");
        }
        SizeExpr length = step > 0
                ? span.plus(SizeExpr.of(step - 1)).floorDividedBy(SizeExpr.of(step))
                : span.negated().plus(SizeExpr.of(-step - 1)).floorDividedBy(SizeExpr.of(-step));
        return Optional.of(IValue.of(length.max(SizeExpr.ZERO)));
    }

    private static Optional<IValue> deriveIndex(PlainCall call) {
        return Optional.of(IValue.of(call.size(1).plus(call.size(0).times(call.size(2)))));
    }
}
