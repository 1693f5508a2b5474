package dev.entrepot.importers.torch.modules.layers;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Convolutions, with [N, C, ...] or without the batch axis. Source: torch/nn/modules/conv.py. */
public final class Convolutions {

    private Convolutions() {}

    /** {@code torch.nn.modules.conv.Conv1d}: [N, C, L]. */
    public static IValue conv1d(BoundModule self, IValue x) {
        return convolution(self, x, 1);
    }

    /** {@code torch.nn.modules.conv.Conv2d}: [N, C, H, W]. */
    public static IValue conv2d(BoundModule self, IValue x) {
        return convolution(self, x, 2);
    }

    /** {@code torch.nn.modules.conv.Conv3d}: [N, C, D, H, W]. */
    public static IValue conv3d(BoundModule self, IValue x) {
        return convolution(self, x, 3);
    }

    /** {@code torch.nn.modules.conv.ConvTranspose1d}. */
    public static IValue convTranspose1d(BoundModule self, IValue x) {
        return transposed(self, x, 1);
    }

    /** {@code torch.nn.modules.conv.ConvTranspose2d}. */
    public static IValue convTranspose2d(BoundModule self, IValue x) {
        return transposed(self, x, 2);
    }

    /** {@code torch.nn.modules.conv.ConvTranspose3d}. */
    public static IValue convTranspose3d(BoundModule self, IValue x) {
        return transposed(self, x, 3);
    }

    private static IValue convolution(BoundModule self, IValue x, int axes) {
        String mode = self.text("padding_mode", "zeros");
        IValue padding = padding(self, axes);
        IValue padded = x;
        if (!mode.equals("zeros")) {
            padded = self.call("aten::pad", x, reversedTwice(self, padding, axes), IValue.of(mode), IValue.NONE);
            padding = IValue.list(Collections.nCopies(axes, IValue.of(0)));
        }
        return self.call(
                "aten::conv" + axes + "d",
                padded,
                self.tensor("weight"),
                self.tensor("bias"),
                self.sizes("stride", axes),
                padding,
                self.sizes("dilation", axes),
                self.attribute("groups"));
    }

    /** The padding in numbers, or the text {@code same} or {@code valid}. */
    private static IValue padding(BoundModule self, int axes) {
        IValue padding = self.attribute("padding");
        return padding instanceof IValue.Text ? padding : self.sizes("padding", axes);
    }

    /** The padding of each side of each axis, the last axis first. Source: _ConvNd.__init__, _reversed_padding_repeated_twice. */
    private static IValue reversedTwice(BoundModule self, IValue padding, int axes) {
        if (padding instanceof IValue.Text text) {
            return text.value().equals("valid")
                    ? IValue.list(Collections.nCopies(2 * axes, IValue.of(0)))
                    : IValue.list(samePadding(self, axes));
        }
        long[] each = self.numbers("padding");
        List<IValue> sides = new ArrayList<>();
        for (int axis = axes - 1; axis >= 0; axis--) {
            sides.add(IValue.of(each[axis]));
            sides.add(IValue.of(each[axis]));
        }
        return IValue.list(sides);
    }

    private static List<IValue> samePadding(BoundModule self, int axes) {
        long[] kernel = self.numbers("kernel_size");
        long[] dilation = self.numbers("dilation");
        List<IValue> sides = new ArrayList<>();
        for (int axis = axes - 1; axis >= 0; axis--) {
            long total = dilation[axis] * (kernel[axis] - 1);
            sides.add(IValue.of(total / 2));
            sides.add(IValue.of(total - total / 2));
        }
        return sides;
    }

    private static IValue transposed(BoundModule self, IValue x, int axes) {
        return self.call(
                "aten::conv_transpose" + axes + "d",
                x,
                self.tensor("weight"),
                self.tensor("bias"),
                self.sizes("stride", axes),
                self.sizes("padding", axes),
                self.sizes("output_padding", axes),
                self.attribute("groups"),
                self.sizes("dilation", axes, 1));
    }
}
