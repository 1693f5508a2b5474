package dev.entrepot.importers.torch.modules.vision;

import static dev.entrepot.importers.torch.modules.state.Layers.activation;
import static dev.entrepot.importers.torch.modules.state.Layers.adaptiveAvgPool;
import static dev.entrepot.importers.torch.modules.state.Layers.avgPool;
import static dev.entrepot.importers.torch.modules.state.Layers.batchNorm;
import static dev.entrepot.importers.torch.modules.state.Layers.conv;
import static dev.entrepot.importers.torch.modules.state.Layers.dropout;
import static dev.entrepot.importers.torch.modules.state.Layers.flatten;
import static dev.entrepot.importers.torch.modules.state.Layers.identity;
import static dev.entrepot.importers.torch.modules.state.Layers.layerNorm;
import static dev.entrepot.importers.torch.modules.state.Layers.linear;
import static dev.entrepot.importers.torch.modules.state.Layers.sequential;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.layers.Reshapings;
import dev.entrepot.importers.torch.modules.state.Blueprint;
import dev.entrepot.importers.torch.modules.state.Composite;
import dev.entrepot.importers.torch.modules.state.Recognised;
import dev.entrepot.importers.torch.modules.state.StateKeys;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.ArrayList;
import java.util.List;

/** MaxViT. Source: torchvision/models/maxvit.py. */
public final class MaxVits {

    private static final String CLASS = "torchvision.models.maxvit.";
    private static final double EPS = 0.001;
    private static final IValue ALL = IValue.of(-1);

    private MaxVits() {}

    /** {@code MaxVit.forward}. */
    public static IValue maxVit(BoundModule self, IValue x) {
        return self.run("classifier", self.child("blocks").throughAll(self.run("stem", x)));
    }

    /** {@code MaxVitBlock.forward}, whose layers are a ModuleList. */
    public static IValue block(BoundModule self, IValue x) {
        return self.child("layers").throughAll(x);
    }

    /** {@code MaxVitLayer.forward}. */
    public static IValue layer(BoundModule self, IValue x) {
        return self.run("layers", x);
    }

    /** {@code MBConv.forward}. */
    public static IValue mobileBlock(BoundModule self, IValue x) {
        return self.add(self.run("proj", x), self.run("layers", x));
    }

    /** {@code PartitionAttentionLayer.forward} of [N, C, H, W]: within windows, or over a grid of pixels far apart. */
    public static IValue partitionAttention(BoundModule self, IValue x) {
        boolean grid = self.text("partition_type", "window").equals("grid");
        long height = self.fixedSize(x, 2);
        long width = self.fixedSize(x, 3);
        long size = grid ? self.number("g") : self.number("p");
        if (height % size != 0 || width % size != 0) {
            throw self.malformed("cannot part an image of " + height + " by " + width + " by " + size);
        }
        long pixelsDown = grid ? height / size : size;
        long pixelsAcross = grid ? width / size : size;
        IValue cut = self.call(
                "aten::reshape",
                x,
                Reshapings.shape(
                        self.size(x, 0),
                        self.size(x, 1),
                        IValue.of(height / pixelsDown),
                        IValue.of(pixelsDown),
                        IValue.of(width / pixelsAcross),
                        IValue.of(pixelsAcross)));
        IValue sorted = self.call("aten::permute", cut, IValue.ints(0, 2, 4, 3, 5, 1));
        IValue parts = flat(self, flat(self, sorted, 3, 4), 1, 2);
        IValue seen = swapped(self, parts, grid);
        seen = self.add(seen, self.run("attn_layer", seen));
        seen = self.add(seen, self.run("mlp_layer", seen));
        IValue back = self.call(
                "aten::reshape",
                swapped(self, seen, grid),
                Reshapings.shape(
                        self.size(x, 0),
                        IValue.of(height / pixelsDown),
                        IValue.of(width / pixelsAcross),
                        IValue.of(pixelsDown),
                        IValue.of(pixelsAcross),
                        self.size(x, 1)));
        IValue image = self.call("aten::permute", back, IValue.ints(0, 5, 1, 3, 2, 4));
        return flat(self, flat(self, image, 4, 5), 2, 3);
    }

    private static IValue swapped(BoundModule self, IValue x, boolean grid) {
        return grid ? self.call("aten::transpose", x, IValue.of(-2), IValue.of(-3)) : x;
    }

    private static IValue flat(BoundModule self, IValue x, long first, long last) {
        return self.call("aten::flatten", x, IValue.of(first), IValue.of(last));
    }

    /** {@code RelativePositionalMultiHeadAttention.forward} of [N, groups, pixels, C]. */
    public static IValue attention(BoundModule self, IValue x) {
        IValue packed = self.call(
                "aten::unflatten",
                self.run("to_qkv", x),
                ALL,
                Reshapings.shape(IValue.of(3), IValue.of(self.number("n_heads")), ALL));
        // [N, groups, pixels, 3, heads, C / heads] to [3, N, groups, heads, pixels, C / heads]
        IValue cut = self.call("aten::permute", packed, IValue.ints(3, 0, 1, 4, 2, 5));
        double scale = 1 / Math.sqrt(self.fixedSize(x, -1));
        IValue key = self.call("aten::transpose", select(self, cut, 1), IValue.of(-2), IValue.of(-1));
        IValue scores = self.call("aten::matmul", self.multiply(select(self, cut, 0), IValue.of(scale)), key);
        IValue weights = self.call("aten::softmax", self.add(scores, positionBias(self)), ALL, IValue.NONE);
        IValue attended = self.call("aten::matmul", weights, select(self, cut, 2));
        IValue joined = flat(self, self.call("aten::transpose", attended, IValue.of(2), IValue.of(3)), 3, 4);
        return self.run("merge", joined);
    }

