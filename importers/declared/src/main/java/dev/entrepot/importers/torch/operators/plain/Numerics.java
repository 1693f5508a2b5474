package dev.entrepot.importers.torch.operators.plain;

import static dev.entrepot.importers.torch.operators.entries.Entries.overloads;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.tensor.DataType;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Arithmetic on plain numbers. Whole numbers stay expressions over symbolic sizes, known floats stay numbers; only floats that depend on
 * either are computed in the graph, by the operator on tensors, in float64 as Python has them.
 *
 * <p>Source: torch/csrc/jit/runtime/register_prim_ops.cpp.
 */
public final class Numerics {

    private static final String NUMBERS = "int float int_float float_int -";
    private static final String FLOATS = "int float int_float float_int Scalar_Scalar";

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Stream.of(
                    overloads("aten::Bool", "Tensor int float", Numerics::toBool),
                    overloads("aten::Float", "Tensor Scalar int bool str", Numerics::toFloat),
                    overloads("aten::FloatImplicit", "-", Numerics::toFloat),
                    overloads("aten::Int", "Tensor bool float Scalar str", Numerics::toInt),
                    overloads("aten::IntImplicit", "-", Numerics::toInt),
                    overloads("aten::ScalarImplicit", "-", Numerics::item),
                    overloads("aten::__round_to_zero_floordiv", "int", call -> quotient(call, Numerics::truncated)),
                    overloads("aten::_local_scalar_dense", "-", Numerics::item),
                    overloads("aten::__and__", "int", call -> bits(call, (a, b) -> a & b)),
                    overloads("aten::__lshift__", "int", call -> bits(call, (a, b) -> a << b)),
                    overloads("aten::__or__", "int", call -> bits(call, (a, b) -> a | b)),
                    overloads("aten::__rshift__", "int", call -> bits(call, (a, b) -> a >> b)),
                    overloads("aten::__xor__", "int", call -> bits(call, (a, b) -> a ^ b)),
                    function("aten::acos", Math::acos),
                    overloads("aten::add", NUMBERS, call -> both(call, SizeExpr::plus, Double::sum)),
                    function("aten::asin", Math::asin),
                    function("aten::atan", Math::atan),
                    overloads("aten::atan2", FLOATS, call -> real(call, Math::atan2)),
                    function("aten::cos", Math::cos),
                    overloads("aten::copysign", NUMBERS, call -> real(call, Math::copySign)),
                    function("aten::cosh", Math::cosh),
                    function("aten::degrees", Math::toDegrees, "aten::rad2deg"),
                    overloads("aten::div", "int float -", call -> real(divisible(call), (a, b) -> a / b)),
                    function("aten::exp", Math::exp),
                    function("aten::expm1", Math::expm1),
                    function("aten::fabs", Math::abs, "aten::abs"),
                    overloads("aten::floordiv", NUMBERS, Numerics::floorQuotient),
                    overloads("aten::fmod", NUMBERS, call -> real(call, (a, b) -> a % b)),
                    overloads("aten::gcd", "int", call -> bits(call, Numerics::greatestCommonDivisor)),
                    overloads("aten::isfinite", "float", call -> asked(call, Double::isFinite)),
                    overloads("aten::isinf", "float", call -> asked(call, Double::isInfinite)),
                    overloads("aten::isnan", "float", call -> asked(call, Double::isNaN)),
                    overloads("aten::item", "-", Numerics::item),
                    function("aten::log", Math::log),
                    function("aten::log10", Math::log10),
                    function("aten::log1p", Math::log1p),
                    overloads(
                            "aten::log",
                            "int_int float_float int_float float_int Scalar_Scalar",
                            call -> known(call, (a, b) -> Math.log(a) / Math.log(b))),
                    overloads("aten::mul", NUMBERS, call -> both(call, SizeExpr::times, (a, b) -> a * b)),
                    overloads("aten::mathremainder", NUMBERS, call -> known(call, Math::IEEEremainder)),
                    overloads(
                            "aten::neg", "int", call -> IValue.of(call.size("a").negated())),
                    overloads("aten::neg", "float Scalar", call -> function(call, a -> -a, "aten::neg")),
                    overloads("aten::pow", FLOATS, call -> real(call, Math::pow)),
                    overloads("aten::pow", "int_to_int", Numerics::wholePower),
                    function("aten::radians", Math::toRadians, "aten::deg2rad"),
                    overloads("aten::remainder", NUMBERS, Numerics::remainder),
                    function("aten::round", Math::rint),
                    function("aten::sin", Math::sin),
                    function("aten::sinh", Math::sinh),
                    function("aten::sqrt", Math::sqrt),
                    overloads("aten::sub", NUMBERS, call -> both(call, SizeExpr::minus, (a, b) -> a - b)),
                    function("aten::tan", Math::tan),
                    function("aten::tanh", Math::tanh),
                    overloads("aten::ceil", "int float Scalar", call -> rounded(call, Math::ceil)),
                    overloads("aten::floor", "int float Scalar", call -> rounded(call, Math::floor)),
                    overloads("prim::abs", "-", call -> call.graph().call("aten::abs", call.get("x"))),
                    overloads("prim::abs", "int", Numerics::absolute),
                    overloads("prim::abs", "float Scalar", call -> function(call, Math::abs, "aten::abs")),
                    overloads("prim::max", NUMBERS, call -> both(call, SizeExpr::max, Math::max, "aten::maximum")),
                    overloads("prim::min", NUMBERS, call -> both(call, SizeExpr::min, Math::min, "aten::minimum")),
                    overloads("prims::item", "-", Numerics::item))
            .flatMap(entries -> entries)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    // spotless:on

