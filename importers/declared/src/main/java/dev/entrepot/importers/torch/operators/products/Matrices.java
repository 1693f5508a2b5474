package dev.entrepot.importers.torch.operators.products;

import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;
import static dev.entrepot.importers.torch.operators.entries.Entries.refuse;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.ComputeTypes;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Determinants, inverses of small matrices, cross and tensor products. Source: aten/src/ATen/native/LinearAlgebra.cpp. */
public final class Matrices {

    private static final String NO_FORM = "ONNX does not decompose matrices";

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::bilinear", Matrices::bilinear),
            one("aten::cross", Matrices::cross),
            one("aten::det", call -> det(call, call.value("self"))),
            one("aten::inverse", call -> inverse(call, call.value("self"))),
            one("aten::kron", Matrices::kron),
            one("aten::linalg_cross", Matrices::cross),
            one("aten::linalg_det", call -> det(call, call.value("A"))),
            one("aten::linalg_inv", call -> inverse(call, call.value("A"))),
            many(
                    "aten::linalg_inv_ex",
                    call -> List.of(inverse(call, call.value("A")), call.scalar(0, DataType.INT32))),
            one("aten::linalg_matrix_power", Matrices::matrixPower),
            many("aten::linalg_slogdet", Matrices::slogdet),
            one("aten::logdet", call -> call.add("Log", det(call, call.value("self")))),
            one("aten::matrix_power", Matrices::matrixPower),
            many("aten::slogdet", Matrices::slogdet),
            one("aten::tensordot", Matrices::tensordot),
            one("aten::trace", Matrices::trace),
            refuse("aten::cholesky", NO_FORM),
            refuse("aten::linalg_cholesky", NO_FORM),
            refuse("aten::linalg_eigh", NO_FORM),
            refuse("aten::linalg_lu_factor", NO_FORM),
            refuse("aten::linalg_pinv", NO_FORM),
            refuse("aten::linalg_qr", NO_FORM),
            refuse("aten::linalg_solve", NO_FORM),
            refuse("aten::linalg_svd", NO_FORM),
            refuse("aten::linalg_svdvals", NO_FORM),
            refuse("aten::qr", NO_FORM),
            refuse("aten::svd", NO_FORM),
            many("aten::_linalg_det", call -> withNothing(call, det(call, call.value("A")))),
            many("aten::_linalg_slogdet", Matrices::nativeSlogdet));
    // spotless:on

    private Matrices() {}

    private static Value trace(AtenCall call) {
        Value self = call.value("self");
        Value terms = call.cast(self, ComputeTypes.sum(self.dataType()));
        SizeExpr length = call.size(self, 0).min(call.size(self, 1));
        Value end = call.vector(List.of(length, length));
        Value square = call.add("Slice", terms, call.vector(0, 0), end, call.vector(0, 1));
        return Products.summed(call, "ii->", List.of(square));
    }

    private static Value det(AtenCall call, Value matrix) {
        return ComputeTypes.inFloat32(call, "Det", Attributes.NONE, matrix);
    }

    private static List<Value> slogdet(AtenCall call) {
        Value det = det(call, call.value(call.has("A") ? "A" : "self"));
        return List.of(call.add("Sign", det), call.add("Log", call.add("Abs", det)));
    }

    /** Along the axis that is said, else the first of size 3. */
    private static Value cross(AtenCall call) {
        DataType type = call.promoted("self", "other");
        Value self = call.value("self", type);
        Value other = call.value("other", type);
        int rank = Math.max(call.rank(self), call.rank(other));
        long axis = call.isNone("dim") ? firstOfThree(call, self) : call.integer("dim");
        return cross(call, self, other, axis < 0 ? axis : axis - rank);
    }

    private static long firstOfThree(AtenCall call, Value value) {
        for (int axis = 0; axis < call.rank(value); axis++) {
            if (call.size(value, axis).is(3)) {
                return axis;
            }
        }
        throw call.malformed("no dimension of " + value.shape() + " has size 3");
    }

    /** The cross product along an axis counted from the back. */
    private static Value cross(AtenCall call, Value a, Value b, long axis) {
        DataType type = a.dataType();
        Attributes along = Attributes.of("axis", axis);
        Value next = call.vector(1, 2, 0);
        Value after = call.vector(2, 0, 1);
        Value positive = ComputeTypes.computed(
                call, "Mul", type, call.add("Gather", along, a, next), call.add("Gather", along, b, after));
        Value negative = ComputeTypes.computed(
                call, "Mul", type, call.add("Gather", along, a, after), call.add("Gather", along, b, next));
        return ComputeTypes.computed(call, "Sub", type, positive, negative);
    }

    /** Of matrices of up to three rows, by their cofactors. */
    private static Value inverse(AtenCall call, Value matrix) {
        long size = call.knownSize(matrix, call.rank(matrix) - 1);
        return switch (Math.toIntExact(Math.min(size, 4))) {
            case 1 -> call.add("Reciprocal", matrix);
            case 2 -> inverseOfTwo(call, matrix);
            case 3 -> inverseOfThree(call, matrix);
            default ->
                throw call.unsupported("inverts matrices of " + size + " rows; ONNX can only do that for up to 3");
        };
    }

    private static Value inverseOfTwo(AtenCall call, Value matrix) {
        Attributes columns = Attributes.of("axis", -1);
        Attributes rows = Attributes.of("axis", -2);
        Value swapped =
                call.add("Gather", columns, call.add("Gather", rows, matrix, call.vector(1, 0)), call.vector(1, 0));
        Value transposed = transposed(call, swapped);
        Value signs = call.cast(call.reshape(call.vector(1, -1, -1, 1), 2, 2), matrix.dataType());
        Value adjugate = call.add("Mul", transposed, signs);
        Value first = call.add("Gather", rows, matrix, call.vector(0));
        Value cofactors = call.add("Gather", rows, transposed(call, adjugate), call.vector(0));
        Value det = call.add("ReduceSum", call.add("Mul", first, cofactors), call.vector(-1));
        return call.add("Div", adjugate, det);
    }

    private static Value inverseOfThree(AtenCall call, Value matrix) {
        Attributes rows = Attributes.of("axis", -2);
        Value next = call.add("Gather", rows, matrix, call.vector(1, 2, 0));
        Value after = call.add("Gather", rows, matrix, call.vector(2, 0, 1));
        Value cofactors = cross(call, next, after, -1);
        Value first = call.add("Gather", rows, call.add("Mul", matrix, cofactors), call.vector(0));
        Value det = call.add("ReduceSum", first, call.vector(-1));
        return call.add("Div", transposed(call, cofactors), det);
    }

    private static Value transposed(AtenCall call, Value matrix) {
        int rank = call.rank(matrix);
        long[] order = LongStream.range(0, rank).toArray();
        order[rank - 2] = rank - 1L;
        order[rank - 1] = rank - 2L;
        return call.transpose(matrix, order);
    }

    /** By squares, as many as the power has bits. Source: aten/src/ATen/native/LinearAlgebra.cpp, linalg_matrix_power_impl. */
    private static Value matrixPower(AtenCall call) {
        Value self = call.value("self");
        long power = call.integer("n");
        if (power == Long.MIN_VALUE) {
            throw call.malformed("n is " + power + ", whose absolute value is beyond 64 bits");
        }
        if (power == 0) {
            Value zeros = call.add("Sub", self, self);
            Attributes identity = Attributes.of("dtype", self.dataType().code());
            return call.add("Add", zeros, call.add("EyeLike", identity, anyMatrix(call, self)));
        }
        Value square = power < 0 ? inverse(call, self) : self;
        Value result = Value.NONE;
        for (long left = Math.abs(power); left > 0; left /= 2) {
            if (left % 2 == 1) {
                result = result.isNone() ? square : Products.product(call, result, square);
            }
            if (left > 1) {
                square = Products.product(call, square, square);
            }
        }
        return result;
    }

    /** One of a stack of matrices. */
    private static Value anyMatrix(AtenCall call, Value stack) {
        List<SizeExpr> sizes = call.sizes(stack);
        Value all = call.reshape(stack, withLeading(sizes));
        return call.add("Gather", Attributes.of("axis", 0), all, call.scalar(0, DataType.INT64));
    }

    private static List<SizeExpr> withLeading(List<SizeExpr> sizes) {
        int rank = sizes.size();
        List<SizeExpr> stacked = new ArrayList<>(List.of(SizeExpr.product(sizes.subList(0, rank - 2))));
        stacked.addAll(sizes.subList(rank - 2, rank));
        return stacked;
    }

    /** Sums of products over pairs of axes; what is left of the first comes before what is left of the second. */
    private static Value tensordot(AtenCall call) {
        Value self = call.value("self");
        Value other = call.value("other");
        long[] ofSelf = axes(call, self, "dims_self");
        long[] ofOther = axes(call, other, "dims_other");
        char[] left = letters(call.rank(self), 'a');
        char[] right = letters(call.rank(other), (char) ('a' + left.length));
        StringBuilder kept = new StringBuilder(new String(left));
        StringBuilder rest = new StringBuilder(new String(right));
        for (int i = 0; i < ofSelf.length; i++) {
            char shared = left[(int) ofSelf[i]];
            kept.deleteCharAt(kept.indexOf(String.valueOf(shared)));
            rest.deleteCharAt(rest.indexOf(String.valueOf(right[(int) ofOther[i]])));
            right[(int) ofOther[i]] = shared;
        }
        String equation = new String(left) + "," + new String(right) + "->" + kept + rest;
        return Products.summed(call, equation, List.of(self, other));
    }

    private static long[] axes(AtenCall call, Value value, String name) {
        return Arrays.stream(call.ints(name))
                .map(axis -> call.axis(value, axis))
                .toArray();
    }

    private static char[] letters(int count, char first) {
        char[] letters = new char[count];
        for (int i = 0; i < count; i++) {
            letters[i] = (char) (first + i);
        }
        return letters;
    }

    /** Every element of the first times the whole second. */
    private static Value kron(AtenCall call) {
        DataType type = call.promoted("self", "other");
        Value self = call.value("self", type);
        Value other = call.value("other", type);
        int rank = Math.max(call.rank(self), call.rank(other));
        List<SizeExpr> ofSelf = padded(call.sizes(self), rank);
        List<SizeExpr> ofOther = padded(call.sizes(other), rank);
        List<SizeExpr> left = new ArrayList<>();
        List<SizeExpr> right = new ArrayList<>();
        List<SizeExpr> both = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            left.addAll(List.of(ofSelf.get(axis), SizeExpr.ONE));
            right.addAll(List.of(SizeExpr.ONE, ofOther.get(axis)));
            both.add(ofSelf.get(axis).times(ofOther.get(axis)));
        }
        Value product = ComputeTypes.computed(call, "Mul", type, call.reshape(self, left), call.reshape(other, right));
        return call.reshape(product, both);
    }

    private static List<SizeExpr> padded(List<SizeExpr> sizes, int rank) {
        List<SizeExpr> padded = new ArrayList<>(Collections.nCopies(rank - sizes.size(), SizeExpr.ONE));
        padded.addAll(sizes);
        return padded;
    }

    /** {@code x1 A x2 + b} for each of the matrices A: [..., I], [..., J] and [O, I, J] -> [..., O]. */
    private static Value bilinear(AtenCall call) {
        List<Value> operands = List.of(call.value("input1"), call.value("weight"), call.value("input2"));
        Value product = Products.summed(call, "...i,oij,...j->...o", operands);
        return call.isNone("bias")
                ? product
                : ComputeTypes.computed(call, "Add", product.dataType(), product, call.value("bias"));
    }

    /** What a decomposition leaves beside its result is for the backward pass alone. */
    private static List<Value> withNothing(AtenCall call, Value... results) {
        List<Value> all = new ArrayList<>(List.of(results));
        while (all.size() < call.schema().returns().size()) {
            all.add(call.scalar(0, DataType.FLOAT));
        }
        return all;
    }

    private static List<Value> nativeSlogdet(AtenCall call) {
        List<Value> results = slogdet(call);
        return withNothing(call, results.get(0), results.get(1));
    }
}
