package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Products, inverses, determinants and transforms. Source: chainer/functions/math. */
final class MatricesTellings {

    static final List<Telling> ALL = List.of(
            new Telling("batch_det", dice -> det(dice, true)),
            new Telling("batch_inv", dice -> inv(dice, true)),
            new Telling("batch_matmul", MatricesTellings::batchMatMul),
            new Telling("cholesky", MatricesTellings::cholesky),
            new Telling("det", dice -> det(dice, false)),
            new Telling("einsum", MatricesTellings::einsum),
            new Telling("fft", dice -> transform(dice, false)),
            new Telling("ifft", dice -> transform(dice, true)),
            new Telling("inv", dice -> inv(dice, false)),
            new Telling("matmul", MatricesTellings::matMul),
            new Telling("tensordot", MatricesTellings::tensorDot));

    private MatricesTellings() {}

    private static NdArray swapped(NdArray x) {
        if (x.rank() < 2) {
            return x;
        }
        int last = x.rank() - 1;
        int[] shape = x.shape().clone();
        shape[last] = x.size(last - 1);
        shape[last - 1] = x.size(last);
        return NdArray.of(shape, i -> {
            int[] from = i.clone();
            from[last] = i[last - 1];
            from[last - 1] = i[last];
            return x.at(from);
        });
    }

