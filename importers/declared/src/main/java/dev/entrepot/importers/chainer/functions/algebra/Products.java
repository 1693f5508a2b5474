package dev.entrepot.importers.chainer.functions.algebra;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;
import static dev.entrepot.importers.chainer.functions.entries.Entries.refuse;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.chainer.functions.arrays.Broadcasting;
import dev.entrepot.importers.chainer.functions.arrays.Ordering;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Products of matrices. Source: chainer/functions/math/matmul.py, tensordot.py, sparse_matmul.py. */
public final class Products {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("batch_matmul(a, b, transa=False, transb=False)", Products::batchMatMul),
            one("einsum(*operands)", Einsums::einsum),
            one("matmul(a, b, transa=False, transb=False)", Products::matMul),
            refuse(
                    "sparse_matmul(a, b, transa=False, transb=False)",
                    "multiplies by a sparse matrix, of which ONNX has no products"),
            one("tensordot(a, b, axes=2)", Products::tensorDot));
    // spotless:on

    private Products() {}

    /** Two arrays in the type that NumPy gives their product. */
    static List<Value> alike(FunctionCall call, List<Value> values) {
        DataType widest = values.stream()
                .map(Value::dataType)
                .reduce((a, b) -> b.bits() > a.bits() ? b : a)
                .orElseThrow();
        return values.stream().map(value -> call.cast(value, widest)).toList();
    }

    private static Value matMul(FunctionCall call) {
        List<Value> operands = alike(call, List.of(call.value("a"), call.value("b")));
        return product(call, operands.get(0), operands.get(1));
    }

    private static Value product(FunctionCall call, Value a, Value b) {
        boolean transA = call.flag("transa") && call.rank(a) > 1;
        boolean transB = call.flag("transb") && call.rank(b) > 1;
        if (call.rank(a) == 0 || call.rank(b) == 0) {
            throw call.malformed("multiplies arrays of shapes " + a.shape() + " and " + b.shape()
                    + ", expected at least one axis each");
        }
        if ((transA || transB) && call.rank(a) == 2 && call.rank(b) == 2) {
            Attributes attributes = Attributes.of("transA", transA ? 1 : 0).with("transB", transB ? 1 : 0);
            Value made = call.add("Gemm", attributes, a, b);
            return call.sized(made, List.of(call.size(a, transA ? 1 : 0), call.size(b, transB ? 0 : 1)));
        }
        Value left = transA ? Ordering.swapped(call, a, call.rank(a) - 2, call.rank(a) - 1) : a;
        Value right = transB ? Ordering.swapped(call, b, call.rank(b) - 2, call.rank(b) - 1) : b;
        return call.sized(call.add("MatMul", left, right), sizes(call, left, right));
    }

    private static List<SizeExpr> sizes(FunctionCall call, Value a, Value b) {
        List<SizeExpr> left = call.sizes(a);
        List<SizeExpr> right = call.sizes(b);
        List<SizeExpr> sizes = new ArrayList<>(Broadcasting.common(
                call, left.subList(0, Math.max(0, left.size() - 2)), right.subList(0, Math.max(0, right.size() - 2))));
        if (left.size() > 1) {
            sizes.add(left.get(left.size() - 2));
        }
        if (right.size() > 1) {
            sizes.add(right.get(right.size() - 1));
        }
        return sizes;
    }

    /** Two axes stand for a batch of columns, all that follow the first two for one. Source: matmul.py, _batch_matmul. */
    private static Value batchMatMul(FunctionCall call) {
        List<Value> operands = alike(call, List.of(call.value("a"), call.value("b")));
        return product(call, batch(call, operands.get(0)), batch(call, operands.get(1)));
    }

    private static Value batch(FunctionCall call, Value x) {
        int rank = call.rank(x);
        if (rank < 2 || rank > 3) {
            throw call.malformed("multiplies batches of shape " + x.shape() + ", expected two or three axes");
        }
        return rank == 2 ? call.unsqueeze(x, 2) : x;
    }

    /** Sums over the last axes of one and the first of the other, or over axes that are told. */
    private static Value tensorDot(FunctionCall call) {
        List<Value> operands = alike(call, List.of(call.value("a"), call.value("b")));
        Value a = operands.get(0);
        Value b = operands.get(1);
        List<Integer> fromA = new ArrayList<>();
        List<Integer> fromB = new ArrayList<>();
        if (call.get("axes") instanceof Argument.Items pair) {
            if (pair.items().size() != 2) {
                throw call.malformed("axes is " + pair.sort() + ", expected a number or a pair");
            }
            fromA.addAll(axes(call, a, pair.items().get(0)));
            fromB.addAll(axes(call, b, pair.items().get(1)));
        } else {
            int count = Math.toIntExact(call.whole("axes"));
            IntStream.range(call.rank(a) - count, call.rank(a)).forEach(fromA::add);
            IntStream.range(0, count).forEach(fromB::add);
        }
        if (fromA.size() != fromB.size()) {
            throw call.malformed("sums over the axes " + fromA + " and " + fromB);
        }
        List<Integer> left = IntStream.range(0, call.rank(a)).boxed().toList();
        List<Integer> right = new ArrayList<>();
        List<Integer> result = new ArrayList<>(left);
        result.removeAll(fromA);
        int next = call.rank(a);
        for (int axis = 0; axis < call.rank(b); axis++) {
            int summed = fromB.indexOf(axis);
            right.add(summed >= 0 ? fromA.get(summed) : next);
            if (summed < 0) {
                result.add(next++);
            }
        }
        return Einsums.sum(call, List.of(a, b), List.of(left, right), result);
    }

    private static List<Integer> axes(FunctionCall call, Value value, Argument given) {
        List<Argument> items = given instanceof Argument.Items several ? several.items() : List.of(given);
        List<Integer> axes = new ArrayList<>();
        for (Argument item : items) {
            if (!(item instanceof Argument.Whole whole) || !whole.value().isNumber()) {
                throw call.malformed("axes holds " + item.sort() + ", expected whole numbers");
            }
            axes.add(call.axis(value, whole.value().number().getAsLong()));
        }
        return axes;
    }
}
