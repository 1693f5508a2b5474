package dev.entrepot.onnx.infer;

import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Operators that cut tensors, put them together or pad them. */
final class Pieces {

    private Pieces() {}

    /** Concat: sizes along {@code axis} add up, all others are equal. */
    static void concat(Application node) {
        List<Shape> shapes =
                IntStream.range(0, node.inputCount()).mapToObj(node::shape).toList();
        Optional<Shape> ranked = shapes.stream().filter(Shape::ranked).findFirst();
        if (ranked.isEmpty()) {
            node.give(Shape.UNRANKED);
            return;
        }
        int rank = ranked.get().rank();
        int axis = Application.axis(node.attributes().intOr("axis", 1), rank);
        Shape joined = shapes.stream()
                .map(shape -> shape.ranked() ? shape : Shape.ofRank(rank))
                .reduce((a, b) -> joined(a, b, axis))
                .orElseThrow();
        node.give(joined);
        boolean followed = rank == 1
                && Contents.fits(joined)
                && IntStream.range(0, node.inputCount())
                        .allMatch(input -> node.contents(input).isPresent());
        if (followed) {
            node.learn(Contents.joined(IntStream.range(0, node.inputCount())
                    .mapToObj(input -> node.contents(input).orElseThrow())
                    .toList()));
        }
    }

    private static Shape joined(Shape a, Shape b, int axis) {
        if (a.rank() != b.rank()) {
            throw Application.invalid("shapes %s and %s cannot be concatenated: their ranks differ", a, b);
        }
        Dim sum = Sizes.plus(a.dim(axis), b.dim(axis));
        return Sizes.same(
                a.with(axis, sum), b.with(axis, sum), "sizes of concatenated tensors apart from axis " + axis);
    }

    /** Split: into the sizes given, or equal parts of which the last may be smaller. */
    static void split(Application node) {
        int parts = node.outputCount();
        if (!node.ranked(0)) {
            IntStream.range(0, parts).forEach(part -> node.give(part, node.type(0), Shape.UNRANKED));
            return;
        }
        Shape x = node.shape(0);
        int axis = Application.axis(node.attributes().intOr("axis", 0), x.rank());
        List<Dim> sizes = splitSizes(node, x.dim(axis), parts);
        int begin = 0;
        for (int part = 0; part < parts; part++) {
            Shape shape = x.with(axis, sizes.get(part));
            node.give(part, node.type(0), shape);
            if (x.rank() == 1 && shape.isStatic()) {
                int from = begin;
                int to = begin + Math.toIntExact(shape.dim(0).size());
                int output = part;
                node.contents(0)
                        .filter(elements -> to <= elements.elements().size())
                        .ifPresent(elements -> node.learn(
                                output, Contents.vector(elements.elements().subList(from, to))));
                begin = to;
            }
        }
    }

    private static List<Dim> splitSizes(Application node, Dim whole, int parts) {
        boolean given = node.has(1) || node.attributes().ints("split").isPresent();
        if (given) {
            Optional<long[]> sizes = node.ints("split", 1);
            if (sizes.isEmpty()) {
                return Shape.ofRank(parts).dims();
            }
            long sum = Arrays.stream(sizes.get()).reduce(0, Math::addExact);
            boolean negative = Arrays.stream(sizes.get()).anyMatch(size -> size < 0);
            if (negative || sizes.get().length != parts || whole.isKnown() && whole.size() != sum) {
                throw Application.invalid(
                        "split %s does not divide size %s into %s outputs", Arrays.toString(sizes.get()), whole, parts);
            }
            return Shape.of(sizes.get()).dims();
        }
        if (parts == 1) {
            return List.of(whole);
        }
        if (!whole.isKnown()) {
            return Shape.ofRank(parts).dims();
        }
        long size = Math.addExact(whole.size(), parts - 1) / parts;
        boolean uneven = node.attributes().get("num_outputs").isEmpty() && whole.size() % parts != 0;
        if (uneven || whole.size() - size * (parts - 1) < 0) {
            throw Application.invalid("size %s does not divide into %s outputs", whole, parts);
        }
        List<Dim> sizes = new ArrayList<>(Shape.of(new long[parts]).dims());
        sizes.replaceAll(any -> Dim.of(size));
        sizes.set(parts - 1, Dim.of(whole.size() - size * (parts - 1)));
        return sizes;
    }

