package dev.entrepot.onnx.infer;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Operators that rearrange elements or ask for a shape. */
final class Shapes {

    private Shapes() {}

    /** A shape of unknown sizes, or not even that if {@code rank} is beyond reason. */
    static Shape ofRank(long rank) {
        return rank <= Contents.LONGEST ? Shape.ofRank((int) rank) : Shape.UNRANKED;
    }

    /** Shape: the sizes from axis {@code start} to {@code end}. */
    static void shape(Application node) {
        if (!node.ranked(0)) {
            node.give(DataType.INT64, Shape.ofRank(1));
            return;
        }
        List<Dim> dims = node.shape(0).dims();
        int start = clamped(node.attributes().intOr("start", 0), dims.size());
        int end = clamped(node.attributes().intOr("end", dims.size()), dims.size());
        List<Dim> asked = dims.subList(start, Math.max(start, end));
        node.give(DataType.INT64, Shape.of(asked.size()));
        if (asked.size() <= Contents.LONGEST) {
            node.learn(Contents.vector(asked.stream().map(Element::of).toList()));
        }
    }

    /** Size: the number of elements. */
    static void size(Application node) {
        node.give(DataType.INT64, Shape.SCALAR);
        if (node.ranked(0)) {
            node.learn(Contents.scalar(Element.of(Sizes.product(node.shape(0).dims()))));
        }
    }

    /** Reshape: 0 keeps a size (unless {@code allowzero}), -1 takes what is left. */
    static void reshape(Application node) {
        Optional<Contents> target = node.attributes().ints("shape").isPresent()
                ? node.ints("shape", 1)
                        .map(sizes -> Contents.vector(
                                Arrays.stream(sizes).mapToObj(Element::of).toList()))
                : node.contents(1);
        node.expectRank(1, 1, "shape");
        if (target.isEmpty()) {
            Dim rank = node.dim(1, 0);
            node.give(rank.isKnown() ? ofRank(rank.size()) : Shape.UNRANKED);
            return;
        }
        boolean keepsZero = node.attributes().intOr("allowzero", 0) == 0;
        Shape shape = Reshaping.of(node.shape(0), target.get().elements(), keepsZero);
        node.give(shape);
        node.contents(0)
                .filter(elements -> Contents.fits(shape))
                .ifPresent(elements -> node.learn(elements.reshaped(shape)));
    }

    /** Flatten: the axes before {@code axis} and those after it become one each. */
    static void flatten(Application node) {
        if (!node.ranked(0)) {
            node.give(Shape.ofRank(2));
            return;
        }
        List<Dim> dims = node.shape(0).dims();
        long axis = node.attributes().intOr("axis", 1);
        int split = axis == dims.size() ? dims.size() : Application.axis(axis, dims.size());
        node.give(Shape.of(
                List.of(Sizes.product(dims.subList(0, split)), Sizes.product(dims.subList(split, dims.size())))));
    }

    /** Squeeze: axes of size 1 go. */
    static void squeeze(Application node) {
        boolean given = node.has(1) || node.attributes().ints("axes").isPresent();
        Optional<long[]> axes = node.ints("axes", 1);
        if (!node.ranked(0) || given && axes.isEmpty()) {
            node.give(Shape.UNRANKED);
            return;
        }
        Shape x = node.shape(0);
        if (!given && !x.isStatic()) {
            node.give(Shape.UNRANKED);
            return;
        }
        List<Integer> gone = given ? Application.axes(axes.orElseThrow(), x.rank()) : onesOf(x);
        for (int axis : gone) {
            if (x.dim(axis).isKnown() && x.dim(axis).size() != 1) {
                throw Application.invalid("axis %s of %s has size %s, expected 1", axis, x, x.dim(axis));
            }
        }
        Shape shape = Shape.of(IntStream.range(0, x.rank())
                .filter(axis -> !gone.contains(axis))
                .mapToObj(x::dim)
                .toList());
        node.give(shape);
        node.contents(0).ifPresent(elements -> node.learn(elements.reshaped(shape)));
    }

    /** Unsqueeze: axes of size 1 come, counted in the output. */
    static void unsqueeze(Application node) {
        Optional<long[]> axes = node.ints("axes", 1);
        if (!node.ranked(0) || axes.isEmpty()) {
            Dim count = node.ranked(1) && node.shape(1).rank() == 1 ? node.dim(1, 0) : Dim.UNKNOWN;
            node.give(
                    node.ranked(0) && count.isKnown()
                            ? ofRank(Math.addExact(node.shape(0).rank(), count.size()))
                            : Shape.UNRANKED);
            return;
        }
        List<Dim> dims = new ArrayList<>(node.shape(0).dims());
        Application.distinctAxes(axes.get(), dims.size() + axes.get().length).stream()
                .sorted()
                .forEach(axis -> dims.add(axis, Dim.of(1)));
        node.give(Shape.of(dims));
        node.contents(0).ifPresent(elements -> node.learn(elements.reshaped(Shape.of(dims))));
    }

