package dev.entrepot.importers.torch.operators;

import static dev.entrepot.importers.torch.operators.Entries.overloads;

import dev.entrepot.importers.size.Atom;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Arithmetic on plain numbers. Whole numbers stay expressions over symbolic sizes, known floats stay numbers; only floats that depend on
 * either make nodes, in float64 as Python has them.
 *
 * <p>Source: torch/csrc/jit/runtime/register_prim_ops.cpp.
 */
final class Numerics {

    private static final String NUMBERS = "int float int_float float_int -";
    private static final String FUNCTION = "int float Scalar";

    // spotless:off
    static final Map<String, Support> TABLE = Stream.of(
                    overloads("aten::Bool", "Tensor int float", Numerics::toBool),
                    overloads("aten::Float", "Tensor Scalar int bool str", Numerics::toFloat),
                    overloads("aten::FloatImplicit", "-", Numerics::toFloat),
                    overloads("aten::Int", "Tensor bool float Scalar str", Numerics::toInt),
                    overloads("aten::IntImplicit", "-", Numerics::toInt),
                    overloads("aten::ScalarImplicit", "-", Numerics::item),
                    overloads(
                            "aten::__round_to_zero_floordiv", "int", call -> whole(call, Numerics::truncatedQuotient)),
                    overloads("aten::_local_scalar_dense", "-", Numerics::item),
                    overloads("aten::__and__", "int", call -> bits(call, (a, b) -> a & b)),
                    overloads("aten::__lshift__", "int", call -> bits(call, (a, b) -> a << b)),
                    overloads("aten::__or__", "int", call -> bits(call, (a, b) -> a | b)),
                    overloads("aten::__rshift__", "int", call -> bits(call, (a, b) -> a >> b)),
                    overloads("aten::__xor__", "int", call -> bits(call, (a, b) -> a ^ b)),
                    overloads("aten::acos", FUNCTION, call -> function(call, Math::acos, "Acos")),
                    overloads("aten::add", NUMBERS, call -> both(call, SizeExpr::plus, Double::sum, "Add")),
                    overloads("aten::asin", FUNCTION, call -> function(call, Math::asin, "Asin")),
                    overloads("aten::atan", FUNCTION, call -> function(call, Math::atan, "Atan")),
                    overloads(
                            "aten::atan2",
                            "int float int_float float_int Scalar_Scalar",
                            call -> known(call, Math::atan2)),
                    overloads("aten::ceil", FUNCTION, call -> rounded(call, Math::ceil, "Ceil")),
                    overloads("aten::cos", FUNCTION, call -> function(call, Math::cos, "Cos")),
                    overloads("aten::copysign", NUMBERS, call -> known(call, Math::copySign)),
                    overloads("aten::cosh", FUNCTION, call -> function(call, Math::cosh, "Cosh")),
                    overloads("aten::degrees", FUNCTION, call -> known(call, Math::toDegrees)),
                    overloads("aten::div", "int float -", Numerics::quotient),
                    overloads("aten::exp", FUNCTION, call -> function(call, Math::exp, "Exp")),
                    overloads("aten::expm1", FUNCTION, call -> known(call, Math::expm1)),
                    overloads("aten::fabs", FUNCTION, call -> function(call, Math::abs, "Abs")),
                    overloads("aten::floor", FUNCTION, call -> rounded(call, Math::floor, "Floor")),
                    overloads("aten::floordiv", NUMBERS, Numerics::floorQuotient),
                    overloads("aten::fmod", NUMBERS, call -> known(call, (a, b) -> a % b)),
                    overloads("aten::gcd", "int", call -> bits(call, Numerics::greatestCommonDivisor)),
                    overloads("aten::item", "-", Numerics::item),
                    overloads("aten::log", FUNCTION, call -> function(call, Math::log, "Log")),
                    overloads("aten::log10", FUNCTION, call -> known(call, Math::log10)),
                    overloads("aten::log1p", FUNCTION, call -> known(call, Math::log1p)),
                    overloads(
                            "aten::log",
                            "int_int float_float int_float float_int Scalar_Scalar",
                            call -> known(call, (a, b) -> Math.log(a) / Math.log(b))),
                    overloads("aten::mul", NUMBERS, call -> both(call, SizeExpr::times, (a, b) -> a * b, "Mul")),
                    overloads("aten::mathremainder", NUMBERS, call -> known(call, Math::IEEEremainder)),
                    overloads("aten::neg", FUNCTION, Numerics::negated),
                    overloads(
                            "aten::pow",
                            "int float int_float float_int Scalar_Scalar",
                            call -> real(call, Math::pow, "Pow")),
                    overloads("aten::pow", "int_to_int", Numerics::wholePower),
                    overloads("aten::radians", FUNCTION, call -> known(call, Math::toRadians)),
                    overloads("aten::remainder", NUMBERS, Numerics::remainder),
                    overloads("aten::round", FUNCTION, call -> function(call, Math::rint, "Round")),
                    overloads("aten::sin", FUNCTION, call -> function(call, Math::sin, "Sin")),
                    overloads("aten::sinh", FUNCTION, call -> function(call, Math::sinh, "Sinh")),
                    overloads("aten::sqrt", FUNCTION, call -> function(call, Math::sqrt, "Sqrt")),
                    overloads("aten::sub", NUMBERS, call -> both(call, SizeExpr::minus, (a, b) -> a - b, "Sub")),
                    overloads("aten::tan", FUNCTION, call -> function(call, Math::tan, "Tan")),
                    overloads("aten::tanh", FUNCTION, call -> function(call, Math::tanh, "Tanh")),
                    overloads(
                            "prim::abs",
                            "int float Scalar",
                            call -> either(call, Numerics::absolute, Math::abs, "Abs")),
                    overloads("prim::max", NUMBERS, call -> both(call, SizeExpr::max, Math::max, "Max")),
                    overloads("prim::min", NUMBERS, call -> both(call, SizeExpr::min, Math::min, "Min")),
                    overloads("prims::item", "-", Numerics::item))
            .flatMap(entries -> entries)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    // spotless:on

