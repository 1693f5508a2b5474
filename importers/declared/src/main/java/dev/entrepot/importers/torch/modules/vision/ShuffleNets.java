package dev.entrepot.importers.torch.modules.vision;

import static dev.entrepot.importers.torch.modules.state.Layers.batchNorm;
import static dev.entrepot.importers.torch.modules.state.Layers.conv;
import static dev.entrepot.importers.torch.modules.state.Layers.linear;
import static dev.entrepot.importers.torch.modules.state.Layers.maxPool;
import static dev.entrepot.importers.torch.modules.state.Layers.relu;
import static dev.entrepot.importers.torch.modules.state.Layers.sequential;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.layers.Reshapings;
import dev.entrepot.importers.torch.modules.state.Composite;
import dev.entrepot.importers.torch.modules.state.Recognised;
import dev.entrepot.importers.torch.modules.state.StateKeys;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.Map;

/** ShuffleNet v2. Source: torchvision/models/shufflenetv2.py. */
public final class ShuffleNets {

    private static final String CLASS = "torchvision.models.shufflenetv2.";

    /** The constructors by the channels of the second stage. */
    private static final Map<Long, String> PUBLISHED = Map.of(
            48L, "shufflenet_v2_x0_5",
            116L, "shufflenet_v2_x1_0",
            176L, "shufflenet_v2_x1_5",
            244L, "shufflenet_v2_x2_0");

    private ShuffleNets() {}

    /** {@code ShuffleNetV2.forward}. */
    public static IValue shuffleNet(BoundModule self, IValue x) {
        IValue features = self.through(x, "conv1", "maxpool", "stage2", "stage3", "stage4", "conv5");
        return self.run("fc", self.call("aten::mean", features, IValue.ints(2, 3)));
    }

    /** {@code shufflenetv2.InvertedResidual.forward}. */
    public static IValue invertedResidual(BoundModule self, IValue x) {
        if (self.number("stride") != 1) {
            return shuffled(self, self.cat(1, self.run("branch1", x), self.run("branch2", x)));
        }
        IValue halves = self.call("aten::chunk", x, IValue.of(2), IValue.of(1));
        if (!(halves instanceof IValue.ListValue list)) {
            return halves;
        }
        return shuffled(
                self,
                self.cat(
                        1, list.items().get(0), self.run("branch2", list.items().get(1))));
    }

    private static IValue shuffled(BoundModule self, IValue x) {
        return Reshapings.channelsShuffled(self, x, IValue.of(2));
    }

    /** The network whose state_dict this is. */
    public static Recognised recognise(StateKeys keys) {
        Composite network = Composite.of(CLASS + "ShuffleNetV2")
                .with("conv1", sequential(conv(3).stride(2), batchNorm(), relu()))
                .with("maxpool", maxPool(3, 2, 1));
        for (String stage : new String[] {"stage2", "stage3", "stage4"}) {
            network = network.with(stage, stage(keys.child(stage).count("")));
        }
        network =
                network.with("conv5", sequential(conv(1), batchNorm(), relu())).with("fc", linear());
        long width = 2 * keys.size("stage2.0.branch2.0.weight", 0);
        return Recognised.of("torchvision " + PUBLISHED.getOrDefault(width, "shufflenet_v2"), network.at(keys));
    }

    private static Composite stage(int depth) {
        Composite stage = Composite.sequential();
        for (int i = 0; i < depth; i++) {
            stage = stage.then(block(i == 0 ? 2 : 1));
        }
        return stage;
    }

    private static Composite block(long stride) {
        Composite side = stride == 1
                ? Composite.sequential()
                : sequential(conv(3).stride(stride).depthwise(), batchNorm(), conv(1), batchNorm(), relu());
        return Composite.of(CLASS + "InvertedResidual")
                .having("stride", IValue.of(stride))
                .with("branch1", side)
                .with(
                        "branch2",
                        sequential(
                                conv(1),
                                batchNorm(),
                                relu(),
                                conv(3).stride(stride).depthwise(),
                                batchNorm(),
                                conv(1),
                                batchNorm(),
                                relu()));
    }
}
