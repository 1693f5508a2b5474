package dev.entrepot.importers.torch.modules.vision;

import static dev.entrepot.importers.torch.modules.state.Layers.batchNorm;
import static dev.entrepot.importers.torch.modules.state.Layers.conv;
import static dev.entrepot.importers.torch.modules.state.Layers.linear;
import static dev.entrepot.importers.torch.modules.state.Layers.sequential;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.layers.Reshapings;
import dev.entrepot.importers.torch.modules.state.Composite;
import dev.entrepot.importers.torch.modules.state.Recognised;
import dev.entrepot.importers.torch.modules.state.StateKeys;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.List;

/**
 * ResNets for images of 32 by 32: the paper's, with 16, 32 and 64 channels and shortcuts without parameters (akamaster/pytorch_resnet_cifar10,
 * resnet.py), and those of four stages (kuangliu/pytorch-cifar, models/resnet.py).
 */
public final class CifarResNets {

    private static final String PAPER = "pytorch_resnet_cifar10.resnet.";
    private static final String WIDE = "pytorch_cifar.models.resnet.";

    private CifarResNets() {}

    /** {@code ResNet.forward} of both. */
    public static IValue resNet(BoundModule self, IValue x) {
        IValue value = self.call("aten::relu", self.through(x, "conv1", "bn1"));
        value = self.through(value, "layer1", "layer2", "layer3");
        value = Heads.runIfPresent(self, "layer4", value);
        return self.run("linear", Heads.meansOfChannels(self, value));
    }

    /** {@code BasicBlock.forward} of both. */
    public static IValue basicBlock(BoundModule self, IValue x) {
        IValue inner = self.call("aten::relu", self.through(x, "conv1", "bn1"));
        return joined(self, x, self.through(inner, "conv2", "bn2"));
    }

    /** {@code Bottleneck.forward}. */
    public static IValue bottleneck(BoundModule self, IValue x) {
        IValue inner = self.call("aten::relu", self.through(x, "conv1", "bn1"));
        IValue middle = self.call("aten::relu", self.through(inner, "conv2", "bn2"));
        return joined(self, x, self.through(middle, "conv3", "bn3"));
    }

    private static IValue joined(BoundModule self, IValue x, IValue residual) {
        return self.call("aten::relu", self.add(residual, Heads.runIfPresent(self, "shortcut", x)));
    }

    /** Option A of the paper: every second pixel, and as many zero channels as are missing, half before and half after. */
    public static IValue strideAndZeros(BoundModule self, IValue x) {
        IValue rows = everySecond(self, x, 2);
        IValue pixels = everySecond(self, rows, 3);
        IValue missing = self.attribute("channels");
        return self.call(
                "aten::pad",
                pixels,
                Reshapings.shape(IValue.of(0), IValue.of(0), IValue.of(0), IValue.of(0), missing, missing),
                IValue.of("constant"),
                IValue.of(0.0));
    }

    private static IValue everySecond(BoundModule self, IValue x, long axis) {
        return self.call("aten::slice", x, IValue.of(axis), IValue.of(0), IValue.of(Long.MAX_VALUE), IValue.of(2));
    }

    /** The network whose state_dict this is. */
    public static Recognised recognise(StateKeys keys) {
        return keys.has("layer4") ? fourStages(keys) : threeStages(keys);
    }

    private static Recognised threeStages(StateKeys keys) {
        for (int stage = 1; stage <= 3; stage++) {
            long width = keys.size("layer" + stage + ".0.conv1.weight", 0);
            if (width != 8L << stage) {
                throw keys.mismatch(
                        "layer" + stage + ".0.conv1.weight",
                        "makes " + width + " channels, the paper's nets make " + (8 << stage));
            }
        }
        Composite network =
                Composite.of(PAPER + "ResNet").with("conv1", conv(3)).with("bn1", batchNorm());
        for (int stage = 1; stage <= 3; stage++) {
            String name = "layer" + stage;
            network = network.with(name, paperStage(keys.child(name), stage == 1 ? 1 : 2));
        }
        int depth = 6 * keys.child("layer1").count("") + 2;
        return new Recognised(
                "pytorch_resnet_cifar10 resnet" + depth,
                network.with("linear", linear()).at(keys),
                32,
                List.of());
    }

    private static Composite paperStage(StateKeys keys, long stride) {
        Composite stage = Composite.sequential();
        for (int i = 0; i < keys.count(""); i++) {
            StateKeys block = keys.child(String.valueOf(i));
            Composite built = basicBlockOf(PAPER, i == 0 ? stride : 1);
            long in = block.size("conv1.weight", 1);
            long out = block.size("conv1.weight", 0);
            if (block.has("shortcut")) {
                built = built.with("shortcut", sequential(conv(1).stride(stride), batchNorm()));
            } else if (in != out) {
                built = built.with(
                        "shortcut", Composite.of(PAPER + "LambdaLayer").having("channels", IValue.of((out - in) / 2)));
            }
            stage = stage.then(built);
        }
        return stage;
    }

    private static Recognised fourStages(StateKeys keys) {
        Composite network = Composite.of(WIDE + "ResNet").with("conv1", conv(3)).with("bn1", batchNorm());
        for (int stage = 1; stage <= 4; stage++) {
            String name = "layer" + stage;
            network = network.with(name, wideStage(keys.child(name), stage == 1 ? 1 : 2));
        }
        return new Recognised(
                "pytorch-cifar " + ResNets.name(keys),
                network.with("linear", linear()).at(keys),
                32,
                List.of());
    }

    private static Composite wideStage(StateKeys keys, long stride) {
        Composite stage = Composite.sequential();
        for (int i = 0; i < keys.count(""); i++) {
            StateKeys block = keys.child(String.valueOf(i));
            long blockStride = i == 0 ? stride : 1;
            Composite built = block.has("conv3") ? bottleneckOf(blockStride) : basicBlockOf(WIDE, blockStride);
            if (block.has("shortcut") || blockStride != 1) {
                built = built.with("shortcut", sequential(conv(1).stride(blockStride), batchNorm()));
            }
            stage = stage.then(built);
        }
        return stage;
    }

    private static Composite basicBlockOf(String module, long stride) {
        return Composite.of(module + "BasicBlock")
                .with("conv1", conv(3).stride(stride))
                .with("bn1", batchNorm())
                .with("conv2", conv(3))
                .with("bn2", batchNorm());
    }

    private static Composite bottleneckOf(long stride) {
        return Composite.of(WIDE + "Bottleneck")
                .with("conv1", conv(1))
                .with("bn1", batchNorm())
                .with("conv2", conv(3).stride(stride))
                .with("bn2", batchNorm())
                .with("conv3", conv(1))
                .with("bn3", batchNorm());
    }
}
