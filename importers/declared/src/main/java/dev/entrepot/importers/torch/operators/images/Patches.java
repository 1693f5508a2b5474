package dev.entrepot.importers.torch.operators.images;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.Amounts;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.Precision;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Patches of images, and images of patches. Source: aten/src/ATen/native/Im2Col.cpp, Col2Im.cpp, PixelShuffle.cpp, ChanelShuffle.cpp. */
public final class Patches {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::channel_shuffle", Patches::channelShuffle),
            one("aten::col2im", Patches::col2im),
            one("aten::im2col", Patches::im2col),
            one("aten::native_channel_shuffle", Patches::channelShuffle),
            one("aten::pixel_shuffle", Patches::pixelShuffle),
            one("aten::pixel_unshuffle", Patches::pixelUnshuffle),
            one("aten::unfold", Patches::unfold),
            one("aten::unfold_copy", Patches::unfold));
    // spotless:on

    private Patches() {}

    // --- sliding windows

    /** [N, C, H, W] -> [N, C kh kw, L], every window as a column; also without N. */
    private static Value im2col(AtenCall call) {
        Value self = call.value("self");
        boolean batched = call.rank(self) == 4;
        Value x = batched ? self : call.unsqueeze(self, 0);
        long[] kernel = call.ints("kernel_size", 2);
        long[] dilation = call.ints("dilation", 2);
        long[] padding = call.ints("padding", 2);
        long[] stride = call.ints("stride", 2);
        List<SizeExpr> counts = new ArrayList<>();
        Value windows = padded(call, x, padding);
        for (int i = 1; i >= 0; i--) {
            SizeExpr reach = SizeExpr.of(dilation[i] * (kernel[i] - 1) + 1);
            SizeExpr room =
                    call.size(x, i + 2).plus(SizeExpr.of(2 * padding[i])).minus(reach);
            SizeExpr count = room.floorDividedBy(SizeExpr.of(stride[i])).plus(SizeExpr.ONE);
            counts.add(0, count);
            Value places = places(call, steps(call, kernel[i], dilation[i]), count, stride[i]);
            windows = call.add("Gather", Attributes.of("axis", i + 2L), windows, places);
        }
        // [N, C, kh, oh, kw, ow]
        Value columns = call.transpose(windows, 0, 1, 2, 4, 3, 5);
        SizeExpr channels = call.size(x, 1).times(SizeExpr.of(kernel[0] * kernel[1]));
        Value y = call.reshape(columns, List.of(call.size(x, 0), channels, SizeExpr.product(counts)));
        return batched ? y : call.squeeze(y, 0);
    }

    private static Value padded(AtenCall call, Value x, long[] padding) {
        if (padding[0] == 0 && padding[1] == 0) {
            return x;
        }
        IValue pads = IValue.ints(padding[1], padding[1], padding[0], padding[0]);
        return call.graph().toValue(call.graph().call("aten::constant_pad_nd", call.tensor(x), pads));
    }

    private static long[] steps(AtenCall call, long count, long step) {
        return LongStream.range(0, Amounts.count(call, count))
                .map(i -> i * step)
                .toArray();
    }

    /** [kernel, count]: where element {@code i} of window {@code j} lies. */
    private static Value places(AtenCall call, long[] within, SizeExpr count, long stride) {
        Value column = call.constant(Tensor.of(Shape.of(within.length, 1), within));
        Value starts = call.add(
                "Mul",
                call.add(
                        "Range",
                        call.scalar(0, DataType.INT64),
                        call.graph().scalar(count),
                        call.scalar(1, DataType.INT64)),
                call.scalar(stride, DataType.INT64));
        Value places = call.add("Add", column, starts);
        return call.sized(places, List.of(SizeExpr.of(within.length), count));
    }

    /** [N, C kh kw, L] -> [N, C, H, W], columns added up where windows overlap; also without N. */
    private static Value col2im(AtenCall call) {
        Value self = call.value("self");
        boolean batched = call.rank(self) == 3;
        Value x = batched ? self : call.unsqueeze(self, 0);
        long[] kernel = call.ints("kernel_size", 2);
        long[] padding = call.ints("padding", 2);
        List<SizeExpr> image = call.sizes("output_size");
        Attributes attributes = Attributes.of("dilations", call.ints("dilation", 2))
                .with("pads", padding[0], padding[1], padding[0], padding[1])
                .with("strides", call.ints("stride", 2));
        Value y = Precision.single(
                call, x, single -> call.add("Col2Im", attributes, single, call.vector(image), call.vector(kernel)));
        SizeExpr channels = call.size(x, 1).floorDividedBy(SizeExpr.of(kernel[0] * kernel[1]));
        Value sized = call.sized(y, List.of(call.size(x, 0), channels, image.get(0), image.get(1)));
        return batched ? sized : call.squeeze(sized, 0);
    }

    /** Windows along one axis, which become a new last axis. Source: aten/src/ATen/native/TensorShape.cpp, unfold. */
    private static Value unfold(AtenCall call) {
        Value self = call.value("self");
        int rank = call.rank(self);
        int axis = call.axis(self, call.integer("dimension"));
        long size = call.integer("size");
        long step = call.integer("step");
        if (rank == 0) {
            return call.reshape(self, 1);
        }
        SizeExpr room = call.size(self, axis).minus(SizeExpr.of(size));
        SizeExpr count = room.floorDividedBy(SizeExpr.of(step)).plus(SizeExpr.ONE);
        Value windows =
                call.add("Gather", Attributes.of("axis", axis), self, places(call, steps(call, size, 1), count, step));
        long[] order = new long[rank + 1];
        for (int i = 0; i < rank; i++) {
            order[i] = i < axis ? i : i + 1L;
        }
        order[rank] = axis;
        return call.transpose(windows, order);
    }

    // --- shuffles

    /** [..., C r r, H, W] -> [..., C, H r, W r]. */
    private static Value pixelShuffle(AtenCall call) {
        Value self = call.value("self");
        long factor = call.integer("upscale_factor");
        SizeExpr r = SizeExpr.of(factor);
        List<SizeExpr> sizes = call.sizes(self);
        int lead = sizes.size() - 3;
        SizeExpr channels = sizes.get(lead).floorDividedBy(SizeExpr.of(factor * factor));
        List<SizeExpr> wide = new ArrayList<>(sizes.subList(0, lead));
        wide.addAll(List.of(
                channels, sizes.get(lead + 1).times(r), sizes.get(lead + 2).times(r)));
        if (lead == 1 && Precision.hasKernels(self.dataType())) {
            Attributes attributes = Attributes.of("blocksize", factor).with("mode", "CRD");
            return call.sized(call.add("DepthToSpace", attributes, self), wide);
        }
        List<SizeExpr> split = List.of(
                SizeExpr.product(sizes.subList(0, lead)), channels, r, r, sizes.get(lead + 1), sizes.get(lead + 2));
        return call.reshape(call.transpose(call.reshape(self, split), 0, 1, 4, 2, 5, 3), wide);
    }

    /** [..., C, H r, W r] -> [..., C r r, H, W]. */
    private static Value pixelUnshuffle(AtenCall call) {
        Value self = call.value("self");
        long factor = call.integer("downscale_factor");
        SizeExpr r = SizeExpr.of(factor);
        List<SizeExpr> sizes = call.sizes(self);
        int lead = sizes.size() - 3;
        SizeExpr height = sizes.get(lead + 1).floorDividedBy(r);
        SizeExpr width = sizes.get(lead + 2).floorDividedBy(r);
        List<SizeExpr> split = List.of(SizeExpr.product(sizes.subList(0, lead)), sizes.get(lead), height, r, width, r);
        List<SizeExpr> deep = new ArrayList<>(sizes.subList(0, lead));
        deep.addAll(List.of(sizes.get(lead).times(SizeExpr.of(factor * factor)), height, width));
        return call.reshape(call.transpose(call.reshape(self, split), 0, 1, 3, 5, 2, 4), deep);
    }

    /** [N, g c, ...] -> the same, the channels of the groups in turn. */
    private static Value channelShuffle(AtenCall call) {
        Value self = call.value("self");
        List<SizeExpr> sizes = call.sizes(self);
        SizeExpr groups = call.size("groups");
        SizeExpr each = sizes.get(1).floorDividedBy(groups);
        SizeExpr rest = SizeExpr.product(sizes.subList(2, sizes.size()));
        Value split = call.reshape(self, List.of(sizes.get(0), groups, each, rest));
        return call.reshape(call.transpose(split, 0, 2, 1, 3), sizes);
    }
}