    private Numerics() {}

    private static IValue argument(AtenCall call, int index) {
        return call.get(call.schema().arguments().get(index).name());
    }

    private static SizeExpr whole(AtenCall call, int index) {
        return call.graph().toSize(argument(call, index));
    }

    private static boolean areWhole(AtenCall call) {
        return argument(call, 0).isWhole() && argument(call, 1).isWhole();
    }

    /** What the operator on tensors makes of the numbers, as a number again. */
    private static IValue inGraph(AtenCall call, String operator) {
        IValue[] tensors = call.arguments().values().stream()
                .map(number -> call.tensor(call.graph().toValue(number, DataType.DOUBLE)))
                .toArray(IValue[]::new);
        return item(call, call.graph().call(operator, tensors));
    }

    // --- two numbers

    private static IValue both(AtenCall call, BinaryOperator<SizeExpr> wholes, DoubleBinaryOperator reals) {
        return both(call, wholes, reals, call.schema().name());
    }

    private static IValue both(
            AtenCall call, BinaryOperator<SizeExpr> wholes, DoubleBinaryOperator reals, String onTensors) {
        return areWhole(call) ? IValue.of(wholes.apply(whole(call, 0), whole(call, 1))) : real(call, reals, onTensors);
    }

    private static IValue real(AtenCall call, DoubleBinaryOperator reals) {
        return real(call, reals, call.schema().name());
    }

    private static IValue real(AtenCall call, DoubleBinaryOperator reals, String onTensors) {
        boolean known = call.graph().knownNumber(argument(call, 0)).isPresent()
                && call.graph().knownNumber(argument(call, 1)).isPresent();
        return known ? known(call, reals) : inGraph(call, onTensors);
    }

    private static IValue known(AtenCall call, DoubleBinaryOperator reals) {
        return IValue.of(reals.applyAsDouble(
                call.real(call.schema().arguments().get(0).name()),
                call.real(call.schema().arguments().get(1).name())));
    }

    /** The call, whose divisor is not known to be 0. */
    private static AtenCall divisible(AtenCall call) {
        if (call.graph().knownNumber(argument(call, 1)).filter(by -> by == 0).isPresent()) {
            throw call.malformed("division by zero");
        }
        return call;
    }

    private static IValue quotient(AtenCall call, BinaryOperator<SizeExpr> rounded) {
        return IValue.of(rounded.apply(whole(call, 0), whole(divisible(call), 1)));
    }

    private static IValue floorQuotient(AtenCall call) {
        return areWhole(call)
                ? quotient(call, SizeExpr::floorDividedBy)
                : real(divisible(call), (a, b) -> Math.floor(a / b), "aten::floor_divide");
    }

    /** Rounded towards zero, as C++ divides; for sizes, which are not negative, the same as rounded down. */
    private static SizeExpr truncated(SizeExpr a, SizeExpr b) {
        return a.isNumber() && b.isNumber()
                ? SizeExpr.of(a.number().getAsLong() / b.number().getAsLong())
                : a.floorDividedBy(b);
    }