    /** As numpy.matmul: a vector on the left is a row, on the right a column, and its axis goes again. */
    private static NdArray product(NdArray left, NdArray right) {
        NdArray a = left.rank() == 1 ? left.reshaped(1, left.size(0)) : left;
        NdArray b = right.rank() == 1 ? right.reshaped(right.size(0), 1) : right;
        int rank = Math.max(a.rank(), b.rank());
        int[] shape = new int[rank];
        for (int axis = 0; axis < rank - 2; axis++) {
            int inA = axis - rank + a.rank();
            int inB = axis - rank + b.rank();
            shape[axis] = Math.max(inA >= 0 ? a.size(inA) : 1, inB >= 0 ? b.size(inB) : 1);
        }
        shape[rank - 2] = a.size(-2);
        shape[rank - 1] = b.size(-1);
        NdArray whole = NdArray.of(shape, i -> {
            double sum = 0;
            for (int k = 0; k < a.size(-1); k++) {
                int[] inA = i.clone();
                int[] inB = i.clone();
                inA[rank - 1] = k;
                inB[rank - 2] = k;
                sum += a.at(own(a, inA)) * b.at(own(b, inB));
            }
            return sum;
        });
        List<Integer> kept = new ArrayList<>();
        IntStream.range(0, rank - 2).forEach(axis -> kept.add(shape[axis]));
        if (left.rank() > 1) {
            kept.add(shape[rank - 2]);
        }
        if (right.rank() > 1) {
            kept.add(shape[rank - 1]);
        }
        return whole.reshaped(kept.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The index of an array whose batch axes may be fewer, or of size 1; its last two axes are never stretched. */
    private static int[] own(NdArray x, int[] index) {
        int[] at = Arrays.copyOfRange(index, index.length - x.rank(), index.length);
        for (int axis = 0; axis < at.length - 2; axis++) {
            at[axis] = x.size(axis) == 1 ? 0 : at[axis];
        }
        return at;
    }

    /** Source: matmul.py, _matmul. */
    private static Call matMul(Dice dice) {
        int inner = dice.between(1, 4);
        boolean transA = dice.chance(40);
        boolean transB = dice.chance(40);
        int[] batch = dice.sizes(dice.between(0, 2), 1, 3);
        NdArray a = operand(dice, batch, dice.between(1, 4), inner, transA);
        NdArray b = operand(dice, batch, inner, dice.between(1, 4), transB);
        if (dice.chance(20)) {
            a = dice.normal(inner);
        }
        if (dice.chance(20)) {
            b = dice.normal(inner);
        }
        NdArray expected = product(transA ? swapped(a) : a, transB ? swapped(b) : b);
        Call call = Call.of(a, b);
        return (transA || transB || dice.chance(50)
                        ? call.with("transa", transA).with("transb", transB)
                        : call)
                .gives(expected);
    }

    private static NdArray operand(Dice dice, int[] batch, int rows, int columns, boolean transposed) {
        int[] own = IntStream.of(batch)
                .skip(dice.between(0, batch.length))
                .map(size -> dice.chance(25) ? 1 : size)
                .toArray();
        int[] shape = Arrays.copyOf(own, own.length + 2);
        shape[own.length] = transposed ? columns : rows;
        shape[own.length + 1] = transposed ? rows : columns;
        return dice.normal(shape);
    }

    /** Source: matmul.py, _batch_matmul. */
    private static Call batchMatMul(Dice dice) {
        int batch = dice.between(1, 3);
        int inner = dice.between(1, 4);
        boolean transA = dice.chance(40);
        boolean transB = dice.chance(40);
        int rows = dice.between(1, 4);
        int columns = dice.between(1, 4);
        NdArray a = transA ? dice.normal(batch, inner, rows) : dice.normal(batch, rows, inner);
        NdArray b = transB ? dice.normal(batch, columns, inner) : dice.normal(batch, inner, columns);
        if (!transB && dice.chance(30)) {
            b = dice.normal(batch, inner);
        }
        if (transA && dice.chance(30)) {
            a = dice.normal(batch, inner);
        }
        NdArray left = a.rank() == 2 ? a.reshaped(batch, inner, 1) : a;
        NdArray right = b.rank() == 2 ? b.reshaped(batch, inner, 1) : b;
        return Call.of(a, b, transA, transB)
                .gives(product(transA ? swapped(left) : left, transB ? swapped(right) : right));
    }

    /** Source: einsum.py. Every letter stands for one size. */
    private static Call einsum(Dice dice) {
        String letters = "ijkLm";
        int[] sizes = dice.sizes(letters.length(), 1, 4);
        int count = dice.between(1, 3);
        boolean dots = dice.chance(30);
        int between = dice.between(1, 3);
        List<String> terms = new ArrayList<>();
        List<Object> arguments = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            int rank = dice.between(1, 3);
            String term = IntStream.of(Arrays.copyOf(dice.permutation(letters.length()), rank))
                    .mapToObj(i -> letters.substring(i, i + 1))
                    .collect(Collectors.joining());
            terms.add(dots ? "." + term : term);
            int[] own = term.chars().map(c -> sizes[letters.indexOf(c)]).toArray();
            int[] shape = dots
                    ? IntStream.concat(IntStream.of(between), IntStream.of(own)).toArray()
                    : own;
            arguments.add(dice.normal(shape));
        }
        String all = String.join("", terms).replace(".", "");
        boolean implicit = dice.chance(40);
        String output = all.chars()
                .mapToObj(c -> String.valueOf((char) c))
                .distinct()
                .filter(c -> implicit ? all.indexOf(c) == all.lastIndexOf(c) : dice.chance(60))
                .sorted()
                .collect(Collectors.joining());
        String told = String.join(",", terms) + (implicit ? "" : "->" + (dots ? "." : "") + output);
        List<NdArray> arrays = arguments.stream().map(NdArray.class::cast).toList();
        NdArray expected = summed(letters, sizes, terms, arrays, (dots ? "." : "") + output, between);
        arguments.add(0, told.replace(".", "..."));
        return Call.of(arguments.toArray()).gives(expected);
    }

    private static NdArray summed(
            String letters, int[] sizes, List<String> terms, List<NdArray> arrays, String output, int between) {
        String names = "." + letters;
        int[] all = IntStream.concat(IntStream.of(between), IntStream.of(sizes)).toArray();
        NdArray result =
                NdArray.of(output.chars().map(c -> all[names.indexOf(c)]).toArray(), i -> 0);
        String used = String.join("", terms);
        int[] range = IntStream.range(0, all.length)
                .map(i -> used.indexOf(names.charAt(i)) >= 0 ? all[i] : 1)
                .toArray();
        NdArray.of(range, i -> {
            double product = 1;
            for (int k = 0; k < arrays.size(); k++) {
                product *= arrays.get(k)
                        .at(terms.get(k).chars().map(c -> i[names.indexOf(c)]).toArray());
            }
            int[] at = output.chars().map(c -> i[names.indexOf(c)]).toArray();
            result.set(result.at(at) + product, at);
            return 0;
        });
        return result;
    }

    /** Source: tensordot.py. */
    private static Call tensorDot(Dice dice) {
        int summed = dice.between(0, 2);
        int[] inner = dice.sizes(summed, 1, 4);
        int[] rows = dice.sizes(dice.between(0, 2), 1, 3);
        int[] columns = dice.sizes(dice.between(0, 2), 1, 3);
        NdArray a = dice.normal(
                IntStream.concat(IntStream.of(rows), IntStream.of(inner)).toArray());
        NdArray b = dice.normal(
                IntStream.concat(IntStream.of(inner), IntStream.of(columns)).toArray());
        int[] shape =
                IntStream.concat(IntStream.of(rows), IntStream.of(columns)).toArray();
        NdArray expected = NdArray.of(shape, i -> {
            double[] sum = {0};
            NdArray.of(inner, k -> {
                int[] inA = IntStream.concat(Arrays.stream(i, 0, rows.length), IntStream.of(k))
                        .toArray();
                int[] inB = IntStream.concat(IntStream.of(k), Arrays.stream(i, rows.length, i.length))
                        .toArray();
                sum[0] += a.at(inA) * b.at(inB);
                return 0;
            });
            return sum[0];
        });
        List<int[]> pair = List.of(
                IntStream.range(0, summed).map(k -> rows.length + k).toArray(),
                IntStream.range(0, summed)
                        .map(k -> dice.chance(30) ? k - b.rank() : k)
                        .toArray());
        return (dice.chance(50) || summed == 0 ? Call.of(a, b, summed) : Call.of(a, b, pair)).gives(expected);
    }

    /** A matrix far from singular. */
    private static NdArray regular(Dice dice, int... shape) {
        NdArray noise = dice.normal(shape);
        return NdArray.of(shape, i ->
                (float) (noise.at(i) + (i[i.length - 1] == i[i.length - 2] ? 3 * shape.length : 0)));
    }

    private static NdArray matrices(Dice dice, boolean batch) {
        int rows = dice.chance(30) ? dice.between(4, 7) : dice.between(1, 4);
        NdArray x = batch ? regular(dice, dice.between(1, 3), rows, rows) : regular(dice, rows, rows);
        // Rows in another order ask for pivots.
        int[] order = dice.permutation(rows);
        NdArray mixed = NdArray.of(x.shape(), i -> {
            int[] from = i.clone();
            from[i.length - 2] = order[i[i.length - 2]];
            return x.at(from);
        });
        return dice.chance(15) ? mixed.as(DataType.DOUBLE) : mixed;
    }

    /** By Leibniz's formula, a sum over all permutations. */
    private static double determinant(double[][] m) {
        int n = m.length;
        if (n == 1) {
            return m[0][0];
        }
        double sum = 0;
        for (int column = 0; column < n; column++) {
            sum += (column % 2 == 0 ? 1 : -1) * m[0][column] * determinant(without(m, 0, column));
        }
        return sum;
    }

    private static double[][] without(double[][] m, int row, int column) {
        int n = m.length;
        double[][] smaller = new double[n - 1][n - 1];
        for (int i = 0; i < n - 1; i++) {
            for (int j = 0; j < n - 1; j++) {
                smaller[i][j] = m[i < row ? i : i + 1][j < column ? j : j + 1];
            }
        }
        return smaller;
    }

    private static double[][] matrix(NdArray x, int batch) {
        int n = x.size(-1);
        double[][] m = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                m[i][j] = x.data()[(batch * n + i) * n + j];
            }
        }
        return m;
    }

    /** Source: det.py. */
    private static Call det(Dice dice, boolean batch) {
        NdArray x = matrices(dice, batch);
        int[] shape = batch ? new int[] {x.size(0)} : new int[0];
        return Call.of(x).gives(NdArray.of(x.type(), shape, i -> determinant(matrix(x, batch ? i[0] : 0))));
    }

    /** By Cramer's rule. Source: inv.py. */
    private static Call inv(Dice dice, boolean batch) {
        NdArray x = matrices(dice, batch);
        return Call.of(x).gives(NdArray.of(x.type(), x.shape(), i -> {
            double[][] m = matrix(x, batch ? i[0] : 0);
            int row = i[i.length - 2];
            int column = i[i.length - 1];
            double minor = m.length == 1 ? 1 : determinant(without(m, column, row));
            return ((row + column) % 2 == 0 ? minor : -minor) / determinant(m);
        }));
    }

    /** The product of a lower triangle and its transpose gives the triangle again, if its diagonal is positive. Source: cholesky.py. */
    private static Call cholesky(Dice dice) {
        int n = dice.between(1, 6);
        NdArray lower = NdArray.of(
                new int[] {n, n}, i -> i[0] == i[1] ? dice.uniform(1, 2) : i[0] > i[1] ? dice.uniform(-0.5, 0.5) : 0);
        return Call.of(product(lower, swapped(lower))).gives(lower);
    }

    /** By the definition. Source: fft.py, numpy.fft. */
    private static Call transform(Dice dice, boolean inverse) {
        int[] shape = dice.sizes(dice.between(1, 3), 1, 9);
        NdArray real = dice.normal(shape);
        NdArray imaginary = dice.normal(shape);
        int n = shape[shape.length - 1];
        NdArray[] parts = new NdArray[2];
        for (int part = 0; part < 2; part++) {
            boolean wantsReal = part == 0;
            parts[part] = NdArray.of(shape, i -> {
                double sum = 0;
                for (int k = 0; k < n; k++) {
                    int[] at = i.clone();
                    at[at.length - 1] = k;
                    double angle = (inverse ? 2 : -2) * Math.PI * k * i[i.length - 1] / n;
                    sum += wantsReal
                            ? real.at(at) * Math.cos(angle) - imaginary.at(at) * Math.sin(angle)
                            : real.at(at) * Math.sin(angle) + imaginary.at(at) * Math.cos(angle);
                }
                return inverse ? sum / n : sum;
            });
        }
        return Call.of(List.of(real, imaginary)).gives(parts);
    }
}
