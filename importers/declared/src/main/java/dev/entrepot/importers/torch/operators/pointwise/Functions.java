package dev.entrepot.importers.torch.operators.pointwise;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;
import static dev.entrepot.importers.torch.operators.entries.Entries.plain;
import static dev.entrepot.importers.torch.operators.entries.Entries.refuse;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Promotion;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.ComputeTypes;
import dev.entrepot.importers.torch.operators.entries.Entries;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.Map;

/** Mathematical functions of single elements; whole numbers are taken as float32. Source: aten/src/ATen/native/UnaryOps.cpp. */
public final class Functions {

    private static final String NO_FORM = "ONNX has no such function, nor can it be composed of others";

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            function("aten::acos", "Acos"),
            function("aten::acosh", "Acosh"),
            function("aten::arccos", "Acos"),
            function("aten::arccosh", "Acosh"),
            function("aten::arcsin", "Asin"),
            function("aten::arcsinh", "Asinh"),
            function("aten::arctan", "Atan"),
            function("aten::arctanh", "Atanh"),
            function("aten::asin", "Asin"),
            function("aten::asinh", "Asinh"),
            function("aten::atan", "Atan"),
            function("aten::atanh", "Atanh"),
            function("aten::cos", "Cos"),
            function("aten::cosh", "Cosh"),
            function("aten::erf", "Erf"),
            function("aten::exp", "Exp"),
            function("aten::log", "Log"),
            function("aten::reciprocal", "Reciprocal"),
            function("aten::sigmoid", "Sigmoid"),
            function("aten::sin", "Sin"),
            function("aten::sinh", "Sinh"),
            function("aten::special_erf", "Erf"),
            function("aten::special_expit", "Sigmoid"),
            function("aten::sqrt", "Sqrt"),
            function("aten::tan", "Tan"),
            function("aten::tanh", "Tanh"),
            one("aten::arctan2", Functions::atan2),
            one("aten::atan2", Functions::atan2),
            one("aten::copysign", Functions::copysign),
            one("aten::deg2rad", call -> scaled(call, Math.PI / 180)),
            one("aten::erfc", Functions::erfc),
            one("aten::heaviside", Functions::heaviside),
            one("aten::hypot", Functions::hypot),
            one("aten::logit", Functions::logit),
            one("aten::nan_to_num", Functions::nanToNum),
            one("aten::rad2deg", call -> scaled(call, 180 / Math.PI)),
            one("aten::sinc", Functions::sinc),
            one("aten::special_erfc", Functions::erfc),
            one("aten::special_logit", Functions::logit),
            one("aten::special_sinc", Functions::sinc),
            refuse("aten::digamma", NO_FORM),
            refuse("aten::erfinv", NO_FORM),
            refuse("aten::i0", NO_FORM),
            refuse("aten::igamma", NO_FORM),
            refuse("aten::lgamma", NO_FORM),
            refuse("aten::polygamma", NO_FORM),
            function("prims::acos", "Acos"),
            function("prims::acosh", "Acosh"),
            function("prims::asin", "Asin"),
            function("prims::asinh", "Asinh"),
            function("prims::atan", "Atan"),
            function("prims::atanh", "Atanh"),
            function("prims::cos", "Cos"),
            function("prims::cosh", "Cosh"),
            function("prims::erf", "Erf"),
            function("prims::exp", "Exp"),
            function("prims::log", "Log"),
            function("prims::reciprocal", "Reciprocal"),
            function("prims::sin", "Sin"),
            function("prims::sinh", "Sinh"),
            function("prims::sqrt", "Sqrt"),
            function("prims::tan", "Tan"),
            function("prims::tanh", "Tanh"),
            one("prims::atan2", Functions::atan2),
            one("prims::erfc", Functions::erfc),
            one("prims::hypot", Functions::hypot),
            one("aten::special_ndtr", Functions::ndtr),
            one("aten::special_entr", Functions::entr),
            plain("aten::positive", Entries::same),
            plain("aten::real", Entries::same),
            refuse("aten::special_gammaln", NO_FORM),
            refuse("aten::special_erfcx", NO_FORM),
            refuse("aten::special_i0", NO_FORM),
            refuse("aten::special_digamma", NO_FORM),
            refuse("aten::special_erfinv", NO_FORM),
            refuse("aten::gcd", NO_FORM),
            refuse("aten::lcm", NO_FORM));
    // spotless:on

    private Functions() {}

    private static Map.Entry<String, Support> function(String name, String op) {
        return one(name, call -> apply(call, op, ComputeTypes.floating(call, "self")));
    }

    /** A function of a float value, in a type that runtimes compute it in. */
    public static Value apply(AtenCall call, String op, Value value) {
        return switch (op) {
            case "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "Cosh", "Erf", "Sinh", "Tan" ->
                ComputeTypes.inFloat32(call, op, Attributes.NONE, value);
            // ONNX Runtime has a sine of float64, and no cosine.
            case "Cos" ->
                value.dataType() == DataType.DOUBLE
                        ? sineAhead(call, value)
                        : ComputeTypes.computed(call, op, value.dataType(), value);
            default -> ComputeTypes.computed(call, op, value.dataType(), value);
        };
    }

    private static Value sineAhead(AtenCall call, Value angle) {
        return call.add("Sin", call.add("Add", angle, call.scalar(Math.PI / 2, angle.dataType())));
    }

    private static Value scaled(AtenCall call, double factor) {
        Value self = ComputeTypes.floating(call, "self");
        return ComputeTypes.computed(call, "Mul", self.dataType(), self, call.scalar(factor, self.dataType()));
    }

    private static Value erfc(AtenCall call) {
        Value self = ComputeTypes.floating(call, "self");
        Value erf = apply(call, "Erf", self);
        return ComputeTypes.computed(call, "Sub", self.dataType(), call.scalar(1, self.dataType()), erf);
    }

    /** The angle of the point ({@code other}, {@code self}), in all four quadrants. */
    private static Value atan2(AtenCall call) {
        DataType type = Promotion.floating(call.promoted("self", "other"));
        return angle(call, call.value("self", type), call.value("other", type));
    }

    /** The angle of the point (x, y), both of one float type. */
    public static Value angle(AtenCall call, Value y, Value x) {
        DataType type = x.dataType();
        Value zero = call.scalar(0, type);
        Value angle = apply(call, "Atan", ComputeTypes.computed(call, "Div", type, y, x));
        Value left = call.add("Less", x, zero);
        Value half =
                call.add("Where", call.add("Less", y, zero), call.scalar(-Math.PI, type), call.scalar(Math.PI, type));
        Value turned = call.add("Where", left, call.add("Add", angle, half), angle);
        Value origin = call.add("And", call.add("Equal", x, zero), call.add("Equal", y, zero));
        return call.add("Where", origin, zero, turned);
    }

    /** The magnitude of {@code self} with the sign of {@code other}. */
    private static Value copysign(AtenCall call) {
        DataType type = Promotion.floating(call.promoted("self", "other"));
        Value magnitude = call.add("Abs", call.value("self", type));
        Value other = call.value("other", type);
        Value zero = call.scalar(0, type);
        Value below = call.add("Less", other, zero);
        Value belowZero = call.add("Less", call.add("Reciprocal", other), zero);
        return call.add("Where", call.add("Or", below, belowZero), call.add("Neg", magnitude), magnitude);
    }

    /** 0 below 0, 1 above, {@code values} at 0. Source: aten/src/ATen/native/BinaryOps.cpp, heaviside. */
    private static Value heaviside(AtenCall call) {
        Value self = call.value("self");
        DataType type = self.dataType();
        DataType in = ComputeTypes.arithmetic(type);
        Value x = call.cast(self, in);
        Value zero = call.scalar(0, in);
        Value step = call.cast(call.add("Greater", x, zero), in);
        Value values = call.cast(call.value("values", type), in);
        return call.cast(call.add("Where", call.add("Equal", x, zero), values, step), type);
    }

    private static Value hypot(AtenCall call) {
        DataType type = Promotion.floating(call.promoted("self", "other"));
        Value self = call.value("self", type);
        Value other = call.value("other", type);
        Value squares = ComputeTypes.computed(
                call,
                "Add",
                type,
                ComputeTypes.computed(call, "Mul", type, self, self),
                ComputeTypes.computed(call, "Mul", type, other, other));
        return ComputeTypes.computed(call, "Sqrt", type, squares);
    }

    /** {@code log(x / (1 - x))}, where x is first brought to [eps, 1 - eps]. */
    private static Value logit(AtenCall call) {
        Value self = ComputeTypes.floating(call, "self");
        DataType type = self.dataType();
        DataType in = ComputeTypes.arithmetic(type);
        Value x = call.cast(self, in);
        if (!call.isNone("eps")) {
            double eps = call.real("eps");
            x = call.add("Clip", x, call.scalar(eps, in), call.scalar(1 - eps, in));
        }
        Value odds = call.add("Div", x, call.add("Sub", call.scalar(1, in), x));
        return call.cast(call.add("Log", odds), type);
    }

    /** Replaces what is no finite number. Source: aten/src/ATen/native/UnaryOps.cpp, nan_to_num. */
    private static Value nanToNum(AtenCall call) {
        Value self = call.value("self");
        DataType type = self.dataType();
        if (ComputeTypes.isWhole(type)) {
            return self;
        }
        double largest = largest(type);
        Value zero = call.scalar(0, type);
        Value infinite = call.add("IsInf", self);
        Value above = call.add("And", infinite, call.add("Greater", self, zero));
        Value below = call.add("And", infinite, call.add("Less", self, zero));
        Value numbers = call.add("Where", call.add("IsNaN", self), call.scalar(call.realOr("nan", 0), type), self);
        Value bounded = call.add("Where", above, call.scalar(call.realOr("posinf", largest), type), numbers);
        return call.add("Where", below, call.scalar(call.realOr("neginf", -largest), type), bounded);
    }

    private static double largest(DataType type) {
        return switch (type) {
            case DOUBLE -> Double.MAX_VALUE;
            case FLOAT16 -> 65504;
            case BFLOAT16 -> 0x1.fep127;
            default -> Float.MAX_VALUE;
        };
    }

    /** {@code sin(pi x) / (pi x)}, 1 at 0. */
    private static Value sinc(AtenCall call) {
        Value self = ComputeTypes.floating(call, "self");
        DataType type = self.dataType();
        Value x = ComputeTypes.computed(call, "Mul", type, self, call.scalar(Math.PI, type));
        Value ratio = ComputeTypes.computed(call, "Div", type, apply(call, "Sin", x), x);
        Value one = call.scalar(1, type);
        return call.add("Where", call.add("Equal", x, call.scalar(0, type)), one, ratio);
    }

    /** The normal distribution's share below: {@code erfc(-x / sqrt(2)) / 2}. */
    private static Value ndtr(AtenCall call) {
        Value self = ComputeTypes.floating(call, "self");
        DataType type = self.dataType();
        Value erf =
                apply(call, "Erf", ComputeTypes.computed(call, "Mul", type, self, call.scalar(Math.sqrt(0.5), type)));
        Value sum = ComputeTypes.computed(call, "Add", type, erf, call.scalar(1, type));
        return ComputeTypes.computed(call, "Mul", type, sum, call.scalar(0.5, type));
    }

    /** {@code -x log(x)}, 0 at 0, -inf below. */
    private static Value entr(AtenCall call) {
        Value self = ComputeTypes.floating(call, "self");
        DataType type = self.dataType();
        Value zero = call.scalar(0, type);
        Value entropy = call.add("Neg", call.add("Mul", self, call.add("Log", self)));
        Value known = call.add("Where", call.add("Equal", self, zero), zero, entropy);
        return call.add("Where", call.add("Less", self, zero), call.scalar(Double.NEGATIVE_INFINITY, type), known);
    }
}
