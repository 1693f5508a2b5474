package dev.entrepot.importers.torch.modules.vision;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.layers.Reshapings;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.List;

/**
 * Attention within windows that may be shifted, of [N, H, W, C] with known H and W. Source: torchvision/models/swin_transformer.py,
 * shifted_window_attention.
 */
public final class WindowAttention {

    private static final IValue ALL = IValue.of(-1);
    private static final float MASKED = -100;

    private final BoundModule self;
    private final long windowHeight;
    private final long windowWidth;
    private final long height;
    private final long width;
    private final long paddedHeight;
    private final long paddedWidth;
    private final long shiftHeight;
    private final long shiftWidth;
    private final long heads;

    private WindowAttention(BoundModule self, IValue x) {
        this.self = self;
        long[] window = self.numbers("window_size");
        long[] shift = self.numbers("shift_size");
        windowHeight = window[0];
        windowWidth = window[1];
        height = self.fixedSize(x, 1);
        width = self.fixedSize(x, 2);
        paddedHeight = (height + windowHeight - 1) / windowHeight * windowHeight;
        paddedWidth = (width + windowWidth - 1) / windowWidth * windowWidth;
        // A window as large as all there is need not be shifted.
        shiftHeight = windowHeight >= paddedHeight ? 0 : shift[0];
        shiftWidth = windowWidth >= paddedWidth ? 0 : shift[1];
        heads = self.number("num_heads");
    }

    /** {@code ShiftedWindowAttention.forward}. */
    public static IValue forward(BoundModule self, IValue x) {
        WindowAttention attention = new WindowAttention(self, x);
        return attention.attend(x, attention.positionBias(self.tensor("relative_position_bias_table")));
    }

    /** {@code ShiftedWindowAttentionV2.forward}: of cosines, with a bias that a small network makes of the positions. */
    public static IValue forwardV2(BoundModule self, IValue x) {
        WindowAttention attention = new WindowAttention(self, x);
        IValue table = self.call(
                "aten::reshape",
                self.run("cpb_mlp", self.tensor("relative_coords_table")),
                IValue.ints(-1, attention.heads));
        IValue bias = self.multiply(self.call("aten::sigmoid", attention.positionBias(table)), IValue.of(16.0));
        return attention.attend(x, bias);
    }

    /** [1, heads, window, window]. */
    private IValue positionBias(IValue table) {
        long area = windowHeight * windowWidth;
        IValue index = self.call("aten::flatten", self.tensor("relative_position_index"));
        IValue rows = self.call("aten::index_select", table, IValue.of(0), index);
        IValue square = self.call("aten::reshape", rows, IValue.ints(area, area, -1));
        return self.call("aten::unsqueeze", self.call("aten::permute", square, IValue.ints(2, 0, 1)), IValue.of(0));
    }

    private IValue attend(IValue x, IValue bias) {
        boolean shifted = shiftHeight + shiftWidth > 0;
        IValue moved = shifted ? rolled(padded(x), -shiftHeight, -shiftWidth) : padded(x);
        IValue windows = windows(moved);
        IValue packed = self.call("aten::linear", windows, self.child("qkv").tensor("weight"), packedBias());
        // [windows, area, 3 C] to [3, windows, heads, area, C / heads]
        IValue cut = self.call(
                "aten::permute",
                self.call("aten::unflatten", packed, ALL, Reshapings.shape(IValue.of(3), IValue.of(heads), ALL)),
                IValue.ints(2, 0, 3, 1, 4));
        IValue scores = self.add(scores(select(cut, 0), select(cut, 1)), bias);
        IValue masked = shifted ? masked(scores) : scores;
        IValue weights = self.call("aten::softmax", masked, ALL, IValue.NONE);
        IValue attended = self.call("aten::matmul", weights, select(cut, 2));
        IValue joined = self.call(
                "aten::flatten", self.call("aten::transpose", attended, IValue.of(1), IValue.of(2)), IValue.of(2), ALL);
        IValue whole = image(self.run("proj", joined));
        return cropped(shifted ? rolled(whole, shiftHeight, shiftWidth) : whole);
    }

    private IValue select(IValue packed, long which) {
        return self.call("aten::select", packed, IValue.of(0), IValue.of(which));
    }

    /** The bias of queries, keys and values; the second version's keys have none. */
    private IValue packedBias() {
        IValue bias = self.child("qkv").tensor("bias");
        if (!self.module().tensors().containsKey("logit_scale") || bias instanceof IValue.None) {
            return bias;
        }
        long length = self.fixedSize(bias, 0) / 3;
        IValue keys = self.call("aten::zeros_like", part(bias, 0, length));
        return self.cat(0, part(bias, 0, length), keys, part(bias, 2 * length, 3 * length));
    }

    private IValue part(IValue vector, long from, long to) {
        return self.call("aten::slice", vector, IValue.of(0), IValue.of(from), IValue.of(to), IValue.of(1));
    }

