package dev.entrepot.importers.torch.modules.vision;

import static dev.entrepot.importers.torch.modules.state.Layers.activation;
import static dev.entrepot.importers.torch.modules.state.Layers.adaptiveAvgPool;
import static dev.entrepot.importers.torch.modules.state.Layers.conv;
import static dev.entrepot.importers.torch.modules.state.Layers.dropout;
import static dev.entrepot.importers.torch.modules.state.Layers.linear;
import static dev.entrepot.importers.torch.modules.state.Layers.sequential;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.state.Blueprint;
import dev.entrepot.importers.torch.modules.state.Composite;
import dev.entrepot.importers.torch.modules.state.Recognised;
import dev.entrepot.importers.torch.modules.state.StateKeys;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** EfficientNet and EfficientNetV2. Source: torchvision/models/efficientnet.py. */
public final class EfficientNets {

    private static final String CLASS = "torchvision.models.efficientnet.";

    /**
     * What the first version says of a stage.
     *
     * @param fused whether the expansion and the depthwise convolution are one
     * @param kernel the kernel
     * @param stride the first block's stride
     */
    private record Stage(boolean fused, int kernel, long stride) {}

    private static final List<Stage> V1 = List.of(
            new Stage(false, 3, 1),
            new Stage(false, 3, 2),
            new Stage(false, 5, 2),
            new Stage(false, 3, 2),
            new Stage(false, 5, 1),
            new Stage(false, 5, 2),
            new Stage(false, 3, 1));

    private static final List<Stage> V2 = List.of(
            new Stage(true, 3, 1),
            new Stage(true, 3, 2),
            new Stage(true, 3, 2),
            new Stage(false, 3, 2),
            new Stage(false, 3, 1),
            new Stage(false, 3, 2),
            new Stage(false, 3, 1));

    /**
     * A constructor.
     *
     * @param name its name
     * @param stages what its keys do not tell
     * @param eps of its batch normalisations
     * @param imageSize of its weights
     */
    private record Published(String name, List<Stage> stages, double eps, long imageSize) {}

    /** By the last convolution's channels and the depths. */
    private static final Map<String, Published> PUBLISHED = Map.ofEntries(
            Map.entry("1280 [1, 2, 2, 3, 3, 4, 1]", new Published("efficientnet_b0", V1, 1e-5, 224)),
            Map.entry("1280 [2, 3, 3, 4, 4, 5, 2]", new Published("efficientnet_b1", V1, 1e-5, 224)),
            Map.entry("1408 [2, 3, 3, 4, 4, 5, 2]", new Published("efficientnet_b2", V1, 1e-5, 224)),
            Map.entry("1536 [2, 3, 3, 5, 5, 6, 2]", new Published("efficientnet_b3", V1, 1e-5, 224)),
            Map.entry("1792 [2, 4, 4, 6, 6, 8, 2]", new Published("efficientnet_b4", V1, 1e-5, 224)),
            Map.entry("2048 [3, 5, 5, 7, 7, 9, 3]", new Published("efficientnet_b5", V1, 0.001, 224)),
            Map.entry("2304 [3, 6, 6, 8, 8, 11, 3]", new Published("efficientnet_b6", V1, 0.001, 224)),
            Map.entry("2560 [4, 7, 7, 10, 10, 13, 4]", new Published("efficientnet_b7", V1, 0.001, 224)),
            Map.entry("1280 [2, 4, 4, 6, 9, 15]", new Published("efficientnet_v2_s", V2, 0.001, 224)),
            Map.entry("1280 [3, 5, 5, 7, 14, 18, 5]", new Published("efficientnet_v2_m", V2, 0.001, 224)),
            Map.entry("1280 [4, 7, 7, 10, 19, 25, 7]", new Published("efficientnet_v2_l", V2, 0.001, 224)));

    private EfficientNets() {}

    /** {@code EfficientNet.forward}. */
    public static IValue efficientNet(BoundModule self, IValue x) {
        return self.run("classifier", Heads.flat(self, self.through(x, "features", "avgpool")));
    }

    /** {@code MBConv.forward} and {@code FusedMBConv.forward}. */
    public static IValue block(BoundModule self, IValue x) {
        IValue residual = self.run("block", x);
        return self.flag("use_res_connect", false) ? self.add(residual, x) : residual;
    }

    /** The network whose state_dict this is. */
    public static Recognised recognise(StateKeys keys) {
        StateKeys at = keys.child("features");
        int last = at.count("") - 1;
        List<Integer> depths = new ArrayList<>();
        for (int stage = 1; stage < last; stage++) {
            depths.add(at.child(String.valueOf(stage)).count(""));
        }
        String structure = at.size(last + ".0.weight", 0) + " " + depths;
        Published published = PUBLISHED.get(structure);
        if (published == null) {
            throw keys.mismatch(
                    "features", "has channels and depths " + structure + ", which no published EfficientNet has");
        }
        Composite features = sequential(ConvolutionUnits.unit(conv(3).stride(2), published.eps, silu()));
        for (int stage = 1; stage < last; stage++) {
            features = features.then(
                    stage(at.child(String.valueOf(stage)), published.stages.get(stage - 1), published.eps));
        }
        features = features.then(ConvolutionUnits.unit(conv(1), published.eps, silu()));
        Composite network = Composite.of(CLASS + "EfficientNet")
                .with("features", features)
                .with("avgpool", adaptiveAvgPool(1))
                .with("classifier", sequential(dropout(), linear()));
        return new Recognised("torchvision " + published.name, network.at(keys), published.imageSize, List.of());
    }

    private static Composite stage(StateKeys keys, Stage stage, double eps) {
        Composite blocks = Composite.sequential();
        for (int i = 0; i < keys.count(""); i++) {
            StateKeys at = keys.child(i + ".block");
            long stride = i == 0 ? stage.stride : 1;
            Composite layers = stage.fused ? fused(at, stage, stride, eps) : mobile(at, stage, stride, eps);
            long out = at.size((layers.children().size() - 1) + ".0.weight", 0);
            boolean residual = stride == 1 && ConvolutionUnits.inputChannels(at.child("0")) == out;
            blocks = blocks.then(Composite.of(CLASS + (stage.fused ? "FusedMBConv" : "MBConv"))
                    .having("use_res_connect", IValue.of(residual))
                    .with("block", layers)
                    .with("stochastic_depth", ConvolutionUnits.stochasticDepth()));
        }
        return blocks;
    }

    private static Composite fused(StateKeys at, Stage stage, long stride, double eps) {
        Composite layers = sequential(ConvolutionUnits.unit(conv(stage.kernel).stride(stride), eps, silu()));
        return at.has("1") ? layers.then(ConvolutionUnits.unit(conv(1), eps)) : layers;
    }

    private static Composite mobile(StateKeys at, Stage stage, long stride, double eps) {
        Composite layers = Composite.sequential();
        if (at.has("3")) {
            layers = layers.then(ConvolutionUnits.unit(conv(1), eps, silu()));
        }
        return layers.then(
                        ConvolutionUnits.unit(conv(stage.kernel).stride(stride).depthwise(), eps, silu()))
                .then(ConvolutionUnits.squeeze(silu(), activation("Sigmoid")))
                .then(ConvolutionUnits.unit(conv(1), eps));
    }

    private static Blueprint silu() {
        return activation("SiLU");
    }
}
