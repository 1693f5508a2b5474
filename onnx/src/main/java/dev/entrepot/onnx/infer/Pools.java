package dev.entrepot.onnx.infer;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Pools: [N, C, D1, ...] to [N, C, O1, ...]. */
final class Pools {

    private Pools() {}

    /** AveragePool, LpPool. */
    static void pool(Application node) {
        node.give(pooled(node));
    }

    /** MaxPool: the maxima and, if asked for, where they were. */
    static void maxPool(Application node) {
        Shape y = pooled(node);
        node.give(y);
        node.give(1, DataType.INT64, y);
    }

    /** GlobalAveragePool, GlobalMaxPool, GlobalLpPool: every spatial axis becomes 1. */
    static void global(Application node) {
        node.expectRankAtLeast(0, 2, "X");
        if (!node.ranked(0)) {
            node.give(Shape.UNRANKED);
            return;
        }
        Shape x = node.shape(0);
        node.give(spatial(x, Collections.nCopies(x.rank() - 2, Dim.of(1))));
    }

    /** MaxUnpool: the sizes that a pool would have made into those of X, unless the third input gives them. */
    static void maxUnpool(Application node) {
        node.expectRankAtLeast(0, 3, "X");
        if (!node.ranked(0)) {
            node.give(Shape.UNRANKED);
            return;
        }
        Shape x = node.shape(0);
        Sizes.same(x, node.shape(1), "shapes of X and I");
        if (node.has(2)) {
            node.give(node.contents(2)
                    .map(wanted -> Shape.of(
                            wanted.elements().stream().map(Element::toDim).toList()))
                    .orElse(Shape.ofRank(x.rank())));
            return;
        }
        Window window = Window.ofPool(node, x.rank() - 2);
        node.give(spatial(x, window.spread(x, new long[x.rank() - 2])));
    }

    /** MaxRoiPool: X [N, C, H, W] and rois [R, 5] to [R, C, pooled_shape]. */
    static void maxRoiPool(Application node) {
        node.expectRank(0, 4, "X");
        node.expectRank(1, 2, "rois");
        long[] pooled = node.perAxis("pooled_shape", 2, 0);
        Application.expectAtLeast(1, "pooled_shape", pooled);
        node.give(Shape.of(List.of(node.dim(1, 0), node.dim(0, 1), Dim.of(pooled[0]), Dim.of(pooled[1]))));
    }

    /** RoiAlign: X [N, C, H, W], rois [R, 4] and batch indices [R] to [R, C, output_height, output_width]. */
    static void roiAlign(Application node) {
        node.expectRank(0, 4, "X");
        node.expectRank(1, 2, "rois");
        node.expectRank(2, 1, "batch_indices");
        Dim regions = Sizes.same(node.dim(1, 0), node.dim(2, 0), "numbers of rois and batch_indices");
        long height = node.attributes().intOr("output_height", 1);
        long width = node.attributes().intOr("output_width", 1);
        Application.expectAtLeast(1, "output_height and output_width", height, width);
        node.give(Shape.of(List.of(regions, node.dim(0, 1), Dim.of(height), Dim.of(width))));
    }

    private static Shape pooled(Application node) {
        node.expectRankAtLeast(0, 3, "X");
        if (!node.ranked(0)) {
            return Shape.UNRANKED;
        }
        Shape x = node.shape(0);
        Window window = Window.ofPool(node, x.rank() - 2);
        if (window.padsItself() && window.dilates()) {
            // ONNX says ceil(size / stride); ONNX Runtime computes something smaller.
            return spatial(x, Collections.nCopies(x.rank() - 2, Dim.UNKNOWN));
        }
        boolean partial = node.attributes().intOr("ceil_mode", 0) == 1;
        return spatial(x, partial ? window.positionsWithPartial(x) : window.positions(x));
    }

    private static Shape spatial(Shape x, List<Dim> sizes) {
        List<Dim> dims = new ArrayList<>(x.dims().subList(0, 2));
        dims.addAll(sizes);
        return Shape.of(dims);
    }
}
