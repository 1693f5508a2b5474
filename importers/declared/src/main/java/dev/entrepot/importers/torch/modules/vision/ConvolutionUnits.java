package dev.entrepot.importers.torch.modules.vision;

import static dev.entrepot.importers.torch.modules.state.Layers.adaptiveAvgPool;
import static dev.entrepot.importers.torch.modules.state.Layers.batchNorm;
import static dev.entrepot.importers.torch.modules.state.Layers.conv;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.state.Blueprint;
import dev.entrepot.importers.torch.modules.state.Composite;
import dev.entrepot.importers.torch.modules.state.Convolution;
import dev.entrepot.importers.torch.modules.state.Layers;
import dev.entrepot.importers.torch.modules.state.StateKeys;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.Map;

/** The units that many networks share. Source: torchvision/ops/misc.py, stochastic_depth.py. */
public final class ConvolutionUnits {

    static final String UNIT = "torchvision.ops.misc.Conv2dNormActivation";

    private ConvolutionUnits() {}

    /** {@code torchvision.ops.misc.FrozenBatchNorm2d}; before it had the attribute, eps was 0. */
    public static IValue frozenBatchNorm(BoundModule self, IValue x) {
        return self.call(
                "aten::batch_norm",
                x,
                self.tensor("weight"),
                self.tensor("bias"),
                self.tensor("running_mean"),
                self.tensor("running_var"),
                IValue.of(false),
                IValue.of(0.0),
                self.attribute("eps", IValue.of(0.0)),
                IValue.of(false));
    }

    /** {@code torchvision.ops.misc.SqueezeExcitation}: each channel weighed by what all channels' means say. */
    public static IValue squeezeExcitation(BoundModule self, IValue x) {
        return self.multiply(self.through(x, "avgpool", "fc1", "activation", "fc2", "scale_activation"), x);
    }

    /** {@code torchvision.models.mobilenetv3.SqueezeExcitation} of torchvision 0.9 and 0.10. */
    public static IValue oldSqueezeExcitation(BoundModule self, IValue x) {
        IValue means = self.call("aten::adaptive_avg_pool2d", x, IValue.ints(1, 1));
        return self.multiply(self.call("aten::hardsigmoid", self.through(means, "fc1", "relu", "fc2")), x);
    }

    /** {@code torchvision.ops.misc.Permute}. */
    public static IValue permute(BoundModule self, IValue x) {
        return self.call("aten::permute", x, IValue.ints(self.numbers("dims")));
    }

    /** A convolution, a batch normalisation and an activation. */
    static Composite unit(Convolution convolution, double eps, Blueprint activation) {
        return unit(convolution, eps).then(activation);
    }

    /** A convolution and a batch normalisation. */
    static Composite unit(Convolution convolution, double eps) {
        return Composite.of(UNIT).then(convolution).then(batchNorm(eps));
    }

    /** A squeeze and excitation. */
    static Composite squeeze(Blueprint activation, Blueprint scaleActivation) {
        return Composite.of("torchvision.ops.misc.SqueezeExcitation")
                .with("avgpool", adaptiveAvgPool(1))
                .with("fc1", conv(1))
                .with("fc2", conv(1))
                .with("activation", activation)
                .with("scale_activation", scaleActivation);
    }

    /** {@code Permute}. */
    static Blueprint permute(long... order) {
        return Layers.plain("torchvision.ops.misc.Permute", Map.of("dims", IValue.ints(order)));
    }

    /** {@code StochasticDepth}, which does nothing at inference. */
    static Blueprint stochasticDepth() {
        return Layers.plain("torchvision.ops.stochastic_depth.StochasticDepth");
    }

    /** The channels that go into a block whose first unit is here, for a block that starts with a depthwise unit too. */
    static long inputChannels(StateKeys first) {
        long perGroup = first.size("0.weight", 1);
        return perGroup == 1 ? first.size("0.weight", 0) : perGroup;
    }
}
