package dev.entrepot.importers.torch.operators.products;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.ComputeTypes;
import dev.entrepot.importers.torch.operators.reductions.Reductions;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Products of matrices and vectors. Source: aten/src/ATen/native/LinearAlgebra.cpp, Linear.cpp. */
public final class Products {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::addbmm", Products::addbmm),
            one("aten::addmm", Products::addmm),
            one("aten::addmv", call -> added(call, product(call, "mat", "vec"))),
            one("aten::addr", call -> added(call, outer(call, "vec1", "vec2"))),
            one("aten::baddbmm", call -> added(call, product(call, "batch1", "batch2"))),
            one("aten::bmm", call -> product(call, "self", "mat2")),
            one("aten::chain_matmul", call -> chain(call, call.values("matrices"))),
            one("aten::dot", call -> product(call, "self", "tensor")),
            one("aten::einsum", Products::einsum),
            one("aten::ger", call -> outer(call, "self", "vec2")),
            one("aten::inner", Products::inner),
            one("aten::linalg_matmul", call -> product(call, "self", "other")),
            one("aten::linalg_multi_dot", call -> chain(call, call.values("tensors"))),
            one("aten::linear", Products::linear),
            one("aten::matmul", call -> product(call, "self", "other")),
            one("aten::mm", call -> product(call, "self", "mat2")),
            one("aten::mv", call -> product(call, "self", "vec")),
            one("aten::outer", call -> outer(call, "self", "vec2")),
            one("aten::vdot", call -> product(call, "self", "other")),
            one("aten::_addmm_activation", Products::addmmActivation),
            one(
                    "aten::_int_mm",
                    call -> product(call, call.value("self", DataType.INT32), call.value("mat2", DataType.INT32))));
    // spotless:on

    private Products() {}

    private static Value product(AtenCall call, String left, String right) {
        return product(call, call.value(left), call.value(right));
    }

    /** NumPy's matmul, which is PyTorch's. */
    public static Value product(AtenCall call, Value left, Value right) {
        DataType type = left.dataType();
        if (type != right.dataType()) {
            throw call.malformed("the factors are " + type.numpyName() + " and "
                    + right.dataType().numpyName() + ", expected one element type");
        }
        if (call.rank(left) > 1 && call.rank(right) == 1) {
            // ONNX Runtime fuses a Transpose of the left into the product, and then takes wrong elements of a vector.
            Value column = ComputeTypes.computed(call, "MatMul", type, left, call.unsqueeze(right, 1));
            return call.squeeze(column, -1);
        }
        return ComputeTypes.computed(call, "MatMul", type, left, right);
    }

    private static Value chain(AtenCall call, List<Value> factors) {
        return factors.stream()
                .reduce((left, right) -> product(call, left, right))
                .orElseThrow(() -> call.malformed("is given no matrices"));
    }

    /** [N] and [M] -> [N, M]. */
    private static Value outer(AtenCall call, String left, String right) {
        DataType type = call.promoted(left, right);
        Value column = call.unsqueeze(call.value(left, type), 1);
        Value row = call.unsqueeze(call.value(right, type), 0);
        return ComputeTypes.computed(call, "Mul", type, column, row);
    }

    /** [..., K] and [..., K] -> their sums of products over K, for each pair of the other indices. */
    private static Value inner(AtenCall call) {
        Value self = call.value("self");
        Value other = call.value("other");
        int left = call.rank(self);
        int right = call.rank(other);
        if (left == 0 || right == 0) {
            return ComputeTypes.computed(call, "Mul", self.dataType(), self, other);
        }
        String letters = "abcdefghijklmnopqrstuvwxyz";
        String ofSelf = letters.substring(0, left - 1);
        String ofOther = letters.substring(left - 1, left + right - 2);
        return summed(call, ofSelf + "z," + ofOther + "z->" + ofSelf + ofOther, List.of(self, other));
    }

    /** {@code beta * self + alpha * product}. */
    private static Value added(AtenCall call, Value product) {
        DataType type = product.dataType();
        Value scaled = scaled(call, product, "alpha");
        if (call.knownReal("beta").equals(Optional.of(0.0))) {
            return scaled;
        }
        return ComputeTypes.computed(call, "Add", type, scaled(call, call.value("self", type), "beta"), scaled);
    }

    private static Value scaled(AtenCall call, Value value, String factor) {
        if (call.knownReal(factor).equals(Optional.of(1.0))) {
            return value;
        }
        return ComputeTypes.computed(call, "Mul", value.dataType(), value, call.value(factor, value.dataType()));
    }

    private static Value addbmm(AtenCall call) {
        Value products = product(call, "batch1", "batch2");
        return added(call, Reductions.reduced(call, "ReduceSum", products, new long[] {0}, Reductions.Kept.DROPPED));
    }

    /** [M, K] and [K, N] -> [M, N]: a Gemm. */
    private static Value addmm(AtenCall call) {
        Value left = call.value("mat1");
        Value right = call.value("mat2");
        Optional<Double> alpha = call.knownReal("alpha");
        Optional<Double> beta = call.knownReal("beta");
        boolean gemm = left.dataType() == DataType.FLOAT && left.dataType() == right.dataType();
        if (!gemm || alpha.isEmpty() || beta.isEmpty() || beta.get() == 0) {
            return added(call, product(call, left, right));
        }
        Attributes attributes = Attributes.of("alpha", alpha.get().floatValue())
                .with("beta", beta.get().floatValue());
        return call.add("Gemm", attributes, left, right, call.value("self", left.dataType()));
    }

    /** [..., K] and [N, K] -> [..., N]. Source: aten/src/ATen/native/Linear.cpp, linear. */
    private static Value linear(AtenCall call) {
        Value input = call.value("input");
        Value weight = call.value("weight");
        Value bias = call.optionalValue("bias");
        boolean matrices = call.rank(input) == 2 && call.rank(weight) == 2;
        if (matrices && input.dataType() == DataType.FLOAT && weight.dataType() == DataType.FLOAT) {
            Attributes attributes = Attributes.of("transB", 1);
            return bias == Value.NONE
                    ? call.add("Gemm", attributes, input, weight)
                    : call.add("Gemm", attributes, input, weight, bias);
        }
        Value transposed = call.rank(weight) == 2 ? call.transpose(weight, 1, 0) : weight;
        Value product = product(call, input, transposed);
        return bias == Value.NONE ? product : ComputeTypes.computed(call, "Add", product.dataType(), product, bias);
    }

    /** Source: aten/src/ATen/native/Linear.cpp, einsum. */
    private static Value einsum(AtenCall call) {
        return summed(call, call.text("equation").replace(" ", ""), call.values("tensors"));
    }

    /** The sum of products that an equation tells. */
    static Value summed(AtenCall call, String equation, List<Value> operands) {
        DataType type = operands.get(0).dataType();
        List<Value> wide = operands.stream()
                .map(operand -> call.cast(operand, ComputeTypes.arithmetic(type)))
                .toList();
        return call.cast(
                call.add("Einsum", 1, Attributes.of("equation", equation), wide).get(0), type);
    }

    private static Value addmmActivation(AtenCall call) {
        Value sum = addmm(call);
        return call.bool("use_gelu")
                ? ComputeTypes.inFloat32(call, "Gelu", Attributes.NONE, sum)
                : ComputeTypes.computed(call, "Relu", sum.dataType(), sum);
    }
}
