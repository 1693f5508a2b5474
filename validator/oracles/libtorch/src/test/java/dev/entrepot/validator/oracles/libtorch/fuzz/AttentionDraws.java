package dev.entrepot.validator.oracles.libtorch.fuzz;

import static java.util.Map.entry;

import dev.entrepot.tensor.DataType;
import java.util.Map;

/** Attention, and the fused operators of transformer layers. */
final class AttentionDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry("_native_multi_head_attention", AttentionDraws::nativeMultiHeadAttention),
            entry("_transformer_encoder_layer_fwd", AttentionDraws::encoderLayer),
            entry("scaled_dot_product_attention", AttentionDraws::scaledDotProduct));

    private AttentionDraws() {}

    private static String scaledDotProduct(Sketch s) {
        s.notHalf();
        long width = s.dice().between(1, 4);
        long queries = s.dice().between(1, 4);
        long keys = s.dice().between(1, 4);
        String heads = "torch.scaled_dot_product_attention(%s, %s, %s"
                .formatted(s.input(2, 3, queries, width), s.input(2, 3, keys, width), s.input(2, 3, keys, width));
        return heads
                + switch (s.dice().between(0, 4)) {
                    case 0 -> ")";
                    case 1 -> ", None, 0.0, True)";
                    case 2 -> ", " + s.input(queries, keys) + ")";
                    case 3 -> ", attn_mask=torch.ones([%d, %d], dtype=11).tril())".formatted(queries, keys);
                    default -> ", None, 0.0, False, scale=0.7)";
                };
    }

    private static String nativeMultiHeadAttention(Sketch s) {
        s.of(DataType.FLOAT);
        String x = s.input(2, 3, 4);
        s.line(
                "y, w = torch._native_multi_head_attention(%1$s, %1$s, %1$s, 4, 2, %2$s, %3$s, %4$s, %5$s, None, %6$s, %6$s)"
                        .formatted(x, s.weight(12, 4), s.weight(12), s.weight(4, 4), s.weight(4), s.flag()));
        return "y";
    }

    private static String encoderLayer(Sketch s) {
        s.of(DataType.FLOAT);
        return "torch._transformer_encoder_layer_fwd(%s, 4, 2, %s, %s, %s, %s, %s, %s, 1e-05, %s, %s, %s, %s, %s, %s, %s, %s)"
                .formatted(
                        s.input(2, 3, 4),
                        s.weight(12, 4),
                        s.weight(12),
                        s.weight(4, 4),
                        s.weight(4),
                        s.flag(),
                        s.flag(),
                        s.weight(4),
                        s.weight(4),
                        s.weight(4),
                        s.weight(4),
                        s.weight(6, 4),
                        s.weight(6),
                        s.weight(4, 6),
                        s.weight(4));
    }
}