    private static IValue select(BoundModule self, IValue packed, long which) {
        return self.call("aten::select", packed, IValue.of(0), IValue.of(which));
    }

    private static IValue positionBias(BoundModule self) {
        long pixels = self.number("max_seq_len");
        IValue index = self.call("aten::flatten", self.tensor("relative_position_index"));
        IValue rows = self.call("aten::index_select", self.tensor("relative_position_bias_table"), IValue.of(0), index);
        IValue square = self.call("aten::reshape", rows, IValue.ints(pixels, pixels, -1));
        return self.call("aten::unsqueeze", self.call("aten::permute", square, IValue.ints(2, 0, 1)), IValue.of(0));
    }

    /** The network whose state_dict this is. */
    public static Recognised recognise(StateKeys keys) {
        Composite stem = sequential(
                ConvolutionUnits.unit(conv(3).stride(2), EPS, ConvNeXts.gelu()),
                Composite.of(ConvolutionUnits.UNIT).then(conv(3)));
        StateKeys at = keys.child("blocks");
        Composite blocks = Composite.of("torch.nn.modules.container.ModuleList");
        List<Integer> depths = new ArrayList<>();
        for (int block = 0; block < at.count(""); block++) {
            StateKeys layers = at.child(block + ".layers");
            depths.add(layers.count(""));
            blocks = blocks.then(block(layers));
        }
        if (!depths.equals(List.of(2, 2, 5, 2))) {
            throw keys.mismatch("blocks", "have depths " + depths + ", which no published MaxViT has");
        }
        Composite network = Composite.of(CLASS + "MaxVit")
                .with("stem", stem)
                .with("blocks", blocks)
                .with(
                        "classifier",
                        sequential(
                                adaptiveAvgPool(1),
                                flatten(1),
                                layerNorm(1e-5),
                                linear(),
                                activation("Tanh"),
                                linear()));
        return Recognised.of("torchvision maxvit_t", network.at(keys));
    }

    private static Composite block(StateKeys keys) {
        Composite layers = Composite.of("torch.nn.modules.container.ModuleList");
        for (int i = 0; i < keys.count(""); i++) {
            StateKeys at = keys.child(i + ".layers");
            layers = layers.then(Composite.of(CLASS + "MaxVitLayer")
                    .with(
                            "layers",
                            Composite.sequential()
                                    .with("MBconv", mobileBlock(at.child("MBconv"), i == 0 ? 2 : 1))
                                    .with("window_attention", partition(at.child("window_attention"), "window"))
                                    .with("grid_attention", partition(at.child("grid_attention"), "grid"))));
        }
        return Composite.of(CLASS + "MaxVitBlock").with("layers", layers);
    }

    private static Composite mobileBlock(StateKeys keys, long stride) {
        Blueprint shortcut = stride == 2
                ? sequential(avgPool(3, 2, 1), conv(1))
                : keys.has("proj") ? sequential(conv(1)) : identity();
        Composite layers = Composite.sequential()
                .with("pre_norm", batchNorm(EPS))
                .with("conv_a", ConvolutionUnits.unit(conv(1), EPS, ConvNeXts.gelu()))
                .with("conv_b", ConvolutionUnits.unit(conv(3).stride(stride).depthwise(), EPS, ConvNeXts.gelu()))
                .with("squeeze_excitation", ConvolutionUnits.squeeze(activation("SiLU"), activation("Sigmoid")))
                .with("conv_c", conv(1));
        return Composite.of(CLASS + "MBConv").with("proj", shortcut).with("layers", layers);
    }

    private static Composite partition(StateKeys keys, String type) {
        StateKeys attention = keys.child("attn_layer.1");
        long pixels = attention.size("relative_position_index", 0);
        long side = Math.round(Math.sqrt(pixels));
        if (side * side != pixels) {
            throw attention.mismatch("relative_position_index", "is for " + pixels + " pixels, which is no square");
        }
        Composite ofWindow = Composite.of(CLASS + "RelativePositionalMultiHeadAttention")
                .having("n_heads", IValue.of(attention.size("relative_position_bias_table", 1)))
                .having("max_seq_len", IValue.of(pixels))
                .owning("relative_position_bias_table", 2)
                .owning("relative_position_index", 2)
                .with("to_qkv", linear())
                .with("merge", linear());
        return Composite.of(CLASS + "PartitionAttentionLayer")
                .having("partition_type", IValue.of(type))
                .having(type.equals("grid") ? "g" : "p", IValue.of(side))
                .with("attn_layer", sequential(layerNorm(1e-5), ofWindow, dropout()))
                .with("mlp_layer", sequential(layerNorm(1e-5), linear(), ConvNeXts.gelu(), linear(), dropout()));
    }
}
