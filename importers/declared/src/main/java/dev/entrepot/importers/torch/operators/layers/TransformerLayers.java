package dev.entrepot.importers.torch.operators.layers;

import static dev.entrepot.importers.torch.operators.entries.Entries.plain;
import static dev.entrepot.importers.torch.operators.entries.Entries.refuse;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.Map;

/**
 * The fused operators that {@code nn.MultiheadAttention} and {@code nn.TransformerEncoderLayer} call outside of training: query, key and
 * value [N, T, D], weights of the three projections in one [3 D, D].
 *
 * <p>Source: aten/src/ATen/native/transformers/attention.cpp, native_multi_head_attention_cpu; transformer.cpp,
 * transformer_encoder_layer_forward.
 */
public final class TransformerLayers {

    private static final String NESTED =
            "holds tensors of different sizes in one, which has no form in ONNX; trace, script or export"
                    + " the model with torch.backends.mha.set_fastpath_enabled(False)";

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            plain("aten::_masked_softmax", TransformerLayers::maskedSoftmax),
            plain("aten::_native_multi_head_attention", TransformerLayers::multiHeadAttention),
            refuse("aten::_nested_from_padded", NESTED),
            refuse("aten::_nested_tensor_from_mask", NESTED),
            plain("aten::_nested_tensor_from_mask_left_aligned", call -> IValue.of(false)),
            refuse("aten::_nested_tensor_from_tensor_list", NESTED),
            plain("aten::_transformer_encoder_layer_fwd", TransformerLayers::encoderLayer),
            refuse("aten::nested_to_padded_tensor", NESTED),
            refuse("aten::to_padded_tensor", NESTED));
    // spotless:on

    /** Which scores a mask is for. Source: aten/src/ATen/native/transformers/attention.h, masked_softmax. */
    private static final int OF_SCORES = 0;

    private static final int OF_KEYS = 1;

    private final AtenCall call;
    private final TorchGraph graph;
    private final String heads;

    private TransformerLayers(AtenCall call, String heads) {
        this.call = call;
        this.graph = call.graph();
        this.heads = heads;
    }

    private static IValue maskedSoftmax(AtenCall call) {
        Value self = call.value("self");
        long axis = call.integerOr("dim", call.rank(self) - 1L);
        TransformerLayers layer = new TransformerLayers(call, "");
        return call.tensor(layer.softmax(self, axis));
    }

    /** The output, and the weights over all keys or None. */
    private static IValue multiHeadAttention(AtenCall call) {
        TransformerLayers layer = new TransformerLayers(call, "num_head");
        Value weights = layer.weights(call.get("query"), call.get("key"));
        IValue output = layer.output(weights, call.get("value"));
        if (!call.bool("need_weights")) {
            return IValue.tuple(List.of(output, IValue.NONE));
        }
        Value shown = call.bool("average_attn_weights")
                ? call.add("ReduceMean", Attributes.of("keepdims", 0), weights, call.vector(1))
                : weights;
        return IValue.tuple(List.of(output, call.tensor(shown)));
    }

    /** One of the three projections by its place in the joined weights, split into heads: [N, heads, T, D / heads]. */
    private Value projected(IValue input, int which) {
        long width = call.integer("embed_dim");
        Value weight = call.slice(call.value("qkv_weight"), 0, which * width, (which + 1) * width);
        Value bias = call.slice(call.value("qkv_bias"), 0, which * width, (which + 1) * width);
        Value product = graph.toValue(graph.call("aten::linear", input, graph.tensor(weight), graph.tensor(bias)));
        List<SizeExpr> sizes = call.sizes(product);
        long count = call.integer(heads);
        Value split = call.reshape(
                product, List.of(sizes.get(0), sizes.get(1), SizeExpr.of(count), SizeExpr.of(width / count)));
        return call.transpose(split, 0, 2, 1, 3);
    }

    private Value weights(IValue query, IValue key) {
        Value q = projected(query, 0);
        Value k = call.transpose(projected(key, 1), 0, 1, 3, 2);
        double width = call.knownSize(q, 3);
        Value scaled = call.add("Mul", q, call.scalar(1 / Math.sqrt(width), q.dataType()));
        return softmax(call.add("MatMul", scaled, k), 3);
    }

    /** Where the mask is true, a score does not count. */
    private Value softmax(Value scores, long axis) {
        if (call.isNone("mask")) {
            return call.add("Softmax", Attributes.of("axis", axis), scores);
        }
        Value mask = call.value("mask", DataType.BOOL);
        long kind = call.integerOr("mask_type", 2);
        if (kind == OF_KEYS && call.rank(mask) == 2 && call.rank(scores) == 4) {
            mask = call.unsqueeze(mask, 1, 2);
        } else if (kind == OF_SCORES && call.rank(mask) == 3) {
            mask = call.unsqueeze(mask, 1);
        }
        Value lowest = call.scalar(Double.NEGATIVE_INFINITY, scores.dataType());
        Value masked = call.sized(call.add("Where", mask, lowest, scores), call.sizes(scores));
        return call.add("Softmax", Attributes.of("axis", axis), masked);
    }

    private TensorRef output(Value weights, IValue value) {
        Value attended = call.transpose(call.add("MatMul", weights, projected(value, 2)), 0, 2, 1, 3);
        List<SizeExpr> sizes = call.sizes(attended);
        Value joined =
                call.reshape(attended, List.of(sizes.get(0), sizes.get(1), SizeExpr.of(call.integer("embed_dim"))));
        return (TensorRef)
                graph.call("aten::linear", graph.tensor(joined), call.get("proj_weight"), call.get("proj_bias"));
    }

    // --- encoder layers

    private static IValue encoderLayer(AtenCall call) {
        TransformerLayers layer = new TransformerLayers(call, "num_heads");
        boolean normFirst = call.bool("norm_first");
        IValue source = call.get("src");
        IValue x = normFirst ? layer.norm(source, 1) : source;
        x = layer.sum(layer.output(layer.weights(x, x), x), source);
        x = normFirst ? x : layer.norm(x, 1);
        IValue fed = layer.feedForward(normFirst ? layer.norm(x, 2) : x);
        x = layer.sum(fed, x);
        return normFirst ? x : layer.norm(x, 2);
    }

    private IValue norm(IValue x, int which) {
        IValue width = IValue.list(List.of(IValue.of(call.integer("embed_dim"))));
        return graph.call(
                "aten::layer_norm",
                x,
                width,
                call.get("norm_weight_" + which),
                call.get("norm_bias_" + which),
                call.get("eps"));
    }

    private IValue sum(IValue a, IValue b) {
        return call.tensor(call.add("Add", graph.toValue(a), graph.toValue(b)));
    }

    private IValue feedForward(IValue x) {
        IValue wide = graph.call("aten::linear", x, call.get("ffn_weight_1"), call.get("ffn_bias_1"));
        IValue active = graph.call(call.bool("use_gelu") ? "aten::gelu" : "aten::relu", wide);
        return graph.call("aten::linear", active, call.get("ffn_weight_2"), call.get("ffn_bias_2"));
    }
}
