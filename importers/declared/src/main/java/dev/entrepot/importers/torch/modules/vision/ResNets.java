package dev.entrepot.importers.torch.modules.vision;

import static dev.entrepot.importers.torch.modules.state.Layers.adaptiveAvgPool;
import static dev.entrepot.importers.torch.modules.state.Layers.batchNorm;
import static dev.entrepot.importers.torch.modules.state.Layers.conv;
import static dev.entrepot.importers.torch.modules.state.Layers.linear;
import static dev.entrepot.importers.torch.modules.state.Layers.maxPool;
import static dev.entrepot.importers.torch.modules.state.Layers.relu;
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

/** ResNet, ResNeXt and Wide ResNet. Source: torchvision/models/resnet.py. */
public final class ResNets {

    private static final String CLASS = "torchvision.models.resnet.";

    /** The constructors by block, depths, width and groups of the first stage's 3x3 convolutions. */
    private static final Map<String, String> PUBLISHED = Map.of(
            "BasicBlock [2, 2, 2, 2] 64/1", "resnet18",
            "BasicBlock [3, 4, 6, 3] 64/1", "resnet34",
            "Bottleneck [3, 4, 6, 3] 64/1", "resnet50",
            "Bottleneck [3, 4, 23, 3] 64/1", "resnet101",
            "Bottleneck [3, 8, 36, 3] 64/1", "resnet152",
            "Bottleneck [3, 4, 6, 3] 128/32", "resnext50_32x4d",
            "Bottleneck [3, 4, 23, 3] 256/32", "resnext101_32x8d",
            "Bottleneck [3, 4, 23, 3] 256/64", "resnext101_64x4d",
            "Bottleneck [3, 4, 6, 3] 128/1", "wide_resnet50_2",
            "Bottleneck [3, 4, 23, 3] 128/1", "wide_resnet101_2");

    private ResNets() {}

    /** {@code ResNet.forward}. */
    public static IValue resNet(BoundModule self, IValue x) {
        IValue features =
                self.through(x, "conv1", "bn1", "relu", "maxpool", "layer1", "layer2", "layer3", "layer4", "avgpool");
        return self.run("fc", Heads.flat(self, features));
    }

    /** {@code BasicBlock.forward}. */
    public static IValue basicBlock(BoundModule self, IValue x) {
        return joined(self, x, self.through(x, "conv1", "bn1", "relu", "conv2", "bn2"));
    }

    /** {@code Bottleneck.forward}. */
    public static IValue bottleneck(BoundModule self, IValue x) {
        return joined(self, x, self.through(x, "conv1", "bn1", "relu", "conv2", "bn2", "relu", "conv3", "bn3"));
    }

    private static IValue joined(BoundModule self, IValue x, IValue residual) {
        return self.run("relu", self.add(residual, Heads.runIfPresent(self, "downsample", x)));
    }

    /** The network whose state_dict this is. */
    public static Recognised recognise(StateKeys keys) {
        Composite network = stem(CLASS + "ResNet")
                .with("layer1", stage(keys.child("layer1"), 1, 1, 1))
                .with("layer2", stage(keys.child("layer2"), 2, 1, 1))
                .with("layer3", stage(keys.child("layer3"), 2, 1, 1))
                .with("layer4", stage(keys.child("layer4"), 2, 1, 1))
                .with("avgpool", adaptiveAvgPool(1))
                .with("fc", linear());
        var module = network.at(keys);
        return Recognised.of("torchvision " + name(keys), module);
    }

    /** The children up to {@code layer4} as segmentation uses them: the last two stages dilated instead of strided. */
    static Composite dilatedBackbone(StateKeys keys) {
        return stem(Segmentation.LAYER_GETTER)
                .with("layer1", stage(keys.child("layer1"), 1, 1, 1))
                .with("layer2", stage(keys.child("layer2"), 2, 1, 1))
                .with("layer3", stage(keys.child("layer3"), 1, 1, 2))
                .with("layer4", stage(keys.child("layer4"), 1, 2, 4));
    }

    private static Composite stem(String className) {
        return Composite.of(className)
                .with("conv1", conv(7).stride(2))
                .with("bn1", batchNorm())
                .with("relu", relu())
                .with("maxpool", maxPool(3, 2, 1));
    }

    private static Composite stage(StateKeys keys, long stride, long firstDilation, long dilation) {
        int depth = keys.count("");
        if (depth == 0) {
            throw keys.mismatch("0.conv1.weight", "is missing");
        }
        Composite stage = Composite.sequential();
        for (int i = 0; i < depth; i++) {
            StateKeys block = keys.child(String.valueOf(i));
            stage = i == 0 ? stage.then(block(block, stride, firstDilation)) : stage.then(block(block, 1, dilation));
        }
        return stage;
    }

    private static Blueprint block(StateKeys keys, long stride, long dilation) {
        Composite block = keys.has("conv3") ? bottleneckOf(stride, dilation) : basicBlockOf(keys, stride, dilation);
        if (keys.has("downsample") || stride != 1) {
            return block.with("downsample", sequential(conv(1).stride(stride), batchNorm()));
        }
        return block;
    }

    private static Composite basicBlockOf(StateKeys keys, long stride, long dilation) {
        if (dilation != 1) {
            throw keys.mismatch("conv3.weight", "is missing: dilated stages are of Bottlenecks");
        }
        return Composite.of(CLASS + "BasicBlock")
                .with("conv1", conv(3).stride(stride))
                .with("bn1", batchNorm())
                .with("relu", relu())
                .with("conv2", conv(3))
                .with("bn2", batchNorm());
    }

    private static Composite bottleneckOf(long stride, long dilation) {
        return Composite.of(CLASS + "Bottleneck")
                .with("conv1", conv(1))
                .with("bn1", batchNorm())
                .with("conv2", conv(3).dilated(dilation).stride(stride).grouped())
                .with("bn2", batchNorm())
                .with("conv3", conv(1))
                .with("bn3", batchNorm())
                .with("relu", relu());
    }

    /** The constructor's name, or what it would be called with. */
    static String name(StateKeys keys) {
        boolean bottleneck = keys.has("layer1.0.conv3");
        List<Integer> depths = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            depths.add(keys.child("layer" + i).count(""));
        }
        String inner = bottleneck ? "layer1.0.conv2.weight" : "layer1.0.conv1.weight";
        long width = keys.size(inner, 0);
        String block = bottleneck ? "Bottleneck" : "BasicBlock";
        String structure = block + " " + depths + " " + width + "/" + width / keys.size(inner, 1);
        return PUBLISHED.getOrDefault(structure, "ResNet(" + structure + ")");
    }
}
