package dev.entrepot.importers.torch.modules.layers;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.ArrayList;
import java.util.List;

/** Pooling of [N, C, ...]. Source: torch/nn/modules/pooling.py. */
public final class Poolings {

    private Poolings() {}

    /** {@code torch.nn.modules.pooling.MaxPool1d}. */
    public static IValue maxPool1d(BoundModule self, IValue x) {
        return max(self, x, 1);
    }

    /** {@code torch.nn.modules.pooling.MaxPool2d}. */
    public static IValue maxPool2d(BoundModule self, IValue x) {
        return max(self, x, 2);
    }

    /** {@code torch.nn.modules.pooling.MaxPool3d}. */
    public static IValue maxPool3d(BoundModule self, IValue x) {
        return max(self, x, 3);
    }

    /** {@code torch.nn.modules.pooling.AvgPool1d}. */
    public static IValue avgPool1d(BoundModule self, IValue x) {
        return self.call(
                "aten::avg_pool1d",
                x,
                self.sizes("kernel_size", 1),
                stride(self, 1),
                self.sizes("padding", 1),
                IValue.of(self.flag("ceil_mode", false)),
                IValue.of(self.flag("count_include_pad", true)));
    }

    /** {@code torch.nn.modules.pooling.AvgPool2d}. */
    public static IValue avgPool2d(BoundModule self, IValue x) {
        return average(self, x, 2);
    }

    /** {@code torch.nn.modules.pooling.AvgPool3d}. */
    public static IValue avgPool3d(BoundModule self, IValue x) {
        return average(self, x, 3);
    }

    /** {@code torch.nn.modules.pooling.AdaptiveAvgPool1d}. */
    public static IValue adaptiveAvgPool1d(BoundModule self, IValue x) {
        return adaptive(self, "aten::adaptive_avg_pool1d", x, 1);
    }

    /** {@code torch.nn.modules.pooling.AdaptiveAvgPool2d}. */
    public static IValue adaptiveAvgPool2d(BoundModule self, IValue x) {
        return adaptive(self, "aten::adaptive_avg_pool2d", x, 2);
    }

    /** {@code torch.nn.modules.pooling.AdaptiveAvgPool3d}. */
    public static IValue adaptiveAvgPool3d(BoundModule self, IValue x) {
        return adaptive(self, "aten::adaptive_avg_pool3d", x, 3);
    }

    /** {@code torch.nn.modules.pooling.AdaptiveMaxPool1d}. */
    public static IValue adaptiveMaxPool1d(BoundModule self, IValue x) {
        return first(self, adaptive(self, "aten::adaptive_max_pool1d", x, 1));
    }

    /** {@code torch.nn.modules.pooling.AdaptiveMaxPool2d}. */
    public static IValue adaptiveMaxPool2d(BoundModule self, IValue x) {
        return first(self, adaptive(self, "aten::adaptive_max_pool2d", x, 2));
    }

    /** {@code torch.nn.modules.pooling.AdaptiveMaxPool3d}. */
    public static IValue adaptiveMaxPool3d(BoundModule self, IValue x) {
        return first(self, adaptive(self, "aten::adaptive_max_pool3d", x, 3));
    }

    private static IValue max(BoundModule self, IValue x, int axes) {
        if (self.flag("return_indices", false)) {
            throw self.unsupported("gives the indices of the largest elements too, which only an unpooling could use");
        }
        return self.call(
                "aten::max_pool" + axes + "d",
                x,
                self.sizes("kernel_size", axes),
                stride(self, axes),
                self.sizes("padding", axes),
                self.sizes("dilation", axes, 1),
                IValue.of(self.flag("ceil_mode", false)));
    }

    private static IValue average(BoundModule self, IValue x, int axes) {
        return self.call(
                "aten::avg_pool" + axes + "d",
                x,
                self.sizes("kernel_size", axes),
                stride(self, axes),
                self.sizes("padding", axes),
                IValue.of(self.flag("ceil_mode", false)),
                IValue.of(self.flag("count_include_pad", true)),
                self.attribute("divisor_override", IValue.NONE));
    }

    /** The stride, which is the kernel's size where it is not said. */
    private static IValue stride(BoundModule self, int axes) {
        return self.isSet("stride") ? self.sizes("stride", axes) : self.sizes("kernel_size", axes);
    }

    /** Where an output size is None the input's is kept. */
    private static IValue adaptive(BoundModule self, String operator, IValue x, int axes) {
        IValue wanted = self.sizes("output_size", axes);
        List<IValue> sizes = new ArrayList<>(((IValue.ListValue) wanted).items());
        for (int axis = 0; axis < axes; axis++) {
            if (sizes.get(axis) instanceof IValue.None) {
                sizes.set(axis, self.size(x, axis - axes));
            }
        }
        return self.call(operator, x, IValue.list(sizes));
    }

    private static IValue first(BoundModule self, IValue results) {
        if (self.flag("return_indices", false)) {
            throw self.unsupported("gives the indices of the largest elements too, which only an unpooling could use");
        }
        return results instanceof IValue.TupleValue tuple ? tuple.items().get(0) : results;
    }
}
