package dev.entrepot.importers.torch.modules.layers;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import dev.entrepot.importers.torch.modules.tree.Forward;
import java.util.ArrayList;
import java.util.List;

/** Modules that move elements. Source: torch/nn/modules/flatten.py, padding.py, pixelshuffle.py, channelshuffle.py, fold.py. */
public final class Reshapings {

    private Reshapings() {}

    /** {@code Flatten}. */
    public static IValue flatten(BoundModule self, IValue x) {
        return self.call(
                "aten::flatten",
                x,
                self.attribute("start_dim", IValue.of(1)),
                self.attribute("end_dim", IValue.of(-1)));
    }

    /** {@code Unflatten}; named dimensions are refused. */
    public static IValue unflatten(BoundModule self, IValue x) {
        if (self.attribute("dim") instanceof IValue.Text) {
            throw self.unsupported("names its dimension");
        }
        return self.call("aten::unflatten", x, self.attribute("dim"), IValue.ints(self.numbers("unflattened_size")));
    }

    /** A padding of {@code axes} axes in this mode: {@code ReflectionPad2d} and its relatives. */
    public static Forward pad(String mode, int axes) {
        return (self, x) -> self.call("aten::pad", x, sides(self, axes), IValue.of(mode), IValue.NONE);
    }

    /** {@code ConstantPad1d} to {@code 3d} and {@code ZeroPad1d} to {@code 3d}. */
    public static Forward constantPad(int axes) {
        return (self, x) -> self.call(
                "aten::pad", x, sides(self, axes), IValue.of("constant"), self.attribute("value", IValue.of(0.0)));
    }

    private static IValue sides(BoundModule self, int axes) {
        return self.sizes("padding", 2 * axes);
    }

    /** {@code PixelShuffle}. */
    public static IValue pixelShuffle(BoundModule self, IValue x) {
        return self.call("aten::pixel_shuffle", x, self.attribute("upscale_factor"));
    }

    /** {@code PixelUnshuffle}. */
    public static IValue pixelUnshuffle(BoundModule self, IValue x) {
        return self.call("aten::pixel_unshuffle", x, self.attribute("downscale_factor"));
    }

    /** {@code ChannelShuffle}. */
    public static IValue channelShuffle(BoundModule self, IValue x) {
        return channelsShuffled(self, x, self.attribute("groups"));
    }

    /** [N, C, ...] with its channels dealt out to so many groups. Source: aten/src/ATen/native/ChannelShuffle.cpp. */
    public static IValue channelsShuffled(BoundModule self, IValue x, IValue groups) {
        IValue cut = self.call("aten::unflatten", x, IValue.of(1), shape(groups, IValue.of(-1)));
        IValue dealt = self.call("aten::transpose", cut, IValue.of(1), IValue.of(2));
        return self.call("aten::flatten", dealt, IValue.of(1), IValue.of(2));
    }

    /** {@code Fold}. */
    public static IValue fold(BoundModule self, IValue x) {
        return self.call(
                "aten::col2im",
                x,
                self.sizes("output_size", 2),
                self.sizes("kernel_size", 2),
                self.sizes("dilation", 2, 1),
                self.sizes("padding", 2, 0),
                self.sizes("stride", 2, 1));
    }

    /** {@code Unfold}. */
    public static IValue unfold(BoundModule self, IValue x) {
        return self.call(
                "aten::im2col",
                x,
                self.sizes("kernel_size", 2),
                self.sizes("dilation", 2, 1),
                self.sizes("padding", 2, 0),
                self.sizes("stride", 2, 1));
    }

    /** A list of whole numbers and sizes that may be symbolic. */
    public static IValue shape(IValue... sizes) {
        List<IValue> items = new ArrayList<>(List.of(sizes));
        return IValue.list(items);
    }
}
