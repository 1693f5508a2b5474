package dev.entrepot.importers.torch.modules.vision;

import static dev.entrepot.importers.torch.modules.state.Layers.activation;
import static dev.entrepot.importers.torch.modules.state.Layers.batchNorm;
import static dev.entrepot.importers.torch.modules.state.Layers.conv;
import static dev.entrepot.importers.torch.modules.state.Layers.dropout;
import static dev.entrepot.importers.torch.modules.state.Layers.linear;
import static dev.entrepot.importers.torch.modules.state.Layers.relu;
import static dev.entrepot.importers.torch.modules.state.Layers.sequential;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.state.Composite;
import dev.entrepot.importers.torch.modules.state.Recognised;
import dev.entrepot.importers.torch.modules.state.StateKeys;
import dev.entrepot.importers.torch.modules.tree.BoundModule;

/** MobileNetV2 and MNASNet. Source: torchvision/models/mobilenetv2.py, mnasnet.py. */
public final class MobileNets {

    private static final String V2 = "torchvision.models.mobilenetv2.";
    private static final String MNAS = "torchvision.models.mnasnet.";
    private static final double EPS = 1e-5;

    /** MobileNetV2's blocks and first strides by stage. */
    private static final int[][] V2_STAGES = {{1, 1}, {2, 2}, {3, 2}, {4, 2}, {3, 1}, {3, 2}, {1, 1}};

    /** MNASNet's kernel, first stride and blocks by stack. */
    private static final int[][] MNAS_STACKS = {{3, 2, 3}, {5, 2, 3}, {5, 2, 3}, {3, 1, 2}, {5, 2, 4}, {3, 1, 1}};

    private MobileNets() {}

    /** {@code MobileNetV2.forward}. */
    public static IValue mobileNetV2(BoundModule self, IValue x) {
        return self.run("classifier", Heads.meansOfChannels(self, self.run("features", x)));
    }

    /** {@code mobilenetv2.InvertedResidual.forward}. */
    public static IValue invertedResidual(BoundModule self, IValue x) {
        IValue residual = self.run("conv", x);
        return self.flag("use_res_connect", false) ? self.add(x, residual) : residual;
    }

    /** {@code MNASNet.forward}. */
    public static IValue mnasNet(BoundModule self, IValue x) {
        return self.run("classifier", self.call("aten::mean", self.run("layers", x), IValue.ints(2, 3)));
    }

    /** {@code mnasnet._InvertedResidual.forward}. */
    public static IValue mnasResidual(BoundModule self, IValue x) {
        IValue residual = self.run("layers", x);
        return self.flag("apply_residual", false) ? self.add(residual, x) : residual;
    }

    /** The MobileNetV2 whose state_dict this is. */
    public static Recognised mobileNetV2(StateKeys keys) {
        StateKeys at = keys.child("features");
        Composite features = sequential(ConvolutionUnits.unit(conv(3).stride(2), EPS, activation("ReLU6")));
        for (int[] stage : V2_STAGES) {
            for (int i = 0; i < stage[0]; i++) {
                StateKeys block = at.child(String.valueOf(features.children().size()));
                features = features.then(v2Block(block, i == 0 ? stage[1] : 1));
            }
        }
        features = features.then(ConvolutionUnits.unit(conv(1), EPS, activation("ReLU6")));
        return Recognised.of(
                "torchvision mobilenet_v2",
                Composite.of(V2 + "MobileNetV2")
                        .with("features", features)
                        .with("classifier", sequential(dropout(), linear()))
                        .at(keys));
    }

    private static Composite v2Block(StateKeys keys, long stride) {
        StateKeys at = keys.child("conv");
        boolean expands = at.has("3");
        Composite layers = Composite.sequential();
        if (expands) {
            layers = layers.then(ConvolutionUnits.unit(conv(1), EPS, activation("ReLU6")));
        }
        layers = layers.then(ConvolutionUnits.unit(conv(3).stride(stride).depthwise(), EPS, activation("ReLU6")))
                .then(conv(1))
                .then(batchNorm());
        long out = at.size((expands ? "2" : "1") + ".weight", 0);
        boolean residual = stride == 1 && ConvolutionUnits.inputChannels(at.child("0")) == out;
        return Composite.of(V2 + "InvertedResidual")
                .having("use_res_connect", IValue.of(residual))
                .with("conv", layers);
    }

    /** The MNASNet whose state_dict this is. */
    public static Recognised mnasNet(StateKeys keys) {
        StateKeys at = keys.child("layers");
        Composite layers = sequential(
                conv(3).stride(2), batchNorm(), relu(), conv(3).depthwise(), batchNorm(), relu(), conv(1), batchNorm());
        for (int[] stack : MNAS_STACKS) {
            Composite blocks = Composite.sequential();
            StateKeys stackAt = at.child(String.valueOf(layers.children().size()));
            for (int i = 0; i < stack[2]; i++) {
                StateKeys block = stackAt.child(String.valueOf(i));
                blocks = blocks.then(mnasBlock(block, stack[0], i == 0 ? stack[1] : 1));
            }
            layers = layers.then(blocks);
        }
        layers = layers.then(conv(1)).then(batchNorm()).then(relu());
        return Recognised.of(
                "torchvision " + mnasName(keys),
                Composite.of(MNAS + "MNASNet")
                        .with("layers", layers)
                        .with("classifier", sequential(dropout(), linear()))
                        .at(keys));
    }

    private static Composite mnasBlock(StateKeys keys, int kernel, long stride) {
        long in = keys.size("layers.0.weight", 1);
        long out = keys.size("layers.6.weight", 0);
        return Composite.of(MNAS + "_InvertedResidual")
                .having("apply_residual", IValue.of(stride == 1 && in == out))
                .with(
                        "layers",
                        sequential(
                                conv(1),
                                batchNorm(),
                                relu(),
                                conv(kernel).stride(stride).depthwise(),
                                batchNorm(),
                                relu(),
                                conv(1),
                                batchNorm()));
    }

    /** By the channels of the second stack; the stem had a fixed width at first. */
    private static String mnasName(StateKeys keys) {
        long width = keys.size("layers.9.0.layers.6.weight", 0);
        return switch ((int) Math.min(width, Integer.MAX_VALUE)) {
            case 24 -> "mnasnet0_5";
            case 32 -> "mnasnet0_75";
            case 40 -> "mnasnet1_0";
            case 56 -> "mnasnet1_3";
            default -> "mnasnet";
        };
    }
}