    private Numerics() {}

    private static IValue argument(AtenCall call, int index) {
        return call.get(call.schema().arguments().get(index).name());
    }

    static boolean isWhole(IValue value) {
        return value instanceof IValue.Int || value instanceof IValue.Bool;
    }

    private static Value real(AtenCall call, IValue value) {
        return call.graph().toValue(value, DataType.DOUBLE);
    }

    /** The plain value that a node computed. */
    private static IValue computed(AtenCall call, Value scalar) {
        return call.graph().item(scalar);
    }

    // --- two numbers

    private static IValue both(AtenCall call, BinaryOperator<SizeExpr> wholes, DoubleBinaryOperator reals, String op) {
        return isWhole(argument(call, 0)) && isWhole(argument(call, 1)) ? whole(call, wholes) : real(call, reals, op);
    }

    private static IValue whole(AtenCall call, BinaryOperator<SizeExpr> wholes) {
        return IValue.of(wholes.apply(
                call.graph().toSize(argument(call, 0)), call.graph().toSize(argument(call, 1))));
    }

    private static IValue real(AtenCall call, DoubleBinaryOperator reals, String op) {
        var a = call.graph().knownNumber(argument(call, 0));
        var b = call.graph().knownNumber(argument(call, 1));
        return a.isPresent() && b.isPresent()
                ? IValue.of(reals.applyAsDouble(a.get(), b.get()))
                : computed(call, call.add(op, real(call, argument(call, 0)), real(call, argument(call, 1))));
    }

    private static IValue known(AtenCall call, DoubleBinaryOperator reals) {
        return IValue.of(reals.applyAsDouble(
                call.real(call.schema().arguments().get(0).name()),
                call.real(call.schema().arguments().get(1).name())));
    }

    private static IValue quotient(AtenCall call) {
        if (call.graph().knownNumber(argument(call, 1)).filter(by -> by == 0).isPresent()) {
            throw call.malformed("division by zero");
        }
        return real(call, (a, b) -> a / b, "Div");
    }

    private static IValue floorQuotient(AtenCall call) {
        if (isWhole(argument(call, 0)) && isWhole(argument(call, 1))) {
            return whole(call, SizeExpr::floorDividedBy);
        }
        IValue quotient = real(call, (a, b) -> a / b, "Div");
        return quotient instanceof IValue.Real known
                ? IValue.of(Math.floor(known.value()))
                : computed(call, call.add("Floor", real(call, quotient)));
    }

