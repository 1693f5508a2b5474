package dev.entrepot.importers.torch.operators.products;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.torch.aten.Amounts;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.ComputeTypes;
import dev.entrepot.importers.torch.operators.reductions.Norms;
import dev.entrepot.importers.torch.operators.reductions.Reductions;
import dev.entrepot.importers.torch.operators.reductions.Reductions.Kept;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.Map;
import java.util.stream.LongStream;

/** Distances and angles between vectors. Source: aten/src/ATen/native/Distance.cpp. */
public final class Distances {

    /** From so many rows on PyTorch computes Euclidean distances by a product of matrices. */
    private static final long MANY_ROWS = 25;

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::_cdist_forward", Distances::cdist),
            one("aten::_euclidean_dist", call -> byProduct(call, call.value("x1"), call.value("x2"))),
            one("aten::_pdist_forward", Distances::pdist),
            one("aten::cdist", Distances::cdist),
            one("aten::cosine_similarity", Distances::cosineSimilarity),
            one("aten::dist", Distances::dist),
            one("aten::pairwise_distance", Distances::pairwiseDistance),
            one("aten::pdist", Distances::pdist));
    // spotless:on

    private Distances() {}

    private static Value dist(AtenCall call) {
        DataType type = call.promoted("self", "other");
        Value difference =
                ComputeTypes.computed(call, "Sub", type, call.value("self", type), call.value("other", type));
        return Norms.norm(call, difference, call.real("p"), call.axes(difference, ""), Kept.DROPPED);
    }

    /** [..., P, M] and [..., R, M] -> [..., P, R]. */
    private static Value cdist(AtenCall call) {
        Value x1 = call.value("x1");
        Value x2 = call.value("x2");
        double order = call.real("p");
        long mode = call.integerOr("compute_mode", 0);
        boolean many = isMany(call, x1) || isMany(call, x2);
        if (order == 2 && (mode == 1 || mode == 0 && many)) {
            return byProduct(call, x1, x2);
        }
        Value difference =
                ComputeTypes.computed(call, "Sub", x1.dataType(), call.unsqueeze(x1, -2), call.unsqueeze(x2, -3));
        return Norms.norm(call, difference, order, new long[] {call.rank(difference) - 1L}, Kept.DROPPED);
    }

    private static boolean isMany(AtenCall call, Value rows) {
        return call.size(rows, call.rank(rows) - 2).number().orElse(Long.MAX_VALUE) > MANY_ROWS;
    }

    /** {@code sqrt(x1^2 - 2 x1 x2 + x2^2)}. */
    private static Value byProduct(AtenCall call, Value x1, Value x2) {
        DataType type = x1.dataType();
        DataType in = ComputeTypes.arithmetic(type);
        Value a = call.cast(x1, in);
        Value b = call.cast(x2, in);
        Value ofRows = call.add("ReduceSumSquare", a, call.vector(-1));
        Value ofColumns = call.add("ReduceSumSquare", b, call.vector(-1));
        Value product = call.add("MatMul", a, swapped(call, b));
        Value mixed = call.add("Mul", product, call.scalar(-2, in));
        Value sum = call.add("Add", call.add("Add", mixed, ofRows), swapped(call, ofColumns));
        return call.cast(call.add("Sqrt", call.add("Max", sum, call.scalar(0, in))), type);
    }

    private static Value swapped(AtenCall call, Value value) {
        int rank = call.rank(value);
        long[] order = LongStream.range(0, rank).toArray();
        order[rank - 2] = rank - 1L;
        order[rank - 1] = rank - 2L;
        return call.transpose(value, order);
    }

    /** [N, M] -> the distances of row 0 to all later ones, then of row 1, ... */
    private static Value pdist(AtenCall call) {
        Value self = call.value("self");
        long rows = call.knownSize(self, 0);
        long[] first = new long[Amounts.product(call, rows, Math.max(0, rows - 1)) / 2];
        long[] second = new long[first.length];
        int next = 0;
        for (long i = 0; i < rows; i++) {
            for (long j = i + 1; j < rows; j++) {
                first[next] = i;
                second[next++] = j;
            }
        }
        Attributes rowwise = Attributes.of("axis", 0);
        Value difference = ComputeTypes.computed(
                call,
                "Sub",
                self.dataType(),
                call.add("Gather", rowwise, self, call.vector(first)),
                call.add("Gather", rowwise, self, call.vector(second)));
        return Norms.norm(call, difference, call.real("p"), new long[] {1}, Kept.DROPPED);
    }

    private static Value pairwiseDistance(AtenCall call) {
        DataType type = call.promoted("x1", "x2");
        Value difference = ComputeTypes.computed(call, "Sub", type, call.value("x1", type), call.value("x2", type));
        Value moved = ComputeTypes.computed(call, "Add", type, difference, call.scalar(call.real("eps"), type));
        long[] last = {call.axis(moved, -1)};
        return Norms.norm(call, moved, call.real("p"), last, Reductions.kept(call));
    }

    /** The product of both vectors, each divided by its length or eps, whichever is larger. */
    private static Value cosineSimilarity(AtenCall call) {
        DataType type = call.promoted("x1", "x2");
        Value x1 = call.value("x1", type);
        Value x2 = call.value("x2", type);
        if (!call.sizes(x1).equals(call.sizes(x2))) {
            x1 = call.add("Expand", x1, call.add("Shape", x2));
            x2 = call.add("Expand", x2, call.add("Shape", x1));
        }
        int axis = call.axis(x1, call.integer("dim"));
        Value product = ComputeTypes.computed(call, "Mul", type, unit(call, x1, axis), unit(call, x2, axis));
        return Reductions.reduced(call, "ReduceSum", product, new long[] {axis}, Kept.DROPPED);
    }

    private static Value unit(AtenCall call, Value value, int axis) {
        DataType type = value.dataType();
        Value length = Norms.norm(call, value, 2, new long[] {axis}, Kept.KEPT);
        Value bounded = ComputeTypes.computed(call, "Max", type, length, call.scalar(call.real("eps"), type));
        return ComputeTypes.computed(call, "Div", type, value, bounded);
    }
}
