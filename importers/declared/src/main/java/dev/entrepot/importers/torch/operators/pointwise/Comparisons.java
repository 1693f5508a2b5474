package dev.entrepot.importers.torch.operators.pointwise;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.ComputeTypes;
import dev.entrepot.importers.torch.operators.reductions.Extremes;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.Map;

/** Comparisons and logic of elements: the result is bool. Source: aten/src/ATen/native/BinaryOps.cpp, TensorCompare.cpp. */
public final class Comparisons {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::allclose", Comparisons::allclose),
            one("aten::eq", call -> compared(call, "Equal")),
            one("aten::equal", Comparisons::equal),
            one("aten::ge", call -> compared(call, "GreaterOrEqual")),
            one("aten::greater", call -> compared(call, "Greater")),
            one("aten::greater_equal", call -> compared(call, "GreaterOrEqual")),
            one("aten::gt", call -> compared(call, "Greater")),
            one("aten::isclose", Comparisons::isclose),
            one("aten::isfinite", Comparisons::isfinite),
            one("aten::isinf", call -> infinite(call, Attributes.NONE)),
            one("aten::isnan", Comparisons::isnan),
            one("aten::isneginf", call -> infinite(call, Attributes.of("detect_positive", 0))),
            one("aten::isposinf", call -> infinite(call, Attributes.of("detect_negative", 0))),
            one("aten::le", call -> compared(call, "LessOrEqual")),
            one("aten::less", call -> compared(call, "Less")),
            one("aten::less_equal", call -> compared(call, "LessOrEqual")),
            one("aten::logical_and", call -> logic(call, "And")),
            one("aten::logical_not", call -> call.add("Not", call.value("self", DataType.BOOL))),
            one("aten::logical_or", call -> logic(call, "Or")),
            one("aten::logical_xor", call -> logic(call, "Xor")),
            one("aten::lt", call -> compared(call, "Less")),
            one("aten::ne", call -> call.add("Not", compared(call, "Equal"))),
            one("aten::not_equal", call -> call.add("Not", compared(call, "Equal"))),
            one("aten::signbit", Comparisons::signbit),
            one("prims::eq", call -> compared(call, "Equal")),
            one("prims::ge", call -> compared(call, "GreaterOrEqual")),
            one("prims::gt", call -> compared(call, "Greater")),
            one("prims::le", call -> compared(call, "LessOrEqual")),
            one("prims::lt", call -> compared(call, "Less")),
            one("prims::ne", call -> call.add("Not", compared(call, "Equal"))),
            one("prims::isfinite", Comparisons::isfinite),
            one("prims::signbit", Comparisons::signbit),
            one("aten::isreal", call -> call.add("Not", never(call, call.value("self")))));
    // spotless:on

    private Comparisons() {}

    private static Value compared(AtenCall call, String op) {
        DataType type = call.promoted("self", "other");
        DataType in = ComputeTypes.arithmetic(type);
        return call.add(op, call.cast(call.value("self", type), in), call.cast(call.value("other", type), in));
    }

    private static Value logic(AtenCall call, String op) {
        return call.add(op, call.value("self", DataType.BOOL), call.value("other", DataType.BOOL));
    }

    private static Value isnan(AtenCall call) {
        Value self = call.value("self");
        return ComputeTypes.isWhole(self.dataType()) ? never(call, self) : call.add("IsNaN", self);
    }

    private static Value infinite(AtenCall call, Attributes which) {
        Value self = call.value("self");
        return ComputeTypes.isWhole(self.dataType()) ? never(call, self) : call.add("IsInf", which, self);
    }

    private static Value isfinite(AtenCall call) {
        Value self = call.value("self");
        if (ComputeTypes.isWhole(self.dataType())) {
            return call.add("Not", never(call, self));
        }
        return call.add("Not", call.add("Or", call.add("IsNaN", self), call.add("IsInf", self)));
    }

    /** False for every element. */
    private static Value never(AtenCall call, Value like) {
        Value shape = call.add("Shape", like);
        return call.sized(call.add("Expand", call.scalar(0, DataType.BOOL), shape), call.sizes(like));
    }

    /** Whether the sign is set, also that of -0. Source: aten/src/ATen/native/UnaryOps.cpp, signbit. */
    private static Value signbit(AtenCall call) {
        Value self = call.value("self");
        DataType in = ComputeTypes.arithmetic(self.dataType());
        Value x = call.cast(self, in);
        Value zero = call.scalar(0, in);
        Value below = call.add("Less", x, zero);
        return in.isFloatingPoint() ? call.add("Or", below, call.add("Less", call.add("Reciprocal", x), zero)) : below;
    }

    /** {@code |self - other| <= atol + rtol * |other|}, or both the same. */
    private static Value isclose(AtenCall call) {
        DataType type = ComputeTypes.arithmetic(call.promoted("self", "other"));
        Value self = call.value("self", type);
        Value other = call.value("other", type);
        Value same = call.add("Equal", self, other);
        DataType in = type.isFloatingPoint() ? type : DataType.DOUBLE;
        Value distance = call.add("Abs", call.add("Sub", call.cast(self, in), call.cast(other, in)));
        Value relative = call.add("Mul", call.scalar(call.real("rtol"), in), call.add("Abs", call.cast(other, in)));
        Value allowed = call.add("Add", call.scalar(call.real("atol"), in), relative);
        Value close = call.add("LessOrEqual", distance, allowed);
        if (type.isFloatingPoint()) {
            close = call.add("And", close, call.add("Not", call.add("IsInf", allowed)));
        }
        if (call.bool("equal_nan") && type.isFloatingPoint()) {
            same = call.add("Or", same, call.add("And", call.add("IsNaN", self), call.add("IsNaN", other)));
        }
        return call.add("Or", same, close);
    }

    private static Value allclose(AtenCall call) {
        return Extremes.all(call, isclose(call));
    }

    private static Value equal(AtenCall call) {
        return Extremes.all(call, compared(call, "Equal"));
    }
}
