package dev.entrepot.validator.oracles.libtorch.fuzz;

import static dev.entrepot.validator.oracles.libtorch.fuzz.Values.ABOVE_ONE;
import static dev.entrepot.validator.oracles.libtorch.fuzz.Values.INSIDE_ONE;
import static dev.entrepot.validator.oracles.libtorch.fuzz.Values.NORMAL;
import static dev.entrepot.validator.oracles.libtorch.fuzz.Values.NOT_ZERO;
import static dev.entrepot.validator.oracles.libtorch.fuzz.Values.POSITIVE;
import static dev.entrepot.validator.oracles.libtorch.fuzz.Values.SPECIAL;
import static dev.entrepot.validator.oracles.libtorch.fuzz.Values.TIED;
import static dev.entrepot.validator.oracles.libtorch.fuzz.Values.WIDE;
import static java.util.Map.entry;

import dev.entrepot.tensor.DataType;
import java.util.Map;
import java.util.Set;

/** Elementwise operators of one tensor. */
final class UnaryDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry("abs", arithmetic("abs")),
            entry("acos", real("acos", INSIDE_ONE)),
            entry("acosh", real("acosh", ABOVE_ONE)),
            entry("angle", s -> "torch.angle(" + s.notHalf().input(s.shape(0, 3)) + ")"),
            entry("asin", real("asin", INSIDE_ONE)),
            entry("asinh", real("asinh", NORMAL)),
            entry("atan", real("atan", NORMAL)),
            entry("atanh", real("atanh", INSIDE_ONE)),
            entry("bitwise_not", UnaryDraws::bitwiseNot),
            entry("ceil", real("ceil", TIED)),
            entry("cos", real("cos", NORMAL)),
            entry("cosh", real("cosh", NORMAL)),
            entry("deg2rad", real("deg2rad", WIDE)),
            entry("erf", real("erf", NORMAL)),
            entry("erfc", real("erfc", NORMAL)),
            entry("exp", real("exp", NORMAL)),
            entry("exp2", real("exp2", NORMAL)),
            entry("expm1", real("expm1", NORMAL)),
            entry("floor", real("floor", TIED)),
            entry("frac", real("frac", TIED)),
            entry("hardsigmoid", real("hardsigmoid", NOT_ZERO)),
            entry("hardswish", real("hardswish", NOT_ZERO)),
            entry("isfinite", test("isfinite")),
            entry("isinf", test("isinf")),
            entry("isnan", test("isnan")),
            entry("isneginf", test("isneginf")),
            entry("isposinf", test("isposinf")),
            entry("log", real("log", POSITIVE)),
            entry("log10", real("log10", POSITIVE)),
            entry("log1p", real("log1p", POSITIVE)),
            entry("log2", real("log2", POSITIVE)),
            entry("log_sigmoid", s -> "torch.log_sigmoid(" + s.input(s.shape(0, 3)) + ")"),
            entry("logical_not", UnaryDraws::logicalNot),
            entry("logit", UnaryDraws::logit),
            entry("mish", real("mish", NORMAL)),
            entry("nan_to_num", UnaryDraws::nanToNum),
            entry("neg", arithmetic("neg")),
            entry("positive", s -> "torch.positive(" + s.input(s.shape(0, 3)) + ")"),
            entry("rad2deg", real("rad2deg", NORMAL)),
            entry("reciprocal", real("reciprocal", NOT_ZERO)),
            entry("relu", arithmetic("relu")),
            entry("relu6", s -> "torch.relu6(" + s.input(Values.uniform(-3, 9), s.shape(0, 3)) + ")"),
            entry("round", UnaryDraws::round),
            entry("rsqrt", real("rsqrt", POSITIVE)),
            entry("selu", real("selu", NORMAL)),
            entry("sgn", arithmetic("sgn")),
            entry("sigmoid", real("sigmoid", NORMAL)),
            entry("sign", arithmetic("sign")),
            entry("signbit", s -> "torch.signbit(" + s.input(s.shape(0, 3)) + ")"),
            entry("silu", real("silu", NORMAL)),
            entry("sin", real("sin", NORMAL)),
            entry("sinc", real("sinc", NORMAL)),
            entry("sinh", real("sinh", NORMAL)),
            entry("sqrt", real("sqrt", POSITIVE)),
            entry("square", arithmetic("square")),
            entry("tan", real("tan", INSIDE_ONE)),
            entry("tanh", real("tanh", NORMAL)),
            entry("trunc", real("trunc", TIED)));

    private UnaryDraws() {}

    /** Numbers with a fraction, and where the operator makes such numbers of whole ones, those too. */
    private static Draw real(String name, Values values) {
        boolean promotes = !Set.of("hardsigmoid", "hardswish", "mish", "selu", "silu", "frac", "trunc", "ceil", "floor")
                .contains(name);
        return s -> {
            String x = promotes && s.dice().chance(10)
                    ? s.input(s.dice().oneOf(DataType.INT64, DataType.INT32, DataType.BOOL), values, s.shape(0, 4))
                    : s.input(values, s.shape(0, 4));
            return s.tensor(x).type() == s.type() ? called(s, name, x) : "torch." + name + "(" + x + ")";
        };
    }

    private static Draw arithmetic(String name) {
        return s -> called(s, name, anyNumbers(s));
    }

    private static Draw test(String name) {
        return s -> {
            s.notHalf();
            return s.dice().chance(15)
                    ? "torch." + name + "(" + s.whole(-3, 3, s.shape(0, 3)) + ")"
                    : "torch." + name + "(" + s.input(SPECIAL, s.shape(0, 3)) + ")";
        };
    }

    /** A function, a method, or in place on a copy or on a part of it. */
    private static String called(Sketch s, String name, String x) {
        return switch (s.dice().between(0, 5)) {
            case 0 -> x + "." + name + "()";
            case 1 -> inPlace(s, name, x);
            default -> "torch." + name + "(" + x + ")";
        };
    }

    private static String inPlace(Sketch s, String name, String x) {
        int rank = s.tensor(x).shape().rank();
        String y = s.copy(x);
        String part = rank > 0 && s.dice().chance(30) ? "[0]" : "";
        s.line("torch." + name + "_(" + y + part + ")");
        return y;
    }

    static String anyNumbers(Sketch s) {
        return s.dice().chance(30)
                ? s.input(s.dice().oneOf(DataType.INT64, DataType.INT32), Values.whole(-9, 9), s.shape(0, 4))
                : s.input(s.shape(0, 4));
    }

    private static String bitwiseNot(Sketch s) {
        DataType type = s.dice().oneOf(DataType.BOOL, DataType.INT64, DataType.INT32, DataType.UINT8);
        return "torch.bitwise_not(" + s.input(type, Values.whole(0, 9), s.shape(0, 3)) + ")";
    }

    private static String logicalNot(Sketch s) {
        DataType type = s.dice().oneOf(DataType.BOOL, DataType.INT64, DataType.FLOAT);
        return "torch.logical_not(" + s.input(type, Values.whole(0, 2), s.shape(0, 3)) + ")";
    }

    private static String logit(Sketch s) {
        String x = s.notHalf().input(Values.uniform(0.05, 0.95), s.shape(0, 3));
        return s.dice().chance(50)
                ? "torch.logit(" + x + ")"
                : "torch.logit(" + x + ", " + s.dice().fraction(0.05, 0.3) + ")";
    }

    private static String nanToNum(Sketch s) {
        String x = s.notHalf().input(SPECIAL, s.shape(0, 3));
        return s.dice()
                .oneOf(
                        "torch.nan_to_num(" + x + ")",
                        "torch.nan_to_num(" + x + ", " + s.dice().fraction(-2, 2) + ")",
                        "torch.nan_to_num(" + x + ", 0.5, 9.5, -9.25)");
    }

    private static String round(Sketch s) {
        String x = s.input(TIED, s.shape(0, 3));
        return s.dice().chance(20)
                ? "torch.round(" + s.notHalf().input(WIDE, 2, 3) + ", decimals="
                        + s.dice().between(0, 2) + ")"
                : called(s, "round", x);
    }
}
