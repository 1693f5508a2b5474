package dev.entrepot.importers.chainer.functions.algebra;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * Inverses, determinants and Cholesky factors, written out as nodes: by cofactors up to three rows, by elimination with pivots beyond.
 * Source: chainer/functions/math/inv.py, det.py, cholesky.py.
 */
public final class LinearAlgebra {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("batch_det(a)", call -> det(call, 3)),
            one("batch_inv(a)", call -> inv(call, 3)),
            one("cholesky(a)", LinearAlgebra::cholesky),
            one("det(a)", call -> det(call, 2)),
            one("inv(a)", call -> inv(call, 2)));
    // spotless:on

    private static final long MOST_ROWS = 16;

    private LinearAlgebra() {}

    private static long rows(FunctionCall call, Value a, int rank) {
        if (call.rank(a) != rank) {
            throw call.malformed("has an array of shape " + a.shape() + ", expected " + rank + " axes");
        }
        long rows = call.knownSize(a, rank - 2);
        if (rows != call.knownSize(a, rank - 1)) {
            throw call.malformed("has an array of shape " + a.shape() + ", expected square matrices");
        }
        if (rows < 1 || rows > MOST_ROWS) {
            throw call.unsupported("ONNX has no such operator, and matrices of " + rows
                    + " rows are too many to write out (up to " + MOST_ROWS + " are)");
        }
        return rows;
    }

    /** float16 is computed as float32. Source: chainer/utils/precision.py. */
    private static Value widely(FunctionCall call, Value a, UnaryOperator<Value> compute) {
        boolean half = a.dataType() == DataType.FLOAT16;
        Value result = compute.apply(half ? call.cast(a, DataType.FLOAT) : a);
        return call.cast(result, a.dataType());
    }

    private static Value det(FunctionCall call, int rank) {
        Value a = call.value("a");
        long rows = rows(call, a, rank);
        List<SizeExpr> batch = call.sizes(a).subList(0, rank - 2);
        return widely(call, a, matrix -> {
            if (rows <= 3) {
                Cofactors cofactors = Cofactors.of(call, matrix, rows);
                return call.squeeze(cofactors.determinant(), rank - 2L);
            }
            return call.sized(Elimination.determinant(call, matrix, rows), batch);
        });
    }

    private static Value inv(FunctionCall call, int rank) {
        Value a = call.value("a");
        long rows = rows(call, a, rank);
        List<SizeExpr> sizes = call.sizes(a);
        return widely(call, a, matrix -> {
            if (rows <= 3) {
                Cofactors cofactors = Cofactors.of(call, matrix, rows);
                Value flat = rows == 1
                        ? call.add("Reciprocal", cofactors.determinant())
                        : call.add("Div", cofactors.adjugate(), cofactors.determinant());
                return call.reshape(flat, sizes);
            }
            return call.sized(Elimination.inverse(call, matrix, rows), sizes);
        });
    }

    /**
     * Of matrices of at most three rows, each as a vector.
     *
     * @param adjugate the adjugates, [..., rows * rows]
     * @param determinant the determinants, [..., 1]
     */
    private record Cofactors(Value adjugate, Value determinant) {

        static Cofactors of(FunctionCall call, Value matrix, long rows) {
            List<SizeExpr> sizes = new ArrayList<>(call.sizes(matrix).subList(0, call.rank(matrix) - 2));
            int axis = sizes.size();
            sizes.add(SizeExpr.of(rows * rows));
            Value flat = call.reshape(matrix, sizes);
            if (rows == 1) {
                return new Cofactors(flat, flat);
            }
            Value adjugate = rows == 2 ? ofTwo(call, flat, axis) : ofThree(call, flat, axis);
            Value firstRow = call.slice(flat, axis, 0, rows);
            Value firstColumn = picked(
                    call,
                    adjugate,
                    axis,
                    LongStream.range(0, rows).map(i -> i * rows).toArray());
            return new Cofactors(
                    adjugate, call.add("ReduceSum", call.add("Mul", firstRow, firstColumn), call.vector(axis)));
        }

        private static Value ofTwo(FunctionCall call, Value flat, int axis) {
            Value signs = call.cast(call.constant(Tensor.vector(1f, -1f, -1f, 1f)), flat.dataType());
            return call.add("Mul", picked(call, flat, axis, 3, 1, 2, 0), signs);
        }

        /** The indices go round, so that no sign is needed. */
        private static Value ofThree(FunctionCall call, Value flat, int axis) {
            long[][] places = new long[4][9];
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    int at = 3 * row + column;
                    places[0][at] = place(column + 1, row + 1);
                    places[1][at] = place(column + 2, row + 2);
                    places[2][at] = place(column + 1, row + 2);
                    places[3][at] = place(column + 2, row + 1);
                }
            }
            Value down = call.add("Mul", picked(call, flat, axis, places[0]), picked(call, flat, axis, places[1]));
            Value up = call.add("Mul", picked(call, flat, axis, places[2]), picked(call, flat, axis, places[3]));
            return call.add("Sub", down, up);
        }

        private static long place(int row, int column) {
            return row % 3 * 3L + column % 3;
        }

        private static Value picked(FunctionCall call, Value flat, int axis, long... places) {
            return call.add("Gather", Attributes.of("axis", axis), flat, call.vector(places));
        }
    }

    /** Column after column, of the lower triangle. Source: LAPACK's potrf, as numpy.linalg.cholesky calls it. */
    private static Value cholesky(FunctionCall call) {
        Value a = call.value("a");
        long rows = rows(call, a, 2);
        Value numbers = call.constant(
                Tensor.of(Shape.of(rows, 1), LongStream.range(0, rows).toArray()));
        List<Value> columns = new ArrayList<>();
        for (long k = 0; k < rows; k++) {
            Value rest = call.slice(a, 1, k, k + 1);
            if (k > 0) {
                Value done = call.concat(1, columns);
                Value row = call.transpose(call.slice(done, 0, k, k + 1), 1, 0);
                rest = call.add("Sub", rest, call.add("MatMul", done, row));
            }
            Value diagonal = call.add("Sqrt", call.slice(rest, 0, k, k + 1));
            Value lower = call.add("GreaterOrEqual", numbers, call.scalar(k, DataType.INT64));
            columns.add(call.add("Where", lower, call.add("Div", rest, diagonal), call.scalarLike(0, a)));
        }
        return call.sized(call.concat(1, columns), call.sizes(a));
    }
}
