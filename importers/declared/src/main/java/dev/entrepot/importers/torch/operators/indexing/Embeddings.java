package dev.entrepot.importers.torch.operators.indexing;

import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows of a table [V, D]. Source: aten/src/ATen/native/Embedding.cpp, EmbeddingBag.cpp. */
public final class Embeddings {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            many("aten::_embedding_bag", Embeddings::embeddingBag),
            many("aten::_embedding_bag_forward_only", Embeddings::embeddingBag),
            one("aten::embedding", Embeddings::embedding),
            many("aten::embedding_bag", Embeddings::embeddingBag),
            one("aten::embedding_renorm", Embeddings::embeddingRenorm));
    // spotless:on

    private static final int MEAN = 1;
    private static final int MAXIMUM = 2;

    private Embeddings() {}

    /** indices [...] -> [..., D]. */
    private static Value embedding(AtenCall call) {
        Value weight = call.value("weight");
        Value indices = call.value("indices");
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(indices));
        sizes.add(call.size(weight, 1));
        return call.sized(call.add("Gather", weight, indices), sizes);
    }

    /**
     * Sums, means or maxima of bags of rows: indices [n], and for each bag where it begins in them; an empty bag gives zeros. The other
     * results serve the backward pass, they are empty.
     */
    private static List<Value> embeddingBag(AtenCall call) {
        Value bags = reduced(call);
        Value empty = call.add("Expand", call.scalar(0, DataType.INT64), call.vector(0));
        return List.of(bags, empty, empty, empty);
    }

    private static Value reduced(AtenCall call) {
        Value indices = call.value("indices");
        if (call.rank(indices) != 1) {
            throw call.malformed("indices have shape " + indices.shape() + ", expected one axis and offsets");
        }
        Value weight = call.value("weight");
        DataType type = weight.dataType();
        DataType computed = type == DataType.BFLOAT16 ? DataType.FLOAT : type;
        Value rows = call.cast(call.add("Gather", weight, indices), computed);
        if (!call.isNone("per_sample_weights")) {
            rows = call.add("Mul", rows, call.unsqueeze(call.value("per_sample_weights", computed), 1));
        }
        Value member = members(call, indices);
        long mode = call.integer("mode");
        Value bags = mode == MAXIMUM
                ? maximum(call, rows, member)
                : sum(call, rows, call.cast(member, computed), mode == MEAN);
        return call.sized(call.cast(bags, type), List.of(bagCount(call), call.size(weight, 1)));
    }

    private static SizeExpr bagCount(AtenCall call) {
        SizeExpr offsets = call.size(call.value("offsets"), 0);
        return call.bool("include_last_offset") ? offsets.minus(SizeExpr.ONE) : offsets;
    }

    /** [bags, n]: whether an index belongs to a bag. */
    private static Value members(AtenCall call, Value indices) {
        Value offsets = call.value("offsets", DataType.INT64);
        SizeExpr count = call.size(indices, 0);
        SizeExpr bags = bagCount(call);
        Value zero = call.scalar(0, DataType.INT64);
        Value places = call.add("Range", zero, call.graph().scalar(count), call.scalar(1, DataType.INT64));
        Value bounds = call.bool("include_last_offset")
                ? offsets
                : call.add("Concat", Attributes.of("axis", 0), offsets, call.vector(List.of(count)));
        Value axis = call.vector(0);
        Value starts = call.add("Slice", bounds, call.vector(0), call.vector(List.of(bags)), axis);
        Value ends = call.add("Slice", bounds, call.vector(1), call.vector(Long.MAX_VALUE), axis);
        Value member = call.add(
                "And",
                call.add("GreaterOrEqual", places, call.unsqueeze(starts, 1)),
                call.add("Less", places, call.unsqueeze(ends, 1)));
        long padding = call.integerOr("padding_idx", -1);
        if (padding < 0) {
            return member;
        }
        Value isPadding = call.add("Equal", indices, call.scalar(padding, indices.dataType()));
        return call.add("And", member, call.add("Not", isPadding));
    }

    private static Value sum(AtenCall call, Value rows, Value member, boolean divided) {
        Value sum = call.add("MatMul", member, rows);
        if (!divided) {
            return sum;
        }
        Value count = call.add("ReduceSum", member, call.vector(1));
        return call.add("Div", sum, call.add("Max", count, call.scalar(1, rows.dataType())));
    }

    private static Value maximum(AtenCall call, Value rows, Value member) {
        Value lowest = call.scalar(Double.NEGATIVE_INFINITY, rows.dataType());
        Value candidates = call.add("Where", call.unsqueeze(member, 2), call.unsqueeze(rows, 0), lowest);
        Value maxima = call.add("ReduceMax", Attributes.of("keepdims", 0), candidates, call.vector(1));
        Value count = call.add("ReduceSum", call.cast(member, DataType.INT64), call.vector(1));
        Value isEmpty = call.add("Equal", count, call.scalar(0, DataType.INT64));
        return call.add("Where", isEmpty, call.scalar(0, rows.dataType()), maxima);
    }

    /** The table with the rows named by indices scaled down to a norm of at most {@code max_norm}. */
    private static Value embeddingRenorm(AtenCall call) {
        Value self = call.value("self");
        DataType type = self.dataType();
        double power = call.real("norm_type");
        Value norm = norm(call, self, power);
        Value limit = call.scalar(call.real("max_norm"), type);
        Value scale = call.add("Div", limit, call.add("Add", norm, call.scalar(1e-7, type)));
        Value count = call.graph().scalar(SizeExpr.product(call.sizes(call.value("indices"))));
        Value named = call.add("Reshape", call.value("indices", DataType.INT64), call.vector(-1));
        Value marks = call.add(
                "ScatterElements",
                call.add("Expand", call.scalar(0, DataType.INT64), call.vector(List.of(call.size(self, 0)))),
                named,
                call.add("Expand", call.scalar(1, DataType.INT64), call.add("Unsqueeze", count, call.vector(0))));
        Value isNamed = call.unsqueeze(call.cast(marks, DataType.BOOL), 1);
        Value isLong = call.add("And", isNamed, call.add("Greater", norm, limit));
        return call.sized(call.add("Where", isLong, call.add("Mul", self, scale), self), call.sizes(self));
    }

    private static Value norm(AtenCall call, Value rows, double power) {
        if (power == 2) {
            return call.add("ReduceL2", rows, call.vector(1));
        }
        Value absolute = call.add("Abs", rows);
        if (Double.isInfinite(power)) {
            return call.add("ReduceMax", absolute, call.vector(1));
        }
        Value raised = call.add("Pow", absolute, call.scalar(power, rows.dataType()));
        return call.add("Pow", call.add("ReduceSum", raised, call.vector(1)), call.scalar(1 / power, rows.dataType()));
    }
}