    /** Rounded towards zero, as C++ divides; for sizes, which are not negative, the same as rounded down. */
    private static SizeExpr truncatedQuotient(SizeExpr a, SizeExpr b) {
        return a.isNumber() && b.isNumber()
                ? SizeExpr.of(a.number().getAsLong() / b.number().getAsLong())
                : a.floorDividedBy(b);
    }

    private static IValue remainder(AtenCall call) {
        if (isWhole(argument(call, 0)) && isWhole(argument(call, 1))) {
            return whole(call, SizeExpr::modulo);
        }
        return known(call, (a, b) -> a - b * Math.floor(a / b));
    }

    private static IValue bits(AtenCall call, LongBinaryOperator operator) {
        return IValue.of(operator.applyAsLong(call.integer("a"), call.integer("b")));
    }

    private static long greatestCommonDivisor(long a, long b) {
        return BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).longValueExact();
    }

    private static IValue wholePower(AtenCall call) {
        SizeExpr base = call.size("a");
        SizeExpr power = SizeExpr.ONE;
        for (long i = call.integer("b"); i > 0; i--) {
            power = power.times(base);
        }
        return IValue.of(power);
    }

    // --- one number

    private static IValue either(AtenCall call, UnaryOperator<SizeExpr> wholes, DoubleUnaryOperator reals, String op) {
        return isWhole(argument(call, 0))
                ? IValue.of(wholes.apply(call.graph().toSize(argument(call, 0))))
                : function(call, reals, op);
    }

    private static IValue function(AtenCall call, DoubleUnaryOperator reals, String op) {
        var known = call.graph().knownNumber(argument(call, 0));
        return known.isPresent()
                ? IValue.of(reals.applyAsDouble(known.get()))
                : computed(call, call.add(op, real(call, argument(call, 0))));
    }

    private static IValue known(AtenCall call, DoubleUnaryOperator reals) {
        return IValue.of(
                reals.applyAsDouble(call.real(call.schema().arguments().get(0).name())));
    }

    private static IValue negated(AtenCall call) {
        return either(call, SizeExpr::negated, a -> -a, "Neg");
    }

    private static SizeExpr absolute(SizeExpr size) {
        return size.isNeverNegative() ? size : size.max(size.negated());
    }

    /** A float rounded to a whole number. */
    private static IValue rounded(AtenCall call, DoubleUnaryOperator reals, String op) {
        IValue rounded = either(call, size -> size, reals, op);
        return truncated(call, rounded);
    }

    private static IValue truncated(AtenCall call, IValue number) {
        if (number instanceof IValue.Real real) {
            return IValue.of((long) real.value());
        }
        if (number instanceof IValue.Scalar scalar) {
            Value whole = call.cast(scalar.value(), DataType.INT64);
            return IValue.of(SizeExpr.of(new Atom.Computed(whole)));
        }
        return IValue.of(call.graph().toSize(number));
    }

    // --- conversions

    private static IValue item(AtenCall call) {
        IValue value = argument(call, 0);
        return value instanceof TensorRef tensor ? call.graph().item(tensor.value()) : value;
    }

    private static IValue toInt(AtenCall call) {
        IValue item = item(call);
        return item instanceof IValue.Text text
                ? IValue.of(Long.parseLong(text.value().strip().replace("_", "")))
                : truncated(call, item);
    }

    private static IValue toFloat(AtenCall call) {
        IValue item = item(call);
        if (item instanceof IValue.Text text) {
            return IValue.of(Double.parseDouble(text.value().strip()));
        }
        var known = call.graph().knownNumber(item);
        return known.isPresent() ? IValue.of(known.get()) : new IValue.Scalar(real(call, item));
    }

    private static IValue toBool(AtenCall call) {
        IValue item = item(call);
        if (item instanceof IValue.Bool || isBool(item)) {
            return item;
        }
        return Conditions.differ(call, item, IValue.of(0));
    }

    private static boolean isBool(IValue value) {
        return value instanceof IValue.Scalar scalar && scalar.value().dataType() == DataType.BOOL;
    }
}
