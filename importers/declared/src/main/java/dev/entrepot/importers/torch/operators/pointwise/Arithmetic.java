package dev.entrepot.importers.torch.operators.pointwise;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Promotion;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.ComputeTypes;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.Map;
import java.util.Optional;

/** Sums, products and quotients of elements: operands broadcast together and are promoted to one type. */
public final class Arithmetic {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::abs", Arithmetic::abs),
            one("aten::absolute", Arithmetic::abs),
            one("aten::add", Arithmetic::add),
            one("aten::addcdiv", Arithmetic::addcdiv),
            one("aten::addcmul", Arithmetic::addcmul),
            one("aten::div", Arithmetic::div),
            one("aten::divide", Arithmetic::div),
            one("aten::floor_divide", Arithmetic::floorDivide),
            one("aten::fmax", Arithmetic::fmax),
            one("aten::fmin", Arithmetic::fmin),
            one("aten::fmod", Arithmetic::fmod),
            one("aten::lerp", Arithmetic::lerp),
            one("aten::max.other", Arithmetic::maximum),
            one("aten::maximum", Arithmetic::maximum),
            one("aten::min.other", Arithmetic::minimum),
            one("aten::minimum", Arithmetic::minimum),
            one("aten::mul", Arithmetic::mul),
            one("aten::multiply", Arithmetic::mul),
            one("aten::neg", Arithmetic::neg),
            one("aten::negative", Arithmetic::neg),
            one("aten::remainder", Arithmetic::remainder),
            one("aten::rsub", Arithmetic::rsub),
            one("aten::sgn", Arithmetic::sign),
            one("aten::sign", Arithmetic::sign),
            one("aten::sub", Arithmetic::sub),
            one("aten::subtract", Arithmetic::sub),
            one("aten::true_divide", Arithmetic::div),
            one("prims::abs", Arithmetic::abs),
            one("prims::add", Arithmetic::add),
            one("prims::div", Arithmetic::div),
            one("prims::fmax", Arithmetic::fmax),
            one("prims::fmin", Arithmetic::fmin),
            one("prims::fmod", Arithmetic::fmod),
            one("prims::maximum", Arithmetic::maximum),
            one("prims::minimum", Arithmetic::minimum),
            one("prims::mul", Arithmetic::mul),
            one("prims::neg", Arithmetic::neg),
            one("prims::remainder", Arithmetic::remainder),
            one("prims::sign", Arithmetic::sign),
            one("prims::sub", Arithmetic::sub));
    // spotless:on

    private Arithmetic() {}

    /** {@code self + alpha * other}; of bools "or". Source: aten/src/ATen/native/BinaryOps.cpp, add. */
    private static Value add(AtenCall call) {
        DataType type = call.promoted("self", "other");
        if (type == DataType.BOOL) {
            return call.add("Or", call.value("self", type), call.value("other", type));
        }
        return sum(call, "Add", type, "self", "other");
    }

    /** {@code self - alpha * other}. Source: aten/src/ATen/native/BinaryOps.cpp, sub. */
    private static Value sub(AtenCall call) {
        return sum(call, "Sub", differenceType(call), "self", "other");
    }

    /** {@code other - alpha * self}. Source: aten/src/ATen/native/BinaryOps.cpp, rsub. */
    private static Value rsub(AtenCall call) {
        return sum(call, "Sub", differenceType(call), "other", "self");
    }

    private static DataType differenceType(AtenCall call) {
        DataType type = call.promoted("self", "other");
        if (type == DataType.BOOL) {
            throw call.malformed("bools have no difference");
        }
        return type;
    }

    private static Value sum(AtenCall call, String op, DataType type, String left, String right) {
        Value scaled = call.value(right, type);
        if (!call.knownReal("alpha").equals(Optional.of(1.0)) && call.has("alpha")) {
            scaled = ComputeTypes.computed(call, "Mul", type, scaled, call.value("alpha", type));
        }
        return ComputeTypes.computed(call, op, type, call.value(left, type), scaled);
    }

    /** {@code self * other}; of bools "and". Source: aten/src/ATen/native/BinaryOps.cpp, mul. */
    private static Value mul(AtenCall call) {
        DataType type = call.promoted("self", "other");
        String op = type == DataType.BOOL ? "And" : "Mul";
        Value self = call.value("self", type);
        Value other = call.value("other", type);
        return type == DataType.BOOL ? call.add(op, self, other) : ComputeTypes.computed(call, op, type, self, other);
    }

    /** {@code self / other}, rounded as {@code rounding_mode} says. Source: aten/src/ATen/native/BinaryOps.cpp, div. */
    private static Value div(AtenCall call) {
        String mode = call.isNone("rounding_mode") ? "" : call.text("rounding_mode");
        return switch (mode) {
            case "" -> trueDivide(call);
            case "trunc" -> truncDivide(call);
            case "floor" -> floorDivide(call);
            default -> throw call.malformed("rounding_mode is \"" + mode + "\", expected None, \"trunc\" or \"floor\"");
        };
    }

    private static Value trueDivide(AtenCall call) {
        DataType type = Promotion.floating(call.promoted("self", "other"));
        return quotient(call, type);
    }

    private static Value quotient(AtenCall call, DataType type) {
        return ComputeTypes.computed(call, "Div", type, call.value("self", type), call.value("other", type));
    }

    private static Value truncDivide(AtenCall call) {
        DataType type = call.promoted("self", "other");
        Value quotient = quotient(call, type);
        return type.isFloatingPoint() ? Rounding.truncated(call, quotient) : quotient;
    }

    /** {@code self / other} rounded down. Source: c10/util/generic_math.h, div_floor_floating. */
    private static Value floorDivide(AtenCall call) {
        DataType type = call.promoted("self", "other");
        if (ComputeTypes.isWhole(type) && call.knownReal("other").orElse(0.0) == 1) {
            return call.value("self", type);
        }
        DataType in = ComputeTypes.arithmetic(type);
        Value self = call.cast(call.value("self", type), in);
        Value other = call.cast(call.value("other", type), in);
        Value whole = call.add("Sub", self, modulo(call, self, other));
        Value quotient = call.add("Div", whole, other);
        if (!in.isFloatingPoint()) {
            return call.cast(quotient, type);
        }
        Value rounded = call.add("Round", quotient);
        if (call.knownReal("other").orElse(0.0) == 0) {
            Value byZero = call.add("Equal", other, call.scalar(0, in));
            rounded = call.add("Where", byZero, call.add("Div", self, other), rounded);
        }
        return call.cast(rounded, type);
    }

    /** The remainder of {@code self / other}, with the divisor's sign. Source: aten/src/ATen/native/BinaryOps.cpp, remainder. */
    private static Value remainder(AtenCall call) {
        DataType type = call.promoted("self", "other");
        DataType in = ComputeTypes.arithmetic(type);
        Value self = call.cast(call.value("self", type), in);
        Value other = call.cast(call.value("other", type), in);
        return call.cast(modulo(call, self, other), type);
    }

    /** The remainder with the divisor's sign, of operands of one type that ONNX computes with. */
    private static Value modulo(AtenCall call, Value self, Value other) {
        DataType type = self.dataType();
        if (!type.isFloatingPoint()) {
            return call.add("Mod", self, other);
        }
        Value remainder = call.add("Mod", Attributes.of("fmod", 1), self, other);
        Value zero = call.scalar(0, type);
        Value signsDiffer = call.add("Less", call.add("Mul", remainder, other), zero);
        double divisor = call.knownReal("other").orElse(0.0);
        if (divisor != 0) {
            signsDiffer = call.add(divisor > 0 ? "Less" : "Greater", remainder, zero);
        }
        return call.add("Where", signsDiffer, call.add("Add", remainder, other), remainder);
    }

    /** The remainder of {@code self / other}, with the dividend's sign. Source: aten/src/ATen/native/BinaryOps.cpp, fmod. */
    private static Value fmod(AtenCall call) {
        DataType type = call.promoted("self", "other");
        DataType in = ComputeTypes.arithmetic(type);
        Value self = call.cast(call.value("self", type), in);
        Value other = call.cast(call.value("other", type), in);
        return call.cast(call.add("Mod", Attributes.of("fmod", 1), self, other), type);
    }

    /** {@code self + value * tensor1 * tensor2}. Source: aten/src/ATen/native/PointwiseOps.cpp, addcmul. */
    private static Value addcmul(AtenCall call) {
        DataType type = call.promoted("self", "tensor1", "tensor2");
        Value product =
                ComputeTypes.computed(call, "Mul", type, call.value("tensor1", type), call.value("tensor2", type));
        return addScaled(call, type, product);
    }

    /** {@code self + value * tensor1 / tensor2}. Source: aten/src/ATen/native/PointwiseOps.cpp, addcdiv. */
    private static Value addcdiv(AtenCall call) {
        DataType type = call.promoted("self", "tensor1", "tensor2");
        Value quotient =
                ComputeTypes.computed(call, "Div", type, call.value("tensor1", type), call.value("tensor2", type));
        return addScaled(call, type, quotient);
    }

    private static Value addScaled(AtenCall call, DataType type, Value term) {
        boolean scaled = !call.knownReal("value").equals(Optional.of(1.0));
        Value addend = scaled ? ComputeTypes.computed(call, "Mul", type, term, call.value("value", type)) : term;
        return ComputeTypes.computed(call, "Add", type, call.value("self", type), addend);
    }

    /** {@code self + weight * (end - self)}. Source: aten/src/ATen/native/Lerp.h. */
    private static Value lerp(AtenCall call) {
        DataType type = call.promoted("self", "end");
        Value self = call.value("self", type);
        Value end = call.value("end", type);
        Value difference = ComputeTypes.computed(call, "Sub", type, end, self);
        Value weight = call.value("weight", type);
        if (call.knownReal("weight").orElse(0.0) < 0.5) {
            Value moved = ComputeTypes.computed(call, "Mul", type, weight, difference);
            return ComputeTypes.computed(call, "Add", type, self, moved);
        }
        Value rest = ComputeTypes.computed(call, "Sub", type, call.scalar(1, type), weight);
        Value missing = ComputeTypes.computed(call, "Mul", type, difference, rest);
        return ComputeTypes.computed(call, "Sub", type, end, missing);
    }

    /** The larger of two elements; of bools "or". Source: aten/src/ATen/native/BinaryOps.cpp, maximum. */
    private static Value maximum(AtenCall call) {
        return extreme(call, "Max", "Or");
    }

    /** The smaller of two elements; of bools "and". Source: aten/src/ATen/native/BinaryOps.cpp, minimum. */
    private static Value minimum(AtenCall call) {
        return extreme(call, "Min", "And");
    }

    private static Value extreme(AtenCall call, String op, String ofBools) {
        DataType type = call.promoted("self", "other");
        Value self = call.value("self", type);
        Value other = call.value("other", type);
        return type == DataType.BOOL
                ? call.add(ofBools, self, other)
                : ComputeTypes.computed(call, op, type, self, other);
    }

    /** The larger of two elements, or the one that is a number. Source: aten/src/ATen/native/BinaryOps.cpp, fmax. */
    private static Value fmax(AtenCall call) {
        return extremeNumber(call, "Max");
    }

    /** The smaller of two elements, or the one that is a number. Source: aten/src/ATen/native/BinaryOps.cpp, fmin. */
    private static Value fmin(AtenCall call) {
        return extremeNumber(call, "Min");
    }

    private static Value extremeNumber(AtenCall call, String op) {
        DataType type = call.promoted("self", "other");
        Value self = call.value("self", type);
        Value other = call.value("other", type);
        Value extreme = ComputeTypes.computed(call, op, type, self, other);
        if (!type.isFloatingPoint()) {
            return extreme;
        }
        Value orSelf = call.add("Where", call.add("IsNaN", other), self, extreme);
        return call.add("Where", call.add("IsNaN", self), other, orSelf);
    }

    /** {@code -self}. Source: aten/src/ATen/native/UnaryOps.cpp, neg. */
    private static Value neg(AtenCall call) {
        Value self = call.value("self");
        return ComputeTypes.computed(call, "Neg", self.dataType(), self);
    }

    /** {@code |self|}. Source: aten/src/ATen/native/UnaryOps.cpp, abs. */
    private static Value abs(AtenCall call) {
        Value self = call.value("self");
        return ComputeTypes.computed(call, "Abs", self.dataType(), self);
    }

    /** -1, 0 or 1; a bool stays as it is. Source: aten/src/ATen/native/UnaryOps.cpp, sign. */
    private static Value sign(AtenCall call) {
        Value self = call.value("self");
        return ComputeTypes.computed(call, "Sign", self.dataType(), self);
    }
}
