package dev.entrepot.importers.torch.operators.pointwise;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.ComputeTypes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.Map;

/** The bits of whole numbers, and bools as one bit. Source: aten/src/ATen/native/BinaryOps.cpp, bitwise_and and the like. */
public final class Bits {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::__and__.Scalar", Bits::and),
            one("aten::__and__.Tensor", Bits::and),
            one("aten::__lshift__.Scalar", Bits::leftShift),
            one("aten::__lshift__.Tensor", Bits::leftShift),
            one("aten::__or__.Scalar", Bits::or),
            one("aten::__or__.Tensor", Bits::or),
            one("aten::__rshift__.Scalar", Bits::rightShift),
            one("aten::__rshift__.Tensor", Bits::rightShift),
            one("aten::__xor__.Scalar", Bits::xor),
            one("aten::__xor__.Tensor", Bits::xor),
            one("aten::bitwise_and", Bits::and),
            one("aten::bitwise_left_shift", Bits::leftShift),
            one("aten::bitwise_not", Bits::not),
            one("aten::bitwise_or", Bits::or),
            one("aten::bitwise_right_shift", Bits::rightShift),
            one("aten::bitwise_xor", Bits::xor),
            one("prims::bitwise_and", Bits::and),
            one("prims::bitwise_not", Bits::not),
            one("prims::bitwise_or", Bits::or),
            one("prims::bitwise_xor", Bits::xor),
            one("prims::shift_left", Bits::leftShift),
            one("prims::shift_right_arithmetic", Bits::rightShift));
    // spotless:on

    private Bits() {}

    private static Value and(AtenCall call) {
        return combined(call, "And", "BitwiseAnd");
    }

    private static Value or(AtenCall call) {
        return combined(call, "Or", "BitwiseOr");
    }

    private static Value xor(AtenCall call) {
        return combined(call, "Xor", "BitwiseXor");
    }

    private static Value combined(AtenCall call, String ofBools, String ofNumbers) {
        DataType type = whole(call);
        String op = type == DataType.BOOL ? ofBools : ofNumbers;
        return call.add(op, call.value("self", type), call.value("other", type));
    }

    private static Value not(AtenCall call) {
        Value self = call.value("self");
        return call.add(self.dataType() == DataType.BOOL ? "Not" : "BitwiseNot", self);
    }

    /** {@code self * 2 ^ other}. */
    private static Value leftShift(AtenCall call) {
        DataType type = whole(call);
        return call.cast(call.add("Mul", call.value("self", DataType.INT64), powerOfTwo(call)), type);
    }

    /** {@code self / 2 ^ other} rounded down: the sign moves in. */
    private static Value rightShift(AtenCall call) {
        DataType type = whole(call);
        Value self = call.value("self", DataType.INT64);
        Value divisor = powerOfTwo(call);
        Value floor = call.add("Sub", self, call.add("Mod", self, divisor));
        return call.cast(call.add("Div", floor, divisor), type);
    }

    private static Value powerOfTwo(AtenCall call) {
        return call.add("Pow", call.scalar(2, DataType.INT64), call.value("other", DataType.INT64));
    }

    private static DataType whole(AtenCall call) {
        DataType type = call.promoted("self", "other");
        if (!ComputeTypes.isWhole(type)) {
            throw call.malformed("operands are " + type.numpyName() + ", expected whole numbers or bools");
        }
        return type;
    }
}
