package dev.entrepot.importers.torch.modules.vision;

import static dev.entrepot.importers.torch.modules.state.Layers.adaptiveAvgPool;
import static dev.entrepot.importers.torch.modules.state.Layers.conv;
import static dev.entrepot.importers.torch.modules.state.Layers.flatten;
import static dev.entrepot.importers.torch.modules.state.Layers.layerNorm;
import static dev.entrepot.importers.torch.modules.state.Layers.linear;
import static dev.entrepot.importers.torch.modules.state.Layers.plain;
import static dev.entrepot.importers.torch.modules.state.Layers.sequential;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.layers.Normalizations;
import dev.entrepot.importers.torch.modules.state.Blueprint;
import dev.entrepot.importers.torch.modules.state.Composite;
import dev.entrepot.importers.torch.modules.state.Recognised;
import dev.entrepot.importers.torch.modules.state.StateKeys;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** ConvNeXt. Source: torchvision/models/convnext.py. */
public final class ConvNeXts {

    private static final String CLASS = "torchvision.models.convnext.";
    private static final double EPS = 1e-6;

    /** The constructors by width and depths. */
    private static final Map<String, String> PUBLISHED = Map.of(
            "96 [3, 3, 9, 3]", "convnext_tiny",
            "96 [3, 3, 27, 3]", "convnext_small",
            "128 [3, 3, 27, 3]", "convnext_base",
            "192 [3, 3, 27, 3]", "convnext_large");

    private ConvNeXts() {}

    /** {@code ConvNeXt.forward}. */
    public static IValue convNeXt(BoundModule self, IValue x) {
        return self.through(x, "features", "avgpool", "classifier");
    }

    /** {@code CNBlock.forward}. */
    public static IValue block(BoundModule self, IValue x) {
        return self.add(self.multiply(self.tensor("layer_scale"), self.run("block", x)), x);
    }

    /** {@code LayerNorm2d.forward}: over the channels of [N, C, H, W]. */
    public static IValue layerNorm2d(BoundModule self, IValue x) {
        IValue channelsLast = self.call("aten::permute", x, IValue.ints(0, 2, 3, 1));
        return self.call("aten::permute", Normalizations.layerNorm(self, channelsLast), IValue.ints(0, 3, 1, 2));
    }

    /** The network whose state_dict this is. */
    public static Recognised recognise(StateKeys keys) {
        StateKeys at = keys.child("features");
        Composite features = sequential(Composite.of(ConvolutionUnits.UNIT)
                .then(conv(4).stride(4).padding(0))
                .then(layerNorm(CLASS + "LayerNorm2d", EPS)));
        List<Integer> depths = new ArrayList<>();
        for (int stage = 0; stage < 4; stage++) {
            if (stage > 0) {
                features = features.then(sequential(
                        layerNorm(CLASS + "LayerNorm2d", EPS), conv(2).stride(2).padding(0)));
            }
            int depth = at.child(String.valueOf(features.children().size())).count("");
            depths.add(depth);
            features = features.then(stage(depth));
        }
        Composite classifier = sequential(layerNorm(CLASS + "LayerNorm2d", EPS), flatten(1), linear());
        String structure = at.size("0.0.weight", 0) + " " + depths;
        return Recognised.of(
                "torchvision " + PUBLISHED.getOrDefault(structure, "ConvNeXt(" + structure + ")"),
                Composite.of(CLASS + "ConvNeXt")
                        .with("features", features)
                        .with("avgpool", adaptiveAvgPool(1))
                        .with("classifier", classifier)
                        .at(keys));
    }

    private static Composite stage(int depth) {
        Blueprint block = Composite.of(CLASS + "CNBlock")
                .owning("layer_scale", 3)
                .with(
                        "block",
                        sequential(
                                conv(7).depthwise(),
                                ConvolutionUnits.permute(0, 2, 3, 1),
                                layerNorm(EPS),
                                linear(),
                                gelu(),
                                linear(),
                                ConvolutionUnits.permute(0, 3, 1, 2)))
                .with("stochastic_depth", ConvolutionUnits.stochasticDepth());
        Composite stage = Composite.sequential();
        for (int i = 0; i < depth; i++) {
            stage = stage.then(block);
        }
        return stage;
    }

    /** The exact {@code GELU}. */
    static Blueprint gelu() {
        return plain("torch.nn.modules.activation.GELU", Map.of("approximate", IValue.of("none")));
    }
}
