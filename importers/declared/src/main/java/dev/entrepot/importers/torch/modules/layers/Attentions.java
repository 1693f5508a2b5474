package dev.entrepot.importers.torch.modules.layers;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.List;

/** Attention. Source: torch/nn/modules/activation.py, MultiheadAttention; torch/nn/modules/transformer.py. */
public final class Attentions {

    private static final IValue ALL = IValue.of(-1);

    private Attentions() {}

    /**
     * {@code torch.nn.modules.activation.MultiheadAttention} of a sequence with itself, without mask: [N, L, E] to the same, or [L, N, E]
     * where it is not batch_first.
     */
    public static IValue selfAttention(BoundModule self, IValue x) {
        if (self.module().tensors().containsKey("bias_k") || self.flag("add_zero_attn", false)) {
            throw self.unsupported("adds a key and value of its own (add_bias_kv or add_zero_attn)");
        }
        boolean batchFirst = self.flag("batch_first", false);
        IValue sequence = batchFirst ? x : swapped(self, x);
        IValue query = heads(self, sequence, 0, "q_proj_weight");
        IValue key = heads(self, sequence, 1, "k_proj_weight");
        IValue value = heads(self, sequence, 2, "v_proj_weight");
        IValue attended = self.call("aten::scaled_dot_product_attention", query, key, value);
        IValue joined = self.call("aten::flatten", swapped(self, 1, 2, attended), IValue.of(2), ALL);
        IValue projected = self.run("out_proj", joined);
        return batchFirst ? projected : swapped(self, projected);
    }

    /** [N, L, E] projected and cut into heads: [N, heads, L, E / heads]. */
    private static IValue heads(BoundModule self, IValue sequence, long third, String separate) {
        IValue weight = self.tensor("in_proj_weight");
        IValue ofThird = weight instanceof IValue.None ? self.tensor(separate) : third(self, weight, third);
        IValue bias = self.tensor("in_proj_bias");
        IValue projected = self.call(
                "aten::linear", sequence, ofThird, bias instanceof IValue.None ? bias : third(self, bias, third));
        long heads = self.number("num_heads");
        IValue cut = self.call("aten::unflatten", projected, ALL, IValue.list(List.of(IValue.of(heads), ALL)));
        return swapped(self, 1, 2, cut);
    }

    private static IValue third(BoundModule self, IValue packed, long which) {
        long length = self.fixedSize(packed, 0) / 3;
        return self.call(
                "aten::slice",
                packed,
                IValue.of(0),
                IValue.of(which * length),
                IValue.of((which + 1) * length),
                IValue.of(1));
    }

    private static IValue swapped(BoundModule self, IValue x) {
        return swapped(self, 0, 1, x);
    }

    private static IValue swapped(BoundModule self, long one, long other, IValue x) {
        return self.call("aten::transpose", x, IValue.of(one), IValue.of(other));
    }

    /** {@code torch.nn.modules.transformer.TransformerEncoderLayer} without mask. */
    public static IValue encoderLayer(BoundModule self, IValue x) {
        if (self.flag("norm_first", false)) {
            IValue attended = self.add(x, self.through(x, "norm1", "self_attn"));
            return self.add(attended, feedForward(self, self.run("norm2", attended)));
        }
        IValue attended = self.run("norm1", self.add(x, self.run("self_attn", x)));
        return self.run("norm2", self.add(attended, feedForward(self, attended)));
    }

    private static IValue feedForward(BoundModule self, IValue x) {
        IValue hidden = self.run("linear1", x);
        return self.run("linear2", self.call(activation(self), hidden));
    }

    /** The activation; relu before it could be chosen. */
    private static String activation(BoundModule self) {
        if (self.has("activation")) {
            return "aten::" + self.child("activation").module().simpleName().toLowerCase(java.util.Locale.ROOT);
        }
        String name = self.attribute("activation", IValue.of("relu")).toString();
        if (name.endsWith("gelu") || name.contains("gelu")) {
            return "aten::gelu";
        }
        if (name.contains("relu")) {
            return "aten::relu";
        }
        throw self.unsupported("has activation " + name + ", relu and gelu are known");
    }

    /** {@code torch.nn.modules.transformer.TransformerEncoder} without mask. */
    public static IValue encoder(BoundModule self, IValue x) {
        IValue encoded = self.child("layers").throughAll(x);
        return self.has("norm") ? self.run("norm", encoded) : encoded;
    }
}
