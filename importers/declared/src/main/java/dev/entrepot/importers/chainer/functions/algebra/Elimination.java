package dev.entrepot.importers.chainer.functions.algebra;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.functions.arrays.Broadcasting;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.List;
import java.util.stream.LongStream;

/** Gauss's elimination, a few nodes a row. The pivot of a column is its largest element, as in LAPACK's getrf. */
final class Elimination {

    private Elimination() {}

    /**
     * What is known of a column before it is eliminated.
     *
     * @param chosen which row has the pivot, [..., rows, 1]
     * @param place the number of that row, [..., 1, 1]
     * @param row that row, [..., 1, columns]
     * @param pivot its element, [..., 1, 1]
     */
    private record Pivot(Value chosen, Value place, Value row, Value pivot) {}

    private static Pivot pivot(FunctionCall call, Value matrix, long rows, long k) {
        int axis = call.rank(matrix) - 2;
        Value column = call.slice(call.slice(matrix, axis + 1, k, k + 1), axis, k, rows);
        Value largest = call.add("ArgMax", Attributes.of("axis", axis), call.add("Abs", column));
        Value place = k == 0 ? largest : call.add("Add", largest, call.scalar(k, DataType.INT64));
        Value chosen = call.add("Equal", place, numbers(call, rows));
        Value row =
                call.add("ReduceSum", call.add("Where", chosen, matrix, call.scalarLike(0, matrix)), call.vector(axis));
        return new Pivot(chosen, place, row, call.slice(row, axis + 1, k, k + 1));
    }

    private static Value numbers(FunctionCall call, long rows) {
        return call.constant(
                Tensor.of(Shape.of(rows, 1), LongStream.range(0, rows).toArray()));
    }

    /** The determinants of matrices [..., rows, rows]. */
    static Value determinant(FunctionCall call, Value matrix, long rows) {
        int axis = call.rank(matrix) - 2;
        Value left = matrix;
        Value product = Value.NONE;
        for (long size = rows; size > 1; size--) {
            Pivot pivot = pivot(call, left, size, 0);
            Value straight = call.add("Equal", pivot.place, call.scalar(0, DataType.INT64));
            Value sign = call.add("Where", straight, call.scalarLike(1, matrix), call.scalarLike(-1, matrix));
            Value factor = call.add("Mul", pivot.pivot, sign);
            product = product.equals(Value.NONE) ? factor : call.add("Mul", product, factor);
            Value swapped = call.add("Where", pivot.chosen, call.slice(left, axis, 0, 1), left);
            Value below = call.slice(swapped, axis, 1, size);
            Value factors = call.add("Div", call.slice(below, axis + 1, 0, 1), pivot.pivot);
            Value removed = call.add("Mul", factors, call.slice(pivot.row, axis + 1, 1, size));
            left = call.add("Sub", call.slice(below, axis + 1, 1, size), removed);
        }
        return call.squeeze(call.add("Mul", product, left), axis, axis + 1L);
    }

    /** The inverses of matrices [..., rows, rows]. */
    static Value inverse(FunctionCall call, Value matrix, long rows) {
        int axis = call.rank(matrix) - 2;
        float[] diagonal = new float[Math.toIntExact(rows * rows)];
        for (int i = 0; i < rows; i++) {
            diagonal[(int) (i * rows + i)] = 1;
        }
        Value identity = call.cast(call.constant(Tensor.of(Shape.of(rows, rows), diagonal)), matrix.dataType());
        Value both = call.concat(axis + 1, List.of(matrix, Broadcasting.expanded(call, identity, call.sizes(matrix))));
        for (long k = 0; k < rows; k++) {
            Pivot pivot = pivot(call, both, rows, k);
            Value row = call.add("Div", pivot.row, pivot.pivot);
            Value swapped = call.add("Where", pivot.chosen, call.slice(both, axis, k, k + 1), both);
            Value removed = call.add("Mul", call.slice(swapped, axis + 1, k, k + 1), row);
            Value here = call.add("Equal", numbers(call, rows), call.scalar(k, DataType.INT64));
            both = call.add("Where", here, row, call.add("Sub", swapped, removed));
        }
        return call.slice(both, axis + 1, rows, 2 * rows);
    }
}