    private IValue scores(IValue query, IValue key) {
        IValue scale = self.tensor("logit_scale");
        if (scale instanceof IValue.None) {
            double root = Math.sqrt(self.fixedSize(query, -1));
            return product(self.multiply(query, IValue.of(1 / root)), key);
        }
        IValue limited = self.call("aten::clamp", scale, IValue.NONE, IValue.of(Math.log(100)));
        return self.multiply(product(normalized(query), normalized(key)), self.call("aten::exp", limited));
    }

    private IValue product(IValue query, IValue key) {
        return self.call("aten::matmul", query, self.call("aten::transpose", key, IValue.of(-2), IValue.of(-1)));
    }

    /** Source: torch/nn/functional.py, normalize. */
    private IValue normalized(IValue x) {
        IValue norm = self.call("aten::linalg_vector_norm", x, IValue.of(2.0), IValue.ints(-1), IValue.of(true));
        return self.call("aten::div", x, self.call("aten::clamp_min", norm, IValue.of(1e-12)));
    }

    private IValue padded(IValue x) {
        if (paddedHeight == height && paddedWidth == width) {
            return x;
        }
        return self.call(
                "aten::pad",
                x,
                IValue.ints(0, 0, 0, paddedWidth - width, 0, paddedHeight - height),
                IValue.of("constant"),
                IValue.of(0.0));
    }

    private IValue rolled(IValue x, long down, long right) {
        return self.call("aten::roll", x, IValue.ints(down, right), IValue.ints(1, 2));
    }

    private IValue cropped(IValue x) {
        if (paddedHeight == height && paddedWidth == width) {
            return x;
        }
        IValue rows = self.call("aten::slice", x, IValue.of(1), IValue.of(0), IValue.of(height), IValue.of(1));
        return self.call("aten::slice", rows, IValue.of(2), IValue.of(0), IValue.of(width), IValue.of(1));
    }

    /** [N, H, W, C] to [N * windows, area, C]. */
    private IValue windows(IValue x) {
        IValue cut = self.call(
                "aten::reshape",
                x,
                Reshapings.shape(
                        self.size(x, 0),
                        IValue.of(paddedHeight / windowHeight),
                        IValue.of(windowHeight),
                        IValue.of(paddedWidth / windowWidth),
                        IValue.of(windowWidth),
                        self.size(x, 3)));
        IValue sorted = self.call("aten::permute", cut, IValue.ints(0, 1, 3, 2, 4, 5));
        return self.call(
                "aten::flatten",
                self.call("aten::flatten", sorted, IValue.of(3), IValue.of(4)),
                IValue.of(0),
                IValue.of(2));
    }

    /** [N * windows, area, C] to [N, H, W, C]. */
    private IValue image(IValue x) {
        IValue cut = self.call(
                "aten::reshape",
                x,
                Reshapings.shape(
                        ALL,
                        IValue.of(paddedHeight / windowHeight),
                        IValue.of(paddedWidth / windowWidth),
                        IValue.of(windowHeight),
                        IValue.of(windowWidth),
                        self.size(x, 2)));
        IValue sorted = self.call("aten::permute", cut, IValue.ints(0, 1, 3, 2, 4, 5));
        return self.call(
                "aten::flatten",
                self.call("aten::flatten", sorted, IValue.of(1), IValue.of(2)),
                IValue.of(2),
                IValue.of(3));
    }

    /** The scores, where pixels that the shift brought together do not see each other. */
    private IValue masked(IValue scores) {
        long count = paddedHeight / windowHeight * (paddedWidth / windowWidth);
        IValue mask = self.constant("attn_mask", mask());
        IValue cut = self.call("aten::unflatten", scores, IValue.of(0), IValue.list(List.of(ALL, IValue.of(count))));
        return self.call("aten::flatten", self.add(cut, mask), IValue.of(0), IValue.of(1));
    }

    /** [1, windows, 1, area, area]. */
    private Tensor mask() {
        int area = Math.toIntExact(windowHeight * windowWidth);
        int down = Math.toIntExact(paddedHeight / windowHeight);
        int right = Math.toIntExact(paddedWidth / windowWidth);
        float[] mask = new float[Math.multiplyExact(Math.multiplyExact(down * right, area), area)];
        for (int window = 0; window < down * right; window++) {
            for (int one = 0; one < area; one++) {
                for (int other = 0; other < area; other++) {
                    boolean together = region(window, one, right) == region(window, other, right);
                    mask[(window * area + one) * area + other] = together ? 0 : MASKED;
                }
            }
        }
        return Tensor.of(Shape.of(1, (long) down * right, 1, area, area), mask);
    }

    /** Which of the nine regions a pixel of a window comes from. */
    private long region(int window, int pixel, int windowsAcross) {
        long row = window / windowsAcross * windowHeight + pixel / windowWidth;
        long column = window % windowsAcross * windowWidth + pixel % windowWidth;
        return 3 * part(row, paddedHeight, windowHeight, shiftHeight)
                + part(column, paddedWidth, windowWidth, shiftWidth);
    }

    /** Slices {@code [0, -window)}, {@code [-window, -shift)} and {@code [-shift, end)}; a shift of 0 makes the last one all there is. */
    private static long part(long at, long size, long window, long shift) {
        if (shift == 0) {
            return 2;
        }
        return at < size - window ? 0 : at < size - shift ? 1 : 2;
    }
}
