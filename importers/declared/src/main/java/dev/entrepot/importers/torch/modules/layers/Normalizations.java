package dev.entrepot.importers.torch.modules.layers;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.tree.BoundModule;

/** Normalisations at inference. Source: torch/nn/modules/batchnorm.py, instancenorm.py, normalization.py. */
public final class Normalizations {

    private static final IValue EPS = IValue.of(1e-5);
    private static final IValue MOMENTUM = IValue.of(0.1);

    private Normalizations() {}

    /** {@code BatchNorm1d}, {@code 2d}, {@code 3d} and {@code SyncBatchNorm}; without running statistics, those of the batch. */
    public static IValue batchNorm(BoundModule self, IValue x) {
        IValue mean = self.tensor("running_mean");
        IValue variance = self.tensor("running_var");
        boolean ofBatch = mean instanceof IValue.None && variance instanceof IValue.None;
        return self.call(
                "aten::batch_norm",
                x,
                self.tensor("weight"),
                self.tensor("bias"),
                mean,
                variance,
                IValue.of(ofBatch),
                MOMENTUM,
                self.attribute("eps", EPS),
                IValue.of(false));
    }

    /** {@code InstanceNorm1d}, {@code 2d} and {@code 3d}; with running statistics where it tracks them. */
    public static IValue instanceNorm(BoundModule self, IValue x) {
        IValue mean = self.tensor("running_mean");
        IValue variance = self.tensor("running_var");
        boolean tracked = self.flag("track_running_stats", false) && !(mean instanceof IValue.None);
        return self.call(
                "aten::instance_norm",
                x,
                self.tensor("weight"),
                self.tensor("bias"),
                tracked ? mean : IValue.NONE,
                tracked ? variance : IValue.NONE,
                IValue.of(!tracked),
                MOMENTUM,
                self.attribute("eps", EPS),
                IValue.of(false));
    }

    /** {@code torch.nn.modules.normalization.LayerNorm}. */
    public static IValue layerNorm(BoundModule self, IValue x) {
        return self.call(
                "aten::layer_norm",
                x,
                normalizedShape(self),
                self.tensor("weight"),
                self.tensor("bias"),
                self.attribute("eps", EPS),
                IValue.of(false));
    }

    /** {@code torch.nn.modules.normalization.RMSNorm}. */
    public static IValue rmsNorm(BoundModule self, IValue x) {
        return self.call(
                "aten::rms_norm", x, normalizedShape(self), self.tensor("weight"), self.attribute("eps", IValue.NONE));
    }

    private static IValue normalizedShape(BoundModule self) {
        IValue shape = self.attribute("normalized_shape");
        return shape instanceof IValue.Int
                ? self.sizes("normalized_shape", 1)
                : IValue.ints(self.numbers("normalized_shape"));
    }

    /** {@code torch.nn.modules.normalization.GroupNorm}. */
    public static IValue groupNorm(BoundModule self, IValue x) {
        return self.call(
                "aten::group_norm",
                x,
                self.attribute("num_groups"),
                self.tensor("weight"),
                self.tensor("bias"),
                self.attribute("eps", EPS),
                IValue.of(false));
    }

    /**
     * {@code torch.nn.modules.normalization.LocalResponseNorm} of [N, C, ...]:
     * {@code x / (k + alpha * mean of the squares of size neighbouring channels) ** beta}. Source: torch/nn/functional.py, local_response_norm.
     */
    public static IValue localResponseNorm(BoundModule self, IValue x) {
        long size = self.number("size");
        IValue channelsLast = self.call("aten::movedim", self.multiply(x, x), IValue.of(1), IValue.of(-1));
        IValue flat = self.call("aten::flatten", channelsLast, IValue.of(1), IValue.of(-2));
        IValue padded = self.call(
                "aten::pad", flat, IValue.ints(size / 2, (size - 1) / 2), IValue.of("constant"), IValue.of(0.0));
        IValue mean = self.call("aten::avg_pool1d", padded, IValue.ints(size), IValue.ints(1));
        IValue shaped =
                self.call("aten::movedim", self.call("aten::view_as", mean, channelsLast), IValue.of(-1), IValue.of(1));
        IValue scaled = self.call(
                "aten::add", self.multiply(shaped, self.attribute("alpha")), self.attribute("k", IValue.of(1.0)));
        return self.call("aten::div", x, self.call("aten::pow", scaled, self.attribute("beta")));
    }
}
