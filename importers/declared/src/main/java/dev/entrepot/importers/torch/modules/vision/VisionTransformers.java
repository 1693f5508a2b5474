package dev.entrepot.importers.torch.modules.vision;

import static dev.entrepot.importers.torch.modules.state.Layers.activation;
import static dev.entrepot.importers.torch.modules.state.Layers.conv;
import static dev.entrepot.importers.torch.modules.state.Layers.dropout;
import static dev.entrepot.importers.torch.modules.state.Layers.layerNorm;
import static dev.entrepot.importers.torch.modules.state.Layers.linear;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.layers.Reshapings;
import dev.entrepot.importers.torch.modules.state.Blueprint;
import dev.entrepot.importers.torch.modules.state.Composite;
import dev.entrepot.importers.torch.modules.state.Recognised;
import dev.entrepot.importers.torch.modules.state.StateKeys;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.List;
import java.util.Map;

/** Vision Transformer. Source: torchvision/models/vision_transformer.py. */
public final class VisionTransformers {

    private static final String CLASS = "torchvision.models.vision_transformer.";
    private static final double EPS = 1e-6;

    /** The letter and the heads by width, depth and width of the hidden layers. */
    private static final Map<String, Map.Entry<String, Integer>> PUBLISHED = Map.of(
            "768 12 3072", Map.entry("b", 12),
            "1024 24 4096", Map.entry("l", 16),
            "1280 32 5120", Map.entry("h", 16));

    private VisionTransformers() {}

    /** {@code VisionTransformer.forward}. */
    public static IValue visionTransformer(BoundModule self, IValue x) {
        IValue patches = self.call("aten::flatten", self.run("conv_proj", x), IValue.of(2), IValue.of(-1));
        IValue sequence = self.call("aten::transpose", patches, IValue.of(1), IValue.of(2));
        IValue token = self.call(
                "aten::expand",
                self.tensor("class_token"),
                Reshapings.shape(self.size(x, 0), IValue.of(-1), IValue.of(-1)));
        IValue encoded = self.run("encoder", self.cat(1, token, sequence));
        return self.run("heads", self.call("aten::select", encoded, IValue.of(1), IValue.of(0)));
    }

    /** {@code Encoder.forward}. */
    public static IValue encoder(BoundModule self, IValue x) {
        return self.through(self.add(x, self.tensor("pos_embedding")), "layers", "ln");
    }

    /** {@code EncoderBlock.forward}. */
    public static IValue encoderBlock(BoundModule self, IValue x) {
        IValue attended = self.add(self.through(x, "ln_1", "self_attention"), x);
        return self.add(attended, self.through(attended, "ln_2", "mlp"));
    }

    /** The network whose state_dict this is. */
    public static Recognised recognise(StateKeys keys) {
        long patch = keys.size("conv_proj.weight", 2);
        long width = keys.size("conv_proj.weight", 0);
        StateKeys layers = keys.child("encoder").child("layers");
        int depth = layers.count("encoder_layer_");
        boolean old = layers.has("encoder_layer_0.mlp.linear_1");
        long hidden = layers.size("encoder_layer_0.mlp." + (old ? "linear_1" : "0") + ".weight", 0);
        var published = PUBLISHED.get(width + " " + depth + " " + hidden);
        if (published == null) {
            throw keys.mismatch(
                    "conv_proj.weight",
                    "makes " + width + " channels for " + depth + " layers of " + hidden
                            + " hidden: no published network has these, and the number of heads does not show");
        }
        Composite blocks = Composite.sequential();
        for (int i = 0; i < depth; i++) {
            blocks = blocks.with("encoder_layer_" + i, block(published.getValue(), old));
        }
        Composite encoder = Composite.of(CLASS + "Encoder")
                .owning("pos_embedding", 3)
                .with("dropout", dropout())
                .with("layers", blocks)
                .with("ln", layerNorm(EPS));
        Composite network = Composite.of(CLASS + "VisionTransformer")
                .owning("class_token", 3)
                .with("conv_proj", conv(patch).stride(patch).padding(0))
                .with("encoder", encoder)
                .with("heads", heads(keys.child("heads")));
        return new Recognised(
                "torchvision vit_" + published.getKey() + "_" + patch,
                network.at(keys),
                imageSize(keys, patch),
                List.of());
    }

    private static long imageSize(StateKeys keys, long patch) {
        long patches = keys.size("encoder.pos_embedding", 1) - 1;
        long side = Math.round(Math.sqrt(patches));
        if (side * side != patches) {
            throw keys.mismatch("encoder.pos_embedding", "is for " + patches + " patches, which is no square");
        }
        return side * patch;
    }

    private static Composite heads(StateKeys keys) {
        Composite heads = Composite.sequential();
        if (keys.has("pre_logits")) {
            heads = heads.with("pre_logits", linear()).with("act", activation("Tanh"));
        }
        return heads.with("head", linear());
    }

    private static Composite block(long heads, boolean old) {
        Blueprint attention = Composite.of("torch.nn.modules.activation.MultiheadAttention")
                .having("num_heads", IValue.of(heads))
                .having("batch_first", IValue.of(true))
                .owning("in_proj_weight", 2)
                .owning("in_proj_bias", 1)
                .with("out_proj", outProjection());
        return Composite.of(CLASS + "EncoderBlock")
                .with("ln_1", layerNorm(EPS))
                .with("self_attention", attention)
                .with("dropout", dropout())
                .with("ln_2", layerNorm(EPS))
                .with("mlp", perceptron(old));
    }

    private static Blueprint outProjection() {
        return keys -> {
            var linear = linear().at(keys);
            return new dev.entrepot.importers.torch.modules.tree.Module(
                    linear.path(),
                    "torch.nn.modules.linear.NonDynamicallyQuantizableLinear",
                    linear.where(),
                    linear.attributes(),
                    linear.tensors(),
                    linear.children());
        };
    }

    /** {@code MLPBlock}, whose layers had names before torchvision 0.14. */
    private static Composite perceptron(boolean old) {
        return Composite.of(CLASS + "MLPBlock")
                .with("0", old ? "linear_1" : "0", linear())
                .with("1", ConvNeXts.gelu())
                .with("2", dropout())
                .with("3", old ? "linear_2" : "3", linear())
                .with("4", dropout());
    }
}