    /** Slice: from starts to ends in steps; attributes in opset 1, inputs from 10 on. */
    static void slice(Application node) {
        if (!node.ranked(0)) {
            node.give(Shape.UNRANKED);
            return;
        }
        Shape x = node.shape(0);
        Optional<List<Integer>> axes = sliceAxes(node, x.rank());
        if (axes.isEmpty()) {
            node.give(Shape.ofRank(x.rank()));
            return;
        }
        List<Element> starts = elements(node, "starts", 1, axes.get().size());
        List<Element> ends = elements(node, "ends", 2, axes.get().size());
        List<Element> steps = node.has(4)
                ? elements(node, "steps", 4, axes.get().size())
                : ones(axes.get().size());
        Shape y = x;
        Optional<Contents> contents = node.contents(0);
        for (int i = 0; i < axes.get().size(); i++) {
            int axis = axes.get().get(i);
            var cut = new Cut(x.dim(axis), starts.get(i), ends.get(i), steps.get(i));
            y = y.with(axis, cut.length());
            contents = cut.indices().isPresent()
                    ? contents.map(
                            elements -> elements.taken(axis, cut.indices().get()))
                    : Optional.empty();
        }
        node.give(y);
        contents.ifPresent(node::learn);
    }

    private static Optional<List<Integer>> sliceAxes(Application node, int rank) {
        if (node.has(3) || node.attributes().ints("axes").isPresent()) {
            return node.ints("axes", 3).map(axes -> Application.distinctAxes(axes, rank));
        }
        Optional<Long> count = node.attributes().ints("starts").map(starts -> (long) starts.size());
        if (count.isEmpty() && node.dim(1, 0).isKnown()) {
            count = Optional.of(node.dim(1, 0).size());
        }
        if (count.isPresent() && count.get() > rank) {
            throw Application.invalid("starts has %s values for %s axes", count.get(), rank);
        }
        return count.map(axes -> IntStream.range(0, axes.intValue()).boxed().toList());
    }

    private static List<Element> elements(Application node, String name, int input, int count) {
        Optional<List<Long>> attribute = node.attributes().ints(name);
        List<Element> found = attribute.isPresent()
                ? attribute.get().stream()
                        .map(value -> Element.of(value.longValue()))
                        .toList()
                : node.contents(input).map(Contents::elements).orElseGet(() -> unknown(count));
        if (found.size() != count) {
            throw Application.invalid("%s has %s values, expected one for each of %s axes", name, found.size(), count);
        }
        return found;
    }

    private static List<Element> unknown(int count) {
        return IntStream.range(0, count).mapToObj(i -> Element.UNKNOWN).toList();
    }

    private static List<Element> ones(int count) {
        return IntStream.range(0, count).mapToObj(i -> Element.of(1)).toList();
    }

    /** Pad: so much before and behind each axis; negative pads cut off. */
    static void pad(Application node) {
        if (!node.ranked(0)) {
            node.give(Shape.UNRANKED);
            return;
        }
        Shape x = node.shape(0);
        Optional<List<Integer>> axes = node.has(3)
                ? node.longs(3).map(given -> Application.distinctAxes(given, x.rank()))
                : Optional.of(IntStream.range(0, x.rank()).boxed().toList());
        if (axes.isEmpty()) {
            node.give(Shape.ofRank(x.rank()));
            return;
        }
        int count = axes.get().size();
        String name = node.attributes().ints("paddings").isPresent() ? "paddings" : "pads";
        List<Element> pads = elements(node, name, 1, 2 * count);
        Shape y = x;
        for (int i = 0; i < count; i++) {
            int axis = axes.get().get(i);
            y = y.with(axis, padded(x.dim(axis), pads.get(i).plus(pads.get(i + count)), node));
        }
        node.give(y);
    }

    private static Dim padded(Dim size, Element padding, Application node) {
        Element sum = Element.of(size).plus(padding);
        if (sum instanceof Element.Whole whole && whole.value() < 0) {
            throw Application.invalid("size %s of %s would become %s", size, node.shape(0), whole.value());
        }
        return sum.toDim();
    }

    /** CenterCropPad: the axes get the sizes of the second input. */
    static void centerCropPad(Application node) {
        if (!node.ranked(0)) {
            node.give(Shape.UNRANKED);
            return;
        }
        Shape x = node.shape(0);
        List<Integer> axes = node.attributes().ints("axes").isPresent()
                ? Application.distinctAxes(node.intsOr("axes"), x.rank())
                : IntStream.range(0, x.rank()).boxed().toList();
        List<Element> sizes = elements(node, "shape", 1, axes.size());
        Shape y = x;
        for (int i = 0; i < axes.size(); i++) {
            y = y.with(axes.get(i), sizes.get(i).toDim());
        }
        node.give(y);
    }
}
