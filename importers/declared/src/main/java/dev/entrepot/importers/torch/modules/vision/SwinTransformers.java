package dev.entrepot.importers.torch.modules.vision;

import static dev.entrepot.importers.torch.modules.state.Layers.adaptiveAvgPool;
import static dev.entrepot.importers.torch.modules.state.Layers.conv;
import static dev.entrepot.importers.torch.modules.state.Layers.dropout;
import static dev.entrepot.importers.torch.modules.state.Layers.flatten;
import static dev.entrepot.importers.torch.modules.state.Layers.layerNorm;
import static dev.entrepot.importers.torch.modules.state.Layers.linear;
import static dev.entrepot.importers.torch.modules.state.Layers.relu;
import static dev.entrepot.importers.torch.modules.state.Layers.sequential;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.state.Composite;
import dev.entrepot.importers.torch.modules.state.Recognised;
import dev.entrepot.importers.torch.modules.state.StateKeys;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Swin Transformer, both versions. Source: torchvision/models/swin_transformer.py. */
public final class SwinTransformers {

    private static final String CLASS = "torchvision.models.swin_transformer.";
    private static final double EPS = 1e-5;

    /** The letter by width and depths. */
    private static final Map<String, String> PUBLISHED = Map.of(
            "96 [2, 2, 6, 2]", "t",
            "96 [2, 2, 18, 2]", "s",
            "128 [2, 2, 18, 2]", "b");

    private SwinTransformers() {}

    /** {@code SwinTransformer.forward}. */
    public static IValue swinTransformer(BoundModule self, IValue x) {
        IValue features = self.call("aten::permute", self.through(x, "features", "norm"), IValue.ints(0, 3, 1, 2));
        return self.run("head", Heads.flat(self, self.run("avgpool", features)));
    }

    /** {@code SwinTransformerBlock.forward}: normalised before. */
    public static IValue block(BoundModule self, IValue x) {
        IValue attended = self.add(x, self.through(x, "norm1", "attn"));
        return self.add(attended, self.through(attended, "norm2", "mlp"));
    }

    /** {@code SwinTransformerBlockV2.forward}: normalised after. */
    public static IValue blockV2(BoundModule self, IValue x) {
        IValue attended = self.add(x, self.through(x, "attn", "norm1"));
        return self.add(attended, self.through(attended, "mlp", "norm2"));
    }

    /** {@code PatchMerging.forward}: [N, H, W, C] to [N, H / 2, W / 2, 2 C]. */
    public static IValue patchMerging(BoundModule self, IValue x) {
        return self.through(merged(self, x), "norm", "reduction");
    }

    /** {@code PatchMergingV2.forward}. */
    public static IValue patchMergingV2(BoundModule self, IValue x) {
        return self.through(merged(self, x), "reduction", "norm");
    }

    /** Each two by two pixels one after the other along the channels. Source: _patch_merging_pad. */
    private static IValue merged(BoundModule self, IValue x) {
        long height = self.fixedSize(x, 1);
        long width = self.fixedSize(x, 2);
        IValue even = height % 2 == 0 && width % 2 == 0
                ? x
                : self.call(
                        "aten::pad",
                        x,
                        IValue.ints(0, 0, 0, width % 2, 0, height % 2),
                        IValue.of("constant"),
                        IValue.of(0.0));
        return self.cat(
                -1,
                quarter(self, even, 0, 0),
                quarter(self, even, 1, 0),
                quarter(self, even, 0, 1),
                quarter(self, even, 1, 1));
    }

    private static IValue quarter(BoundModule self, IValue x, long row, long column) {
        return everySecond(self, everySecond(self, x, 1, row), 2, column);
    }

    private static IValue everySecond(BoundModule self, IValue x, long axis, long from) {
        return self.call("aten::slice", x, IValue.of(axis), IValue.of(from), IValue.of(Long.MAX_VALUE), IValue.of(2));
    }

    /** The network whose state_dict this is. */
    public static Recognised recognise(StateKeys keys) {
        StateKeys at = keys.child("features");
        boolean second = at.has("1.0.attn.logit_scale");
        Composite features = sequential(
                sequential(conv(4).stride(4).padding(0), ConvolutionUnits.permute(0, 2, 3, 1), layerNorm(EPS)));
        List<Integer> depths = new ArrayList<>();
        for (int stage = 0; stage < 4; stage++) {
            if (stage > 0) {
                features = features.then(Composite.of(CLASS + (second ? "PatchMergingV2" : "PatchMerging"))
                        .with("reduction", linear())
                        .with("norm", layerNorm(EPS)));
            }
            StateKeys stageAt = at.child(String.valueOf(features.children().size()));
            depths.add(stageAt.count(""));
            features = features.then(stage(stageAt, second));
        }
        String structure = at.size("0.0.weight", 0) + " " + depths;
        String letter = PUBLISHED.get(structure);
        if (letter == null) {
            throw keys.mismatch(
                    "features", "has width and depths " + structure + ", which no published Swin Transformer has");
        }
        Composite network = Composite.of(CLASS + "SwinTransformer")
                .with("features", features)
                .with("norm", layerNorm(EPS))
                .with("permute", ConvolutionUnits.permute(0, 3, 1, 2))
                .with("avgpool", adaptiveAvgPool(1))
                .with("flatten", flatten(1))
                .with("head", linear());
        return Recognised.of("torchvision swin_" + (second ? "v2_" : "") + letter, network.at(keys));
    }

    private static Composite stage(StateKeys keys, boolean second) {
        Composite stage = Composite.sequential();
        for (int i = 0; i < keys.count(""); i++) {
            StateKeys attention = keys.child(i + ".attn");
            Composite perceptron = Composite.of("torchvision.ops.misc.MLP")
                    .then(linear())
                    .then(ConvNeXts.gelu())
                    .then(dropout())
                    .then(linear())
                    .then(dropout());
            stage = stage.then(Composite.of(CLASS + (second ? "SwinTransformerBlockV2" : "SwinTransformerBlock"))
                    .with("norm1", layerNorm(EPS))
                    .with("attn", second ? attentionV2(attention, i) : attention(attention, i))
                    .with("stochastic_depth", ConvolutionUnits.stochasticDepth())
                    .with("norm2", layerNorm(EPS))
                    .with("mlp", perceptron));
        }
        return stage;
    }

    private static Composite attention(StateKeys keys, int index) {
        long rows = keys.size("relative_position_bias_table", 0);
        long window = (Math.round(Math.sqrt(rows)) + 1) / 2;
        if ((2 * window - 1) * (2 * window - 1) != rows) {
            throw keys.mismatch("relative_position_bias_table", "has " + rows + " rows, which no square window has");
        }
        return windows("ShiftedWindowAttention", window, index, keys.size("relative_position_bias_table", 1))
                .owning("relative_position_bias_table", 2);
    }

    private static Composite attentionV2(StateKeys keys, int index) {
        long window = (keys.size("relative_coords_table", 1) + 1) / 2;
        return windows("ShiftedWindowAttentionV2", window, index, keys.size("logit_scale", 0))
                .owning("relative_coords_table", 4)
                .owning("logit_scale", 3)
                .with("cpb_mlp", sequential(linear(), relu(), linear()));
    }

    private static Composite windows(String simpleName, long window, int index, long heads) {
        long shift = index % 2 == 0 ? 0 : window / 2;
        return Composite.of(CLASS + simpleName)
                .having("window_size", IValue.ints(window, window))
                .having("shift_size", IValue.ints(shift, shift))
                .having("num_heads", IValue.of(heads))
                .owning("relative_position_index", 1)
                .with("qkv", linear())
                .with("proj", linear());
    }
}
