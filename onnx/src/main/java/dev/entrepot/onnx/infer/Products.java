package dev.entrepot.onnx.infer;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Matrix products. */
final class Products {

    private Products() {}

    /** MatMul: as numpy.matmul. */
    static void matMul(Application node) {
        node.give(product(node.shape(0), node.shape(1)));
    }

    /** MatMulInteger: the sums are int32. */
    static void matMulInteger(Application node) {
        node.give(DataType.INT32, product(node.shape(0), node.shape(1)));
    }

    /** QLinearMatMul: a, its scale and zero point, the same of b and of y. */
    static void qlinearMatMul(Application node) {
        node.give(node.type(7), product(node.shape(0), node.shape(3)));
    }

    /** Gemm: A [M, K] and B [K, N], each transposed if so asked, and C that broadcasts to [M, N]. */
    static void gemm(Application node) {
        node.expectRank(0, 2, "A");
        node.expectRank(1, 2, "B");
        int transA = node.attributes().intOr("transA", 0) != 0 ? 1 : 0;
        int transB = node.attributes().intOr("transB", 0) != 0 ? 1 : 0;
        Dim inner = node.dim(0, 1 - transA);
        Dim other = node.dim(1, transB);
        if (inner.isKnown() && other.isKnown() && !inner.equals(other)) {
            throw Application.invalid(
                    "inner size %s of A %s does not match %s of B %s", inner, node.shape(0), other, node.shape(1));
        }
        Shape y = Shape.of(List.of(node.dim(0, transA), node.dim(1, 1 - transB)));
        if (node.has(2)) {
            Sizes.expectBroadcastsTo(node.shape(2), y, "C");
        }
        node.give(y);
    }

    /** Det: of each matrix in the last two axes. */
    static void det(Application node) {
        node.expectRankAtLeast(0, 2, "X");
        if (!node.ranked(0)) {
            node.give(Shape.UNRANKED);
            return;
        }
        Shape x = node.shape(0);
        Sizes.same(x.dim(-1), x.dim(-2), "sides of the matrices of X");
        node.give(Shape.of(x.dims().subList(0, x.rank() - 2)));
    }

    private static Shape product(Shape a, Shape b) {
        if (!a.ranked() || !b.ranked()) {
            return Shape.UNRANKED;
        }
        if (a.rank() == 0 || b.rank() == 0) {
            throw Application.invalid("A has shape %s and B %s, expected at least one dimension each", a, b);
        }
        Dim inner = a.dim(-1);
        Dim other = b.rank() == 1 ? b.dim(0) : b.dim(-2);
        if (inner.isKnown() && other.isKnown() && !inner.equals(other)) {
            throw Application.invalid("inner size %s of A %s does not match %s of B %s", inner, a, other, b);
        }
        List<Dim> dims =
                new ArrayList<>(Sizes.broadcast(List.of(batch(a), batch(b))).dims());
        if (a.rank() > 1) {
            dims.add(a.dim(-2));
        }
        if (b.rank() > 1) {
            dims.add(b.dim(-1));
        }
        return Shape.of(dims);
    }

    private static Shape batch(Shape matrices) {
        return Shape.of(matrices.dims().subList(0, Math.max(0, matrices.rank() - 2)));
    }
}
