package dev.entrepot.onnx.infer;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Operators that pick elements, or say which ones. */
final class Selection {

    private Selection() {}

    /** Gather: the slices along one axis that the indices name. */
    static void gather(Application node) {
        if (!node.ranked(0) || !node.ranked(1)) {
            node.give(Shape.UNRANKED);
            return;
        }
        Shape data = node.shape(0);
        int axis = Application.axis(node.attributes().intOr("axis", 0), data.rank());
        List<Dim> dims = new ArrayList<>(data.dims().subList(0, axis));
        dims.addAll(node.shape(1).dims());
        dims.addAll(data.dims().subList(axis + 1, data.rank()));
        Shape y = Shape.of(dims);
        node.give(y);
        Optional<long[]> indices = node.longs(1);
        if (indices.isPresent() && data.dim(axis).isKnown()) {
            List<Integer> places = places(indices.get(), data.dim(axis).size());
            node.contents(0)
                    .filter(elements -> Contents.fits(y))
                    .ifPresent(
                            elements -> node.learn(elements.taken(axis, places).reshaped(y)));
        }
    }

    private static List<Integer> places(long[] indices, long size) {
        for (long index : indices) {
            if (index < -size || index >= size) {
                throw Application.invalid("index %s is outside of an axis of size %s", index, size);
            }
        }
        return Arrays.stream(indices)
                .mapToObj(index -> (int) (index < 0 ? index + size : index))
                .toList();
    }

    /** GatherElements: of the indices' shape. */
    static void gatherElements(Application node) {
        expectAxis(node);
        node.give(node.shape(1));
    }

    /** GatherND: the last axis of the indices [B..., I..., K] names K axes of the data after the batch axes. */
    static void gatherNd(Application node) {
        long batch = node.attributes().intOr("batch_dims", 0);
        if (!node.ranked(0)
                || !node.ranked(1)
                || node.shape(1).rank() == 0
                || !node.shape(1).dim(-1).isKnown()) {
            node.give(Shape.UNRANKED);
            return;
        }
        Shape data = node.shape(0);
        Shape indices = node.shape(1);
        long named = Math.addExact(batch, indices.dim(-1).size());
        if (batch < 0 || batch >= indices.rank() || named > data.rank()) {
            throw Application.invalid(
                    "indices %s with batch_dims %s name more axes than data %s has", indices, batch, data);
        }
        List<Dim> dims = new ArrayList<>(indices.dims().subList(0, indices.rank() - 1));
        dims.addAll(data.dims().subList((int) named, data.rank()));
        node.give(Shape.of(dims));
    }

    /** ScatterElements, Scatter: like the data; updates are of the indices' shape. */
    static void scatterElements(Application node) {
        expectAxis(node);
        Sizes.same(node.shape(1), node.shape(2), "shapes of indices and updates");
        node.give(node.shape(0));
    }

    /** ScatterND: like the data. */
    static void scatterNd(Application node) {
        if (node.ranked(0) && node.ranked(1) && node.shape(1).rank() > 0) {
            Dim named = node.shape(1).dim(-1);
            if (named.isKnown() && named.size() > node.shape(0).rank()) {
                throw Application.invalid("indices %s name more axes than data %s has", node.shape(1), node.shape(0));
            }
        }
        node.give(node.shape(0));
    }

    /** Compress: the slices, or elements, where the condition holds. */
    static void compress(Application node) {
        Dim chosen = node.longs(1)
                .map(conditions -> Dim.of(
                        Arrays.stream(conditions).filter(test -> test != 0).count()))
                .orElse(Dim.UNKNOWN);
        if (node.attributes().get("axis").isEmpty()) {
            node.give(Shape.of(List.of(chosen)));
        } else {
            expectAxis(node);
            node.give(
                    node.ranked(0)
                            ? node.shape(0).with((int) node.attributes().intOr("axis", 0), chosen)
                            : Shape.UNRANKED);
        }
    }

    /** NonZero: [rank, how many]. */
    static void nonZero(Application node) {
        Dim rank = node.ranked(0) ? Dim.of(node.shape(0).rank()) : Dim.UNKNOWN;
        node.give(DataType.INT64, Shape.of(List.of(rank, Dim.UNKNOWN)));
    }

    /** TopK: the k largest or smallest and where they were; k is an attribute in opset 1. */
    static void topK(Application node) {
        Element k = node.attributes().get("k").isPresent()
                ? Element.of(node.attributes().intOr("k", 1))
                : node.element(1).orElse(Element.UNKNOWN);
        Shape y = Shape.UNRANKED;
        if (node.ranked(0)) {
            Shape x = node.shape(0);
            int axis = Application.axis(node.attributes().intOr("axis", -1), x.rank());
            boolean tooMany = k instanceof Element.Whole whole
                    && (whole.value() < 0
                            || x.dim(axis).isKnown()
                                    && whole.value() > x.dim(axis).size());
            if (tooMany) {
                throw Application.invalid(
                        "k is %s, and axis %s of %s has size %s", ((Element.Whole) k).value(), axis, x, x.dim(axis));
            }
            y = x.with(axis, k.toDim());
        }
        node.give(y);
        node.give(1, DataType.INT64, y);
    }

    /** NonMaxSuppression: boxes [B, S, 4] and scores [B, C, S] to [how many, 3]. */
    static void nonMaxSuppression(Application node) {
        node.expectRank(0, 3, "boxes");
        node.expectRank(1, 3, "scores");
        Sizes.same(node.dim(0, 1), node.dim(1, 2), "numbers of boxes and scores");
        Sizes.same(node.dim(0, 2), Dim.of(4), "the last size of boxes and 4");
        node.give(DataType.INT64, Shape.of(List.of(Dim.UNKNOWN, Dim.of(3))));
    }

    /** Unique: the unique elements or slices, where each was first, which one each is, and how often it was. */
    static void unique(Application node) {
        boolean flat = node.attributes().get("axis").isEmpty();
        Shape x = node.shape(0);
        Dim all;
        if (flat) {
            node.give(Shape.ofRank(1));
            all = x.ranked() ? Sizes.product(x.dims()) : Dim.UNKNOWN;
        } else {
            expectAxis(node);
            int axis = (int) node.attributes().intOr("axis", 0);
            node.give(x.ranked() ? x.with(axis, Dim.UNKNOWN) : x);
            all = x.ranked() ? x.dim(axis) : Dim.UNKNOWN;
        }
        node.give(1, DataType.INT64, Shape.ofRank(1));
        node.give(2, DataType.INT64, Shape.of(List.of(all)));
        node.give(3, DataType.INT64, Shape.ofRank(1));
    }

    /** ReverseSequence: like the input. */
    static void reverseSequence(Application node) {
        node.expectRankAtLeast(0, 2, "input");
        node.expectRank(1, 1, "sequence_lens");
        node.give(node.shape(0));
    }

    /** Trilu: like the input, of at least two dimensions. */
    static void trilu(Application node) {
        node.expectRankAtLeast(0, 2, "input");
        node.give(node.shape(0));
    }

    private static void expectAxis(Application node) {
        if (node.ranked(0)) {
            Application.axis(node.attributes().intOr("axis", 0), node.shape(0).rank());
        }
    }
}
