package dev.entrepot.importers.torch.operators.complex;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;
import static dev.entrepot.importers.torch.operators.entries.Entries.plain;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.ComplexParts;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Promotion;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.operators.entries.ComputeTypes;
import dev.entrepot.importers.torch.operators.pointwise.Functions;
import dev.entrepot.importers.torch.operators.products.Products;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Complex numbers by their real and imaginary parts. Source: aten/src/ATen/native/ComplexHelper.h, c10/util/complex.h. */
public final class ComplexArithmetic {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::angle", ComplexArithmetic::angleOfReal),
            one("aten::complex", call -> call.graph().complex(call.value("real"), call.value("imag"))),
            one("aten::polar", ComplexArithmetic::polar),
            one("aten::view_as_complex", ComplexArithmetic::viewAsComplex),
            one("aten::view_as_complex_copy", ComplexArithmetic::viewAsComplex),
            one("complex aten::_conj", ComplexArithmetic::conj),
            one("complex aten::_conj_physical", ComplexArithmetic::conj),
            one("complex aten::abs", ComplexArithmetic::abs),
            one("complex aten::add", call -> sum(call, "Add")),
            one(
                    "complex aten::angle",
                    call -> Functions.angle(
                            call,
                            parts(call, "self").imaginary(),
                            parts(call, "self").real())),
            one("complex aten::bmm", call -> product(call, "self", "mat2", (a, b) -> Products.product(call, a, b))),
            one("complex aten::conj", ComplexArithmetic::conj),
            one("complex aten::conj_physical", ComplexArithmetic::conj),
            one("complex aten::div", ComplexArithmetic::div),
            one("complex aten::exp", ComplexArithmetic::exp),
            one("complex aten::imag", call -> parts(call, "self").imaginary()),
            plain("complex aten::is_complex", call -> IValue.of(true)),
            one("complex aten::matmul", call -> product(call, "self", "other", (a, b) -> Products.product(call, a, b))),
            one("complex aten::mm", call -> product(call, "self", "mat2", (a, b) -> Products.product(call, a, b))),
            one("complex aten::mul", call -> product(call, "self", "other", (a, b) -> call.add("Mul", a, b))),
            one("complex aten::multiply", call -> product(call, "self", "other", (a, b) -> call.add("Mul", a, b))),
            one("complex aten::real", call -> parts(call, "self").real()),
            one("complex aten::square", call -> product(call, "self", "self", (a, b) -> call.add("Mul", a, b))),
            one("complex aten::sub", call -> sum(call, "Sub")),
            one("complex aten::view_as_real", call -> pairs(call, parts(call, "self"))),
            one("complex aten::view_as_real_copy", call -> pairs(call, parts(call, "self"))));
    // spotless:on

    private ComplexArithmetic() {}

    /** The parts of a complex argument, or of a real tensor or number. */
    static ComplexParts parts(AtenCall call, String name) {
        return call.graph().parts(call.value(name));
    }

    /** [...] complex -> [..., 2] real. */
    static Value pairs(AtenCall call, ComplexParts parts) {
        Value real = call.unsqueeze(parts.real(), -1);
        return parts.imaginary().isNone()
                ? real
                : call.add("Concat", Attributes.of("axis", -1), real, call.unsqueeze(parts.imaginary(), -1));
    }

    /** [..., 2] real -> [...] complex. */
    static Value ofPairs(AtenCall call, Value pairs) {
        Attributes last = Attributes.of("axis", -1);
        Value real = call.add("Gather", last, pairs, call.scalar(0, DataType.INT64));
        return call.graph().complex(real, call.add("Gather", last, pairs, call.scalar(1, DataType.INT64)));
    }

    private static Value viewAsComplex(AtenCall call) {
        return ofPairs(call, call.value("self"));
    }

    private static Value polar(AtenCall call) {
        DataType type = call.promoted("abs", "angle");
        Value abs = call.value("abs", type);
        Value angle = call.value("angle", type);
        Value real = call.add("Mul", abs, Functions.apply(call, "Cos", angle));
        return call.graph().complex(real, call.add("Mul", abs, Functions.apply(call, "Sin", angle)));
    }

    private static Value angleOfReal(AtenCall call) {
        Value self = ComputeTypes.floating(call, "self");
        DataType type = self.dataType();
        Value zero = call.scalar(0, type);
        return call.add("Where", call.add("Less", self, zero), call.scalar(Math.PI, type), zero);
    }

    private static Value conj(AtenCall call) {
        ComplexParts self = parts(call, "self");
        return call.graph().complex(self.real(), call.add("Neg", self.imaginary()));
    }

    private static Value abs(AtenCall call) {
        ComplexParts self = parts(call, "self");
        Value squares = call.add(
                "Add", call.add("Mul", self.real(), self.real()), call.add("Mul", self.imaginary(), self.imaginary()));
        return call.add("Sqrt", squares);
    }

    private static Value exp(AtenCall call) {
        ComplexParts self = parts(call, "self");
        Value length = call.add("Exp", self.real());
        Value real = call.add("Mul", length, call.add("Cos", self.imaginary()));
        return call.graph().complex(real, call.add("Mul", length, call.add("Sin", self.imaginary())));
    }

    /** Both in one float type; a real one gets imaginary parts of 0. */
    private static ComplexParts operand(AtenCall call, String name, DataType type) {
        ComplexParts parts = parts(call, name);
        Value real = call.cast(parts.real(), type);
        return new ComplexParts(real, parts.imaginary().isNone() ? Value.NONE : call.cast(parts.imaginary(), type));
    }

    private static DataType type(AtenCall call, String... names) {
        DataType type = DataType.FLOAT;
        for (String name : names) {
            Value real = parts(call, name).real();
            boolean tensor = call.get(name) instanceof TensorRef;
            type = tensor ? Promotion.common(type, Promotion.floating(real.dataType())) : type;
        }
        return type;
    }

    private static Value sum(AtenCall call, String op) {
        if (!call.knownReal("alpha").equals(Optional.of(1.0))) {
            throw call.unsupported("adds a multiple of complex numbers, which is not known here");
        }
        DataType type = type(call, "self", "other");
        ComplexParts self = whole(call, operand(call, "self", type));
        ComplexParts other = whole(call, operand(call, "other", type));
        Value real = call.add(op, self.real(), other.real());
        return call.graph().complex(real, call.add(op, self.imaginary(), other.imaginary()));
    }

    private static ComplexParts whole(AtenCall call, ComplexParts parts) {
        Value zero = call.scalar(0, parts.real().dataType());
        return parts.imaginary().isNone() ? new ComplexParts(parts.real(), call.add("Mul", parts.real(), zero)) : parts;
    }

    private static Value product(AtenCall call, String left, String right, BinaryOperator<Value> times) {
        DataType type = type(call, left, right);
        ComplexParts a = operand(call, left, type);
        ComplexParts b = operand(call, right, type);
        if (a.imaginary().isNone()) {
            return call.graph().complex(times.apply(a.real(), b.real()), times.apply(a.real(), b.imaginary()));
        }
        if (b.imaginary().isNone()) {
            return call.graph().complex(times.apply(a.real(), b.real()), times.apply(a.imaginary(), b.real()));
        }
        Value real = call.add("Sub", times.apply(a.real(), b.real()), times.apply(a.imaginary(), b.imaginary()));
        Value imaginary = call.add("Add", times.apply(a.real(), b.imaginary()), times.apply(a.imaginary(), b.real()));
        return call.graph().complex(real, imaginary);
    }

    private static Value div(AtenCall call) {
        DataType type = type(call, "self", "other");
        ComplexParts a = whole(call, operand(call, "self", type));
        ComplexParts b = operand(call, "other", type);
        if (b.imaginary().isNone()) {
            return call.graph().complex(call.add("Div", a.real(), b.real()), call.add("Div", a.imaginary(), b.real()));
        }
        Value square =
                call.add("Add", call.add("Mul", b.real(), b.real()), call.add("Mul", b.imaginary(), b.imaginary()));
        Value real =
                call.add("Add", call.add("Mul", a.real(), b.real()), call.add("Mul", a.imaginary(), b.imaginary()));
        Value imaginary =
                call.add("Sub", call.add("Mul", a.imaginary(), b.real()), call.add("Mul", a.real(), b.imaginary()));
        return call.graph().complex(call.add("Div", real, square), call.add("Div", imaginary, square));
    }
}