    private static IValue remainder(AtenCall call) {
        return areWhole(call) ? quotient(call, SizeExpr::modulo) : real(divisible(call), Numerics::modulo);
    }

    /** The remainder with the divisor's sign. */
    private static double modulo(double a, double b) {
        double remainder = a % b;
        return remainder != 0 && remainder < 0 != b < 0 ? remainder + b : remainder;
    }

    private static IValue bits(AtenCall call, LongBinaryOperator operator) {
        return IValue.of(operator.applyAsLong(call.integer("a"), call.integer("b")));
    }

    private static long greatestCommonDivisor(long a, long b) {
        return BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).longValue();
    }

    private static IValue wholePower(AtenCall call) {
        if (call.integer("b") > Long.SIZE) {
            throw call.unsupported("raises a whole number to the power of " + call.integer("b"));
        }
        SizeExpr power = SizeExpr.ONE;
        for (long i = call.integer("b"); i > 0; i--) {
            power = power.times(call.size("a"));
        }
        return IValue.of(power);
    }

    // --- one number

    private static Stream<Map.Entry<String, Support>> function(String name, DoubleUnaryOperator reals) {
        return function(name, reals, name);
    }

    private static Stream<Map.Entry<String, Support>> function(
            String name, DoubleUnaryOperator reals, String onTensors) {
        return overloads(name, "int float Scalar", call -> function(call, reals, onTensors));
    }

    private static IValue function(AtenCall call, DoubleUnaryOperator reals, String onTensors) {
        var known = call.graph().knownNumber(argument(call, 0));
        return known.isPresent() ? IValue.of(reals.applyAsDouble(known.get())) : inGraph(call, onTensors);
    }

    private static IValue asked(AtenCall call, DoublePredicate question) {
        var known = call.knownReal("a");
        return known.isPresent()
                ? IValue.of(question.test(known.get()))
                : inGraph(call, call.schema().name());
    }

    private static IValue absolute(AtenCall call) {
        SizeExpr number = call.size("a");
        return IValue.of(number.isNeverNegative() ? number : number.max(number.negated()));
    }

    /** A float rounded to a whole number. */
    private static IValue rounded(AtenCall call, DoubleUnaryOperator reals) {
        IValue number = argument(call, 0);
        return number.isWhole()
                ? number
                : whole(call, function(call, reals, call.schema().name()));
    }

    private static IValue whole(AtenCall call, IValue number) {
        if (number instanceof IValue.Real real) {
            return IValue.of((long) real.value());
        }
        return number instanceof IValue.Scalar scalar
                ? call.graph().item(call.cast(scalar.value(), DataType.INT64))
                : number instanceof IValue.Broken
                        ? number
                        : IValue.of(call.graph().toSize(number));
    }

    // --- conversions

    private static IValue item(AtenCall call) {
        return item(call, argument(call, 0));
    }

    private static IValue item(AtenCall call, IValue value) {
        return value instanceof TensorRef tensor ? call.graph().item(tensor.value()) : value;
    }

    private static IValue toInt(AtenCall call) {
        IValue item = item(call);
        if (!(item instanceof IValue.Text text)) {
            return whole(call, item);
        }
        try {
            return IValue.of(Long.parseLong(text.value().strip().replace("_", "")));
        } catch (NumberFormatException e) {
            throw call.malformed("makes an int of \"" + text.value() + "\"");
        }
    }

    private static IValue toFloat(AtenCall call) {
        IValue item = item(call);
        if (item instanceof IValue.Text text) {
            try {
                return IValue.of(Double.parseDouble(text.value().strip()));
            } catch (NumberFormatException e) {
                throw call.malformed("makes a float of \"" + text.value() + "\"");
            }
        }
        var known = call.graph().knownNumber(item);
        return known.isPresent()
                ? IValue.of(known.get())
                : new IValue.Scalar(call.graph().toValue(item, DataType.DOUBLE));
    }

    private static IValue toBool(AtenCall call) {
        IValue item = item(call);
        if (item instanceof IValue.Scalar scalar) {
            return new IValue.Scalar(call.cast(scalar.value(), DataType.BOOL));
        }
        return item.isBool() ? item : call.graph().call("aten::ne", item, IValue.of(0));
    }
}
