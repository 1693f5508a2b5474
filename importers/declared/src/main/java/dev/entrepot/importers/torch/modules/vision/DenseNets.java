package dev.entrepot.importers.torch.modules.vision;

import static dev.entrepot.importers.torch.modules.state.Layers.avgPool;
import static dev.entrepot.importers.torch.modules.state.Layers.batchNorm;
import static dev.entrepot.importers.torch.modules.state.Layers.conv;
import static dev.entrepot.importers.torch.modules.state.Layers.linear;
import static dev.entrepot.importers.torch.modules.state.Layers.maxPool;
import static dev.entrepot.importers.torch.modules.state.Layers.relu;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.state.Composite;
import dev.entrepot.importers.torch.modules.state.Recognised;
import dev.entrepot.importers.torch.modules.state.StateKeys;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** DenseNet-BC. Source: torchvision/models/densenet.py. */
public final class DenseNets {

    private static final String CLASS = "torchvision.models.densenet.";

    private static final Map<List<Integer>, String> PUBLISHED = Map.of(
            List.of(6, 12, 24, 16), "densenet121",
            List.of(6, 12, 36, 24), "densenet161",
            List.of(6, 12, 32, 32), "densenet169",
            List.of(6, 12, 48, 32), "densenet201");

    private DenseNets() {}

    /** {@code DenseNet.forward}. */
    public static IValue denseNet(BoundModule self, IValue x) {
        IValue features = self.call("aten::relu", self.run("features", x));
        return self.run("classifier", Heads.meansOfChannels(self, features));
    }

    /** {@code _DenseBlock.forward}: every layer reads all before it. */
    public static IValue denseBlock(BoundModule self, IValue x) {
        List<IValue> features = new ArrayList<>(List.of(x));
        for (String layer : self.module().children().keySet()) {
            IValue joined = features.size() == 1 ? x : self.cat(1, features.toArray(IValue[]::new));
            features.add(self.run(layer, joined));
        }
        return self.cat(1, features.toArray(IValue[]::new));
    }

    /** {@code _DenseLayer.forward} of what its block joined: only the new features. Layers before 0.4 have dots in the names of their modules. */
    public static IValue denseLayer(BoundModule self, IValue x) {
        return self.has("norm.1")
                ? self.through(x, "norm.1", "relu.1", "conv.1", "norm.2", "relu.2", "conv.2")
                : self.through(x, "norm1", "relu1", "conv1", "norm2", "relu2", "conv2");
    }

    /** The network whose state_dict this is. */
    public static Recognised recognise(StateKeys keys) {
        StateKeys at = keys.child("features");
        Composite features = Composite.sequential()
                .with("conv0", conv(7).stride(2))
                .with("norm0", batchNorm())
                .with("relu0", relu())
                .with("pool0", maxPool(3, 2, 1));
        List<Integer> depths = new ArrayList<>();
        for (int block = 1; block <= 4; block++) {
            String name = "denseblock" + block;
            int depth = depth(at.child(name));
            depths.add(depth);
            features = features.with(name, block(depth, at.has(name + ".denselayer1.norm.1")));
            features = block == 4 ? features : features.with("transition" + block, transition());
        }
        Composite network = Composite.of(CLASS + "DenseNet")
                .with("features", features.with("norm5", batchNorm()))
                .with("classifier", linear());
        return Recognised.of(
                "torchvision " + PUBLISHED.getOrDefault(depths, "DenseNet(" + depths + ")"), network.at(keys));
    }

    private static int depth(StateKeys keys) {
        int depth = 0;
        while (keys.has("denselayer" + (depth + 1))) {
            depth++;
        }
        return depth;
    }

    private static Composite block(int depth, boolean dotted) {
        String first = dotted ? ".1" : "1";
        String second = dotted ? ".2" : "2";
        Composite block = Composite.of(CLASS + "_DenseBlock");
        for (int i = 1; i <= depth; i++) {
            block = block.with(
                    "denselayer" + i,
                    Composite.of(CLASS + "_DenseLayer")
                            .with("norm1", "norm" + first, batchNorm())
                            .with("relu1", relu())
                            .with("conv1", "conv" + first, conv(1))
                            .with("norm2", "norm" + second, batchNorm())
                            .with("relu2", relu())
                            .with("conv2", "conv" + second, conv(3)));
        }
        return block;
    }

    private static Composite transition() {
        return Composite.of(CLASS + "_Transition")
                .with("norm", batchNorm())
                .with("relu", relu())
                .with("conv", conv(1))
                .with("pool", avgPool(2, 2, 0));
    }
}