    /** Transpose: axis i of the output is axis {@code perm[i]}; without, all in reverse. */
    static void transpose(Application node) {
        if (!node.ranked(0)) {
            int rank = node.intsOr("perm").length;
            node.give(rank == 0 ? Shape.UNRANKED : Shape.ofRank(rank));
            return;
        }
        Shape x = node.shape(0);
        long[] reversed =
                IntStream.range(0, x.rank()).mapToLong(i -> x.rank() - 1 - i).toArray();
        long[] perm = node.intsOr("perm", reversed);
        if (!Arrays.equals(
                Arrays.stream(perm).sorted().toArray(),
                Arrays.stream(reversed).sorted().toArray())) {
            throw Application.invalid("perm %s is no order of the %s axes of %s", Arrays.toString(perm), x.rank(), x);
        }
        int[] order = Arrays.stream(perm).mapToInt(Math::toIntExact).toArray();
        node.give(Shape.of(Arrays.stream(order).mapToObj(x::dim).toList()));
        node.contents(0).ifPresent(elements -> node.learn(elements.transposed(order)));
    }

    /** Expand: broadcasts to a shape, which may itself have smaller sizes. */
    static void expand(Application node) {
        Optional<Contents> target = node.contents(1);
        if (!node.ranked(0) || target.isEmpty()) {
            Dim rank = node.dim(1, 0);
            boolean known = node.ranked(0) && rank.isKnown();
            node.give(known ? ofRank(Math.max(rank.size(), node.shape(0).rank())) : Shape.UNRANKED);
            return;
        }
        Shape shape = Sizes.broadcast(List.of(node.shape(0), sizes(target.get(), "shape")));
        node.give(shape);
        node.contents(0)
                .filter(elements -> Contents.fits(shape))
                .ifPresent(elements -> node.learn(elements.expanded(shape)));
    }

    /** Tile: each axis so many times. */
    static void tile(Application node) {
        Optional<Contents> repeats = node.contents(1);
        if (!node.ranked(0)) {
            Dim rank = node.dim(1, 0);
            node.give(rank.isKnown() && node.inputCount() == 2 ? ofRank(rank.size()) : Shape.UNRANKED);
            return;
        }
        Shape x = node.shape(0);
        if (node.inputCount() == 3 || repeats.isEmpty()) {
            node.give(Shape.ofRank(x.rank()));
            return;
        }
        List<Dim> times = sizes(repeats.get(), "repeats").dims();
        if (times.size() != x.rank()) {
            throw Application.invalid("repeats has %s values for X of shape %s", times.size(), x);
        }
        node.give(Shape.of(IntStream.range(0, x.rank())
                .mapToObj(axis -> Sizes.times(x.dim(axis), times.get(axis)))
                .toList()));
    }

    /** DepthToSpace: [N, C, H, W] to [N, C / b², H * b, W * b]. */
    static void depthToSpace(Application node) {
        node.expectRank(0, 4, "input");
        long block = blockSize(node);
        node.give(Shape.of(List.of(
                node.dim(0, 0),
                divided(node.dim(0, 1), Math.multiplyExact(block, block), "channels"),
                Sizes.times(node.dim(0, 2), block),
                Sizes.times(node.dim(0, 3), block))));
    }

    /** SpaceToDepth: [N, C, H, W] to [N, C * b², H / b, W / b]. */
    static void spaceToDepth(Application node) {
        node.expectRank(0, 4, "input");
        long block = blockSize(node);
        node.give(Shape.of(List.of(
                node.dim(0, 0),
                Sizes.times(node.dim(0, 1), Math.multiplyExact(block, block)),
                divided(node.dim(0, 2), block, "height"),
                divided(node.dim(0, 3), block, "width"))));
    }

    /** The elements as sizes. */
    static Shape sizes(Contents elements, String name) {
        for (Element element : elements.elements()) {
            if (element instanceof Element.Whole whole && whole.value() < 0) {
                throw Application.invalid("%s %s has a negative size", name, elements.elements());
            }
        }
        return Shape.of(elements.elements().stream().map(Element::toDim).toList());
    }

    private static int clamped(long axis, int rank) {
        long front = axis < 0 ? axis + rank : axis;
        return (int) Math.max(0, Math.min(rank, front));
    }

    private static List<Integer> onesOf(Shape x) {
        return IntStream.range(0, x.rank())
                .filter(axis -> Sizes.isOne(x.dim(axis)))
                .boxed()
                .toList();
    }

    private static long blockSize(Application node) {
        long block = node.attributes().intOr("blocksize", 0);
        if (block < 1) {
            throw Application.invalid("blocksize is %s, expected at least 1", block);
        }
        return block;
    }

    private static Dim divided(Dim size, long by, String what) {
        if (by == 1 || !size.isKnown()) {
            return by == 1 ? size : Dim.UNKNOWN;
        }
        if (size.size() % by != 0) {
            throw Application.invalid("%s %s are not divisible by %s", what, size, by);
        }
        return Dim.of(size.size() / by);
    }
}
