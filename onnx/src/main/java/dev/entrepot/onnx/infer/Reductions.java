package dev.entrepot.onnx.infer;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/** Operators that reduce axes to one element. */
final class Reductions {

    private Reductions() {}

    /** ReduceMean, ReduceL2, ...: the axes are an attribute or, from 13 or 18 on, an input. */
    static void reduce(Application node) {
        boolean keep = node.attributes().intOr("keepdims", 1) == 1;
        if (!node.ranked(0)) {
            node.give(Shape.UNRANKED);
            return;
        }
        Shape x = node.shape(0);
        Optional<List<Integer>> axes = axes(node, x.rank());
        if (axes.isPresent()) {
            node.give(without(x, axes.get(), keep));
        } else {
            node.give(keep ? Shape.ofRank(x.rank()) : Shape.UNRANKED);
        }
    }

    /** ReduceSum, ReduceProd, ReduceMax, ReduceMin: as {@link #reduce}, and followed for small vectors. */
    static Rules.Rule followed(BinaryOperator<Element> function) {
        return node -> {
            reduce(node);
            boolean all = node.ranked(0)
                    && node.shape(0).rank() == 1
                    && axes(node, 1).filter(axes -> axes.size() == 1).isPresent();
            if (all) {
                Shape shape = node.attributes().intOr("keepdims", 1) == 1 ? Shape.of(1) : Shape.SCALAR;
                node.contents(0)
                        .flatMap(vector -> vector.elements().stream().reduce(function))
                        .ifPresent(one -> node.learn(new Contents(shape, List.of(one))));
            }
        };
    }

    /** ArgMax, ArgMin: int64 indices along one axis. */
    static void arg(Application node) {
        if (!node.ranked(0)) {
            node.give(DataType.INT64, Shape.UNRANKED);
            return;
        }
        Shape x = node.shape(0);
        int axis = Application.axis(node.attributes().intOr("axis", 0), x.rank());
        node.give(DataType.INT64, without(x, List.of(axis), node.attributes().intOr("keepdims", 1) == 1));
    }

    private static Optional<List<Integer>> axes(Application node, int rank) {
        boolean given = node.has(1) || node.attributes().ints("axes").isPresent();
        if (!given) {
            boolean none = node.attributes().intOr("noop_with_empty_axes", 0) == 1;
            return Optional.of(none ? List.of() : all(rank));
        }
        boolean noneIsNone = node.attributes().intOr("noop_with_empty_axes", 0) == 1;
        return node.ints("axes", 1)
                .map(axes -> axes.length == 0 && !noneIsNone ? all(rank) : Application.axes(axes, rank));
    }

    private static List<Integer> all(int rank) {
        return IntStream.range(0, rank).boxed().toList();
    }

    private static Shape without(Shape x, List<Integer> axes, boolean keep) {
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            if (!axes.contains(axis)) {
                dims.add(x.dim(axis));
            } else if (keep) {
                dims.add(Dim.of(1));
            }
        }
        return Shape.of(dims);
    }
}
