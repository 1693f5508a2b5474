package dev.entrepot.importers.torch.operators.layers;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;
import static dev.entrepot.importers.torch.operators.entries.Entries.plain;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code softmax(query key^T scale + mask) value}: query [..., L, E], key [..., S, E], value [..., S, V].
 *
 * <p>Source: aten/src/ATen/native/transformers/attention.cpp, _scaled_dot_product_attention_math.
 */
public final class Attention {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            plain("aten::_fused_sdp_choice", call -> IValue.of(0)),
            plain("aten::_scaled_dot_product_attention_math", Attention::withWeights),
            plain("aten::_scaled_dot_product_attention_math_for_mps", Attention::withWeights),
            plain("aten::_scaled_dot_product_cudnn_attention", Attention::withLogSumExp),
            plain("aten::_scaled_dot_product_efficient_attention", Attention::withLogSumExp),
            plain("aten::_scaled_dot_product_flash_attention", Attention::withLogSumExp),
            plain("aten::_scaled_dot_product_flash_attention_for_cpu", Attention::withLogSumExp),
            plain("aten::_scaled_dot_product_fused_attention_overrideable", Attention::withLogSumExp),
            one("aten::scaled_dot_product_attention", call -> new Attention(call).output()));
    // spotless:on

    private final AtenCall call;
    private final DataType type;
    private final Value query;
    private final Value key;
    private final Value value;
    private final Value mask;
    private final Value scores;
    private final Value weights;

    private Attention(AtenCall call) {
        this.call = call;
        if (call.realOr("dropout_p", 0) != 0) {
            throw call.unsupported("drops at random, dropout_p is " + call.real("dropout_p") + ", expected 0");
        }
        this.type = call.value("query").dataType();
        DataType computed = type == DataType.BFLOAT16 ? DataType.FLOAT : type;
        this.query = call.value("query", computed);
        this.key = grouped(call.value("key", computed));
        this.value = grouped(call.value("value", computed));
        this.mask = mask();
        this.scores = masked(products());
        this.weights = withoutEmptyRows(call.add("Softmax", Attributes.of("axis", -1), scores));
    }

    private static IValue withWeights(AtenCall call) {
        Attention attention = new Attention(call);
        Value weights = call.cast(attention.weights, attention.type);
        return IValue.tuple(List.of(call.tensor(attention.output()), call.tensor(weights)));
    }

    /** The output and the logarithm of the scores' sum; what else there is serves random numbers and ragged batches. */
    private static IValue withLogSumExp(AtenCall call) {
        Attention attention = new Attention(call);
        Value logSumExp = call.add("ReduceLogSumExp", Attributes.of("keepdims", 0), attention.scores, call.vector(-1));
        List<IValue> results = new ArrayList<>(
                List.of(call.tensor(attention.output()), call.tensor(call.cast(logSumExp, DataType.FLOAT))));
        while (results.size() < call.schema().returns().size()) {
            boolean isNumber =
                    call.schema().returns().get(results.size()).name().startsWith("max_");
            results.add(isNumber ? IValue.of(0) : call.tensor(call.scalar(0, DataType.INT64)));
        }
        return IValue.tuple(results);
    }

    /** Heads of keys or values, repeated where several heads of queries share one. */
    private Value grouped(Value heads) {
        if (!call.bool("enable_gqa")) {
            return heads;
        }
        int axis = call.rank(heads) - 3;
        long shared = call.knownSize(query, call.rank(query) - 3) / call.knownSize(heads, axis);
        if (shared == 1) {
            return heads;
        }
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(heads));
        List<SizeExpr> repeated = new ArrayList<>(sizes);
        repeated.add(axis + 1, SizeExpr.of(shared));
        sizes.set(axis, sizes.get(axis).times(SizeExpr.of(shared)));
        Value wide = call.add("Expand", call.unsqueeze(heads, axis + 1L), call.vector(repeated));
        return call.reshape(call.sized(wide, repeated), sizes);
    }

    private Value products() {
        int rank = call.rank(key);
        long[] order = new long[rank];
        for (int i = 0; i < rank; i++) {
            order[i] = i;
        }
        order[rank - 1] = rank - 2L;
        order[rank - 2] = rank - 1L;
        Value scaled = call.add("Mul", query, scale());
        return call.add("MatMul", scaled, call.transpose(key, order));
    }

    private Value scale() {
        DataType computed = query.dataType();
        if (!call.isNone("scale")) {
            return call.value("scale", computed);
        }
        SizeExpr width = call.size(query, call.rank(query) - 1);
        if (width.isNumber()) {
            return call.scalar(1 / Math.sqrt(width.number().orElseThrow()), computed);
        }
        return call.add("Reciprocal", call.add("Sqrt", call.cast(call.graph().scalar(width), computed)));
    }

    /** True where a key counts, or what is added to its score. */
    private Value mask() {
        String name = call.has("attn_bias") ? "attn_bias" : "attn_mask";
        if (!call.isNone(name)) {
            Value given = call.value(name);
            return given.dataType() == DataType.BOOL ? given : call.cast(given, query.dataType());
        }
        return call.bool("is_causal") ? causal() : Value.NONE;
    }

    /** [L, S]: a query sees the keys up to its own place. */
    private Value causal() {
        Value rows = call.unsqueeze(range(call.size(query, call.rank(query) - 2)), 1);
        return call.add("LessOrEqual", range(call.size(key, call.rank(key) - 2)), rows);
    }

    private Value range(SizeExpr count) {
        Value range = call.add(
                "Range", call.scalar(0, DataType.INT64), call.graph().scalar(count), call.scalar(1, DataType.INT64));
        return call.sized(range, List.of(count));
    }

    private Value masked(Value products) {
        if (mask.isNone()) {
            return products;
        }
        return mask.dataType() == DataType.BOOL
                ? call.add("Where", mask, products, lowest())
                : call.add("Add", products, mask);
    }

    private Value lowest() {
        return call.scalar(Double.NEGATIVE_INFINITY, query.dataType());
    }

    /** Zero where a query sees no key at all; its softmax is not a number. */
    private Value withoutEmptyRows(Value softmax) {
        boolean given = !call.isNone("attn_mask") || !call.isNone("attn_bias");
        if (!given) {
            return softmax;
        }
        Value one = call.scalar(1, query.dataType());
        Value zero = call.scalar(0, query.dataType());
        Value added = mask.dataType() == DataType.BOOL ? call.add("Where", mask, one, lowest()) : mask;
        Value best = call.rank(added) == 0 ? added : call.add("ReduceMax", added, call.vector(-1));
        return call.add("Where", call.add("Equal", best, lowest()), zero, softmax);
    }

    private Value output() {
        Value output = call.add("MatMul", weights, value);
        int rank = call.rank(query);
        if (call.rank(value) != rank || call.rank(key) != rank) {
            return call.cast(output, type);
        }
        List<SizeExpr> sizes = new ArrayList<>();
        for (int i = 0; i < rank - 2; i++) {
            sizes.add(call.size(query, i).is(1) ? call.size(key, i) : call.size(query, i));
        }
        sizes.add(call.size(query, rank - 2));
        sizes.add(call.size(value, rank - 1));
        return call.cast(call.sized(output, sizes), type);
    }
}
