package dev.entrepot.onnx.infer;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Convolutions: X is [N, C, D1, ...], W is [M, C / group, K1, ...], the output [N, M, O1, ...]. */
final class Convolutions {

    private Convolutions() {}

    /** Conv. */
    static void conv(Application node) {
        node.give(convolved(node, 0, 1, 2));
    }

    /** ConvInteger: the sums are int32. */
    static void convInteger(Application node) {
        node.give(DataType.INT32, convolved(node, 0, 1, 4));
    }

    /** QLinearConv: x, its scale and zero point, the same of w and of y, B. */
    static void qlinearConv(Application node) {
        node.give(node.type(7), convolved(node, 0, 3, 8));
    }

    /** DeformConv: as Conv, with an offset [N, offset_group * K1 * K2 * 2, O1, O2]. */
    static void deformConv(Application node) {
        Shape y = convolved(node, 0, 1, 3);
        node.give(y);
        if (y.ranked() && node.ranked(2) && y.rank() == node.shape(2).rank()) {
            for (int axis = 2; axis < y.rank(); axis++) {
                Sizes.same(y.dim(axis), node.shape(2).dim(axis), "sizes of the output and of offset");
            }
        }
    }

    /** ConvTranspose: W is [C, M / group, K1, ...]. */
    static void convTranspose(Application node) {
        Shape x = node.shape(0);
        Shape w = node.shape(1);
        if (!x.ranked() && !w.ranked()) {
            node.give(Shape.UNRANKED);
            return;
        }
        int rank = expectSameRank(x, w);
        x = x.ranked() ? x : Shape.ofRank(rank);
        w = w.ranked() ? w : Shape.ofRank(rank);
        if (x.dim(1).isKnown()
                && w.dim(0).isKnown()
                && x.dim(1).size() != w.dim(0).size()) {
            throw Application.invalid(
                    "channels %s of X do not match %s of W, whose shape is %s", x.dim(1), w.dim(0), w);
        }
        long group = group(node);
        expectDivisible(x.dim(1), group, "channels of X");
        Dim channels = Sizes.times(w.dim(1), group);
        expectBias(node, 2, channels);
        node.give(Shape.of(joined(x.dim(0), channels, transposedSizes(node, x, w))));
    }

    private static List<Dim> transposedSizes(Application node, Shape x, Shape w) {
        int spatial = x.rank() - 2;
        Window window = new Window(node, kernel(node, w));
        long[] outputPadding = node.perAxis("output_padding", spatial, 0);
        long[] wanted = node.intsOr("output_shape");
        if (wanted.length == 0) {
            return window.spread(x, outputPadding);
        }
        Application.expectAtLeast(1, "output_shape", wanted);
        // Some writers give the batch and the channels too.
        if (wanted.length != spatial && wanted.length != spatial + 2) {
            throw Application.invalid("output_shape %s has not %s values", Arrays.toString(wanted), spatial);
        }
        return Arrays.stream(wanted)
                .skip(wanted.length - spatial)
                .mapToObj(Dim::of)
                .toList();
    }

    /** Col2Im: [N, C * block, L] to [N, C, image...]. */
    static void col2im(Application node) {
        node.expectRank(0, 3, "input");
        var image = node.contents(1);
        var block = node.longs(2);
        Dim batch = node.dim(0, 0);
        Dim channels = Dim.UNKNOWN;
        if (block.isPresent() && node.dim(0, 1).isKnown()) {
            Application.expectAtLeast(1, "block_shape", block.get());
            long size = Arrays.stream(block.get()).reduce(1, Math::multiplyExact);
            expectDivisible(node.dim(0, 1), size, "columns of the input");
            channels = Dim.of(node.dim(0, 1).size() / size);
        }
        if (image.isPresent()) {
            node.give(Shape.of(joined(
                    batch,
                    channels,
                    image.get().elements().stream().map(Element::toDim).toList())));
        } else {
            Dim rank = node.dim(1, 0);
            Shape shape = rank.isKnown() ? Shapes.ofRank(Math.addExact(rank.size(), 2)) : Shape.UNRANKED;
            node.give(shape.ranked() ? shape.with(0, batch).with(1, channels) : shape);
        }
    }

    private static Shape convolved(Application node, int input, int weight, int bias) {
        Shape x = node.shape(input);
        Shape w = node.shape(weight);
        if (!x.ranked() && !w.ranked()) {
            return Shape.UNRANKED;
        }
        int rank = expectSameRank(x, w);
        x = x.ranked() ? x : Shape.ofRank(rank);
        w = w.ranked() ? w : Shape.ofRank(rank);
        long group = group(node);
        if (x.dim(1).isKnown()
                && w.dim(1).isKnown()
                && x.dim(1).size() != Math.multiplyExact(w.dim(1).size(), group)) {
            throw Application.invalid(
                    "channels %s of X do not match %s x group %s of W, whose shape is %s",
                    x.dim(1), w.dim(1), group, w);
        }
        expectDivisible(w.dim(0), group, "output channels of W");
        expectBias(node, bias, w.dim(0));
        Window window = new Window(node, kernel(node, w));
        return Shape.of(joined(x.dim(0), w.dim(0), window.positions(x)));
    }

    private static int expectSameRank(Shape x, Shape w) {
        int rank = x.ranked() ? x.rank() : w.rank();
        if (rank < 3 || w.ranked() && w.rank() != rank) {
            throw Application.invalid("X has shape %s and W %s, expected equal ranks of at least 3", x, w);
        }
        return rank;
    }

    private static long group(Application node) {
        long group = node.attributes().intOr("group", 1);
        if (group < 1) {
            throw Application.invalid("group is %s, expected at least 1", group);
        }
        return group;
    }

    private static List<Dim> kernel(Application node, Shape w) {
        int spatial = w.rank() - 2;
        List<Dim> fromWeight = w.dims().subList(2, w.rank());
        if (node.attributes().ints("kernel_shape").isEmpty()) {
            return fromWeight;
        }
        long[] sizes = node.perAxis("kernel_shape", spatial, 1);
        Application.expectAtLeast(1, "kernel_shape", sizes);
        Shape declared = Shape.of(sizes);
        return Sizes.same(declared, Shape.of(fromWeight), "kernel_shape and the kernel of W")
                .dims();
    }

    private static void expectDivisible(Dim size, long by, String what) {
        if (size.isKnown() && (by == 0 || size.size() % by != 0)) {
            throw Application.invalid("%s %s are not divisible by %s", size, what, by);
        }
    }

    private static void expectBias(Application node, int bias, Dim channels) {
        node.expectRank(bias, 1, "B");
        if (node.has(bias)) {
            Sizes.same(node.dim(bias, 0), channels, "the length of B and the output channels");
        }
    }

    private static List<Dim> joined(Dim batch, Dim channels, List<Dim> spatial) {
        return Stream.concat(Stream.of(batch, channels), spatial.stream()).toList();
    }
}
