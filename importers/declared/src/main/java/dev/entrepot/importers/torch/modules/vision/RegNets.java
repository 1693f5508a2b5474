package dev.entrepot.importers.torch.modules.vision;

import static dev.entrepot.importers.torch.modules.state.Layers.activation;
import static dev.entrepot.importers.torch.modules.state.Layers.adaptiveAvgPool;
import static dev.entrepot.importers.torch.modules.state.Layers.conv;
import static dev.entrepot.importers.torch.modules.state.Layers.linear;
import static dev.entrepot.importers.torch.modules.state.Layers.relu;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.state.Composite;
import dev.entrepot.importers.torch.modules.state.Recognised;
import dev.entrepot.importers.torch.modules.state.StateKeys;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.Map;

/** RegNetX and RegNetY. Source: torchvision/models/regnet.py. */
public final class RegNets {

    private static final String CLASS = "torchvision.models.regnet.";
    private static final double EPS = 1e-5;

    /** The constructors by their last width, with squeeze and excitation or without. */
    private static final Map<String, String> PUBLISHED = Map.ofEntries(
            Map.entry("x 2048", "regnet_x_16gf"),
            Map.entry("x 912", "regnet_x_1_6gf"),
            Map.entry("x 2520", "regnet_x_32gf"),
            Map.entry("x 1008", "regnet_x_3_2gf"),
            Map.entry("x 400", "regnet_x_400mf"),
            Map.entry("x 672", "regnet_x_800mf"),
            Map.entry("x 1920", "regnet_x_8gf"),
            Map.entry("y 7392", "regnet_y_128gf"),
            Map.entry("y 3024", "regnet_y_16gf"),
            Map.entry("y 888", "regnet_y_1_6gf"),
            Map.entry("y 3712", "regnet_y_32gf"),
            Map.entry("y 1512", "regnet_y_3_2gf"),
            Map.entry("y 440", "regnet_y_400mf"),
            Map.entry("y 784", "regnet_y_800mf"),
            Map.entry("y 2016", "regnet_y_8gf"));

    private RegNets() {}

    /** {@code RegNet.forward}. */
    public static IValue regNet(BoundModule self, IValue x) {
        return self.run("fc", Heads.flat(self, self.through(x, "stem", "trunk_output", "avgpool")));
    }

    /** {@code ResBottleneckBlock.forward}. */
    public static IValue block(BoundModule self, IValue x) {
        IValue shortcut = Heads.runIfPresent(self, "proj", x);
        return self.run("activation", self.add(shortcut, self.run("f", x)));
    }

    /** The network whose state_dict this is. */
    public static Recognised recognise(StateKeys keys) {
        StateKeys at = keys.child("trunk_output");
        Composite trunk = Composite.sequential();
        int stages = 0;
        while (at.has("block" + (stages + 1))) {
            stages++;
            String name = "block" + stages;
            trunk = trunk.with(name, stage(at.child(name), name));
        }
        Composite network = Composite.of(CLASS + "RegNet")
                .with(
                        "stem",
                        new Composite(
                                CLASS + "SimpleStemIN",
                                Map.of(),
                                Map.of(),
                                ConvolutionUnits.unit(conv(3).stride(2), EPS, relu())
                                        .children()))
                .with("trunk_output", trunk)
                .with("avgpool", adaptiveAvgPool(1))
                .with("fc", linear());
        boolean squeezed = at.has("block1.block1-0.f.se");
        String structure = (squeezed ? "y " : "x ") + keys.size("fc.weight", 1);
        return Recognised.of(
                "torchvision " + PUBLISHED.getOrDefault(structure, "regnet " + structure), network.at(keys));
    }

    private static Composite stage(StateKeys keys, String name) {
        Composite stage = Composite.of(CLASS + "AnyStage");
        for (int i = 0; i < keys.count(name + "-"); i++) {
            String blockName = name + "-" + i;
            StateKeys block = keys.child(blockName);
            long stride = i == 0 ? 2 : 1;
            Composite built = Composite.of(CLASS + "ResBottleneckBlock");
            if (stride != 1 || block.has("proj")) {
                built = built.with("proj", ConvolutionUnits.unit(conv(1).stride(stride), EPS));
            }
            stage = stage.with(
                    blockName,
                    built.with("f", transform(block.child("f"), stride)).with("activation", relu()));
        }
        return stage;
    }

    private static Composite transform(StateKeys keys, long stride) {
        Composite transform = Composite.of(CLASS + "BottleneckTransform")
                .with("a", ConvolutionUnits.unit(conv(1), EPS, relu()))
                .with("b", ConvolutionUnits.unit(conv(3).stride(stride).grouped(), EPS, relu()));
        if (keys.has("se")) {
            transform = transform.with("se", ConvolutionUnits.squeeze(relu(), activation("Sigmoid")));
        }
        return transform.with("c", ConvolutionUnits.unit(conv(1), EPS));
    }
}
