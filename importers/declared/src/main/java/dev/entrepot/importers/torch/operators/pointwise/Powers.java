package dev.entrepot.importers.torch.operators.pointwise;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Promotion;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.ComputeTypes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.Map;
import java.util.Optional;

/** Powers, roots, exponentials and logarithms of elements. */
public final class Powers {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::exp2", Powers::exp2),
            one("aten::expm1", Powers::expm1),
            one("aten::float_power", Powers::floatPower),
            one("aten::log10", Powers::log10),
            one("aten::log1p", Powers::log1p),
            one("aten::log2", Powers::log2),
            one("aten::logaddexp", Powers::logaddexp),
            one("aten::logaddexp2", Powers::logaddexp2),
            one("aten::pow", Powers::pow),
            one("aten::rsqrt", Powers::rsqrt),
            one("aten::special_exp2", Powers::exp2),
            one("aten::special_expm1", Powers::expm1),
            one("aten::special_log1p", Powers::log1p),
            one("aten::special_xlogy", Powers::xlogy),
            one("aten::square", Powers::square),
            one("aten::xlogy", Powers::xlogy),
            one("prims::exp2", Powers::exp2),
            one("prims::expm1", Powers::expm1),
            one("prims::log10", Powers::log10),
            one("prims::log1p", Powers::log1p),
            one("prims::log2", Powers::log2),
            one("prims::pow", Powers::pow),
            one("prims::rsqrt", Powers::rsqrt),
            one("aten::ldexp.Tensor", Powers::ldexp),
            one("aten::special_xlog1py", Powers::xlog1py));
    // spotless:on

    private static final double LN_2 = Math.log(2);
    private static final double LN_10 = Math.log(10);

    private Powers() {}

    /** {@code self ^ exponent}. Source: aten/src/ATen/native/Pow.cpp; cpu/PowKernel.cpp, pow_tensor_scalar_kernel. */
    private static Value pow(AtenCall call) {
        return power(call, call.promoted("self", exponent(call)));
    }

    /** {@code self ^ exponent} in float64. Source: aten/src/ATen/native/Pow.cpp, float_power. */
    private static Value floatPower(AtenCall call) {
        return power(call, DataType.DOUBLE);
    }

    private static String exponent(AtenCall call) {
        return call.has("exponent") ? "exponent" : "other";
    }

    private static Value power(AtenCall call, DataType type) {
        DataType in = ComputeTypes.arithmetic(type);
        Value self = call.cast(call.value("self", type), in);
        Optional<Double> exponent = call.knownReal(exponent(call));
        if (exponent.isPresent()) {
            Optional<Value> product = product(call, self, exponent.get());
            if (product.isPresent()) {
                return call.cast(product.get(), type);
            }
        }
        return call.cast(call.add("Pow", self, call.cast(call.value(exponent(call), type), in)), type);
    }

    private static Optional<Value> product(AtenCall call, Value self, double exponent) {
        if (exponent == 1) {
            return Optional.of(self);
        }
        if (exponent == 2) {
            return Optional.of(call.add("Mul", self, self));
        }
        if (exponent == 3) {
            return Optional.of(call.add("Mul", call.add("Mul", self, self), self));
        }
        if (!self.dataType().isFloatingPoint()) {
            return Optional.empty();
        }
        if (exponent == 0.5) {
            return Optional.of(call.add("Sqrt", self));
        }
        if (exponent == -0.5) {
            return Optional.of(call.add("Reciprocal", call.add("Sqrt", self)));
        }
        if (exponent == -1) {
            return Optional.of(call.add("Reciprocal", self));
        }
        return exponent == -2 ? Optional.of(call.add("Reciprocal", call.add("Mul", self, self))) : Optional.empty();
    }

    /** {@code self * self}. Source: aten/src/ATen/native/UnaryOps.cpp, square. */
    private static Value square(AtenCall call) {
        Value self = call.value("self");
        DataType type = self.dataType() == DataType.BOOL ? DataType.INT64 : self.dataType();
        return ComputeTypes.computed(call, "Mul", type, self, self);
    }

    /** {@code 1 / sqrt(self)}. Source: aten/src/ATen/native/UnaryOps.cpp, rsqrt. */
    private static Value rsqrt(AtenCall call) {
        Value self = ComputeTypes.floating(call, "self");
        Value root = ComputeTypes.computed(call, "Sqrt", self.dataType(), self);
        return ComputeTypes.computed(call, "Reciprocal", self.dataType(), root);
    }

    /** {@code 2 ^ self}. Source: aten/src/ATen/native/UnaryOps.cpp, exp2. */
    private static Value exp2(AtenCall call) {
        Value self = ComputeTypes.floating(call, "self");
        return ComputeTypes.computed(call, "Pow", self.dataType(), call.scalar(2, self.dataType()), self);
    }

    /** {@code exp(self) - 1}, precise near 0: {@code tanh(x / 2) * (exp(x) + 1)}. Source: aten/src/ATen/native/UnaryOps.cpp, expm1. */
    private static Value expm1(AtenCall call) {
        Value self = ComputeTypes.floating(call, "self");
        DataType in = ComputeTypes.arithmetic(self.dataType());
        Value x = call.cast(self, in);
        Value half = call.add("Tanh", call.add("Mul", x, call.scalar(0.5, in)));
        Value precise = call.add("Mul", half, call.add("Add", call.add("Exp", x), call.scalar(1, in)));
        return call.cast(precise, self.dataType());
    }

    /** {@code log(1 + self)}, precise near 0. Source: aten/src/ATen/native/UnaryOps.cpp, log1p. */
    private static Value log1p(AtenCall call) {
        Value self = ComputeTypes.floating(call, "self");
        Value x = call.cast(self, ComputeTypes.arithmetic(self.dataType()));
        return call.cast(log1p(call, x), self.dataType());
    }

    /** {@code log(1 + x)}: what {@code 1 + x} loses of a small x by rounding is made good by a factor. */
    static Value log1p(AtenCall call, Value x) {
        DataType type = x.dataType();
        Value one = call.scalar(1, type);
        Value sum = call.add("Add", x, one);
        Value plain = call.add("Log", sum);
        Value kept = call.add("Sub", sum, one);
        Value precise = call.add("Mul", plain, call.add("Div", x, kept));
        Value small = call.add("Where", call.add("Equal", kept, call.scalar(0, type)), x, precise);
        Value isSmall = call.add("Less", call.add("Abs", x), call.scalar(0.5, type));
        return call.add("Where", isSmall, small, plain);
    }

    /** The logarithm to base 2. Source: aten/src/ATen/native/UnaryOps.cpp, log2. */
    private static Value log2(AtenCall call) {
        return logarithm(call, LN_2);
    }

    /** The logarithm to base 10. Source: aten/src/ATen/native/UnaryOps.cpp, log10. */
    private static Value log10(AtenCall call) {
        return logarithm(call, LN_10);
    }

    private static Value logarithm(AtenCall call, double logOfBase) {
        Value self = ComputeTypes.floating(call, "self");
        DataType type = self.dataType();
        Value natural = ComputeTypes.computed(call, "Log", type, self);
        return ComputeTypes.computed(call, "Div", type, natural, call.scalar(logOfBase, type));
    }

    /** {@code log(exp(self) + exp(other))}. Source: aten/src/ATen/native/cpu/BinaryOpsKernel.cpp, logaddexp. */
    private static Value logaddexp(AtenCall call) {
        DataType type = Promotion.floating(call.promoted("self", "other"));
        return logOfSum(call, type, call.value("self", type), call.value("other", type));
    }

    /** {@code log2(2 ^ self + 2 ^ other)}. Source: aten/src/ATen/native/cpu/BinaryOpsKernel.cpp, logaddexp2. */
    private static Value logaddexp2(AtenCall call) {
        DataType type = Promotion.floating(call.promoted("self", "other"));
        Value log2 = call.scalar(LN_2, type);
        Value self = ComputeTypes.computed(call, "Mul", type, call.value("self", type), log2);
        Value other = ComputeTypes.computed(call, "Mul", type, call.value("other", type), log2);
        return ComputeTypes.computed(call, "Div", type, logOfSum(call, type, self, other), log2);
    }

    private static Value logOfSum(AtenCall call, DataType type, Value self, Value other) {
        DataType in = ComputeTypes.arithmetic(type);
        Value a = call.cast(self, in);
        Value b = call.cast(other, in);
        Value larger = call.add("Max", a, b);
        Value smaller = call.add("Min", a, b);
        Value ratio = call.add("Exp", call.add("Sub", smaller, larger));
        Value sum = call.add("Add", larger, log1p(call, ratio));
        // Equal infinities have no difference.
        Value same = call.add("Equal", a, b);
        Value doubled = call.add("Add", a, call.scalar(LN_2, in));
        return call.cast(call.add("Where", same, doubled, sum), type);
    }

    /** {@code self * log(other)}, 0 where {@code self} is 0. Source: aten/src/ATen/native/cpu/BinaryOpsKernel.cpp, xlogy. */
    private static Value xlogy(AtenCall call) {
        DataType type = Promotion.floating(call.promoted("self", "other"));
        DataType in = ComputeTypes.arithmetic(type);
        Value self = call.cast(call.value("self", type), in);
        Value other = call.cast(call.value("other", type), in);
        Value zero = call.scalar(0, in);
        Value product = call.add("Mul", self, call.add("Log", other));
        Value numbers = call.add("Where", call.add("Equal", self, zero), zero, product);
        return call.cast(call.add("Where", call.add("IsNaN", other), other, numbers), type);
    }

    /** {@code self * 2 ^ other}. */
    private static Value ldexp(AtenCall call) {
        DataType type = Promotion.floating(call.promoted("self", "other"));
        Value power = ComputeTypes.computed(call, "Pow", type, call.scalar(2, type), call.value("other", type));
        return ComputeTypes.computed(call, "Mul", type, call.value("self", type), power);
    }

    /** {@code self * log(1 + other)}, 0 where {@code self} is 0. */
    private static Value xlog1py(AtenCall call) {
        DataType type = Promotion.floating(call.promoted("self", "other"));
        DataType in = ComputeTypes.arithmetic(type);
        Value self = call.cast(call.value("self", type), in);
        Value other = call.cast(call.value("other", type), in);
        Value zero = call.scalar(0, in);
        Value product = call.add("Mul", self, log1p(call, other));
        Value numbers = call.add("Where", call.add("Equal", self, zero), zero, product);
        return call.cast(call.add("Where", call.add("IsNaN", other), other, numbers), type);
    }
}
