package dev.entrepot.onnx.infer;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Operators that make tensors from attributes and sizes. */
final class Creation {

    private Creation() {}

    /** Constant: a tensor in one of seven attributes. */
    static void constant(Application node) {
        for (String name : List.of(
                "value", "value_int", "value_ints", "value_float", "value_floats", "value_string", "value_strings")) {
            node.attributes().get(name).flatMap(Creation::tensor).ifPresent(node::isConstant);
        }
        if (node.attributes().get("sparse_value").isPresent()) {
            node.give(0, ValueType.UNKNOWN);
        }
    }

    /** ConstantOfShape: one value, a float 0 by default, everywhere. */
    static void constantOfShape(Application node) {
        Optional<Tensor> value = node.attributes().tensor("value");
        DataType type = value.map(Tensor::type).orElse(DataType.FLOAT);
        node.expectRank(0, 1, "input");
        Shape shape = shapeFrom(node, 0);
        node.give(type, shape);
        if (value.isPresent() && value.get().elementCount() != 1) {
            throw Application.invalid("value is %s, expected one element", value.get());
        }
        Element element = value.isEmpty()
                ? new Element.Real(0)
                : Facts.read(value.get()).map(one -> one.elements().get(0)).orElse(Element.UNKNOWN);
        Contents.filled(shape, element).ifPresent(node::learn);
    }

    /** Range: from start up to but without limit in steps of delta. */
    static void range(Application node) {
        for (int i = 0; i < 3; i++) {
            node.expectOneElement(i, List.of("start", "limit", "delta").get(i));
        }
        Element start = node.element(0).orElse(Element.UNKNOWN);
        Element limit = node.element(1).orElse(Element.UNKNOWN);
        Element delta = node.element(2).orElse(Element.UNKNOWN);
        Dim length = length(start, limit, delta);
        node.give(Shape.of(List.of(length)));
        if (start instanceof Element.Whole first
                && delta instanceof Element.Whole step
                && Contents.fits(Shape.of(List.of(length)))) {
            node.learn(Contents.vector(LongStream.range(0, length.size())
                    .mapToObj(i -> Element.of(first.value() + i * step.value()))
                    .toList()));
        }
    }

    private static Dim length(Element start, Element limit, Element delta) {
        if (delta.is(0)) {
            throw Application.invalid("delta is 0");
        }
        if (start.is(0) && delta.is(1) && limit instanceof Element.Size size) {
            return size.symbol();
        }
        if (start instanceof Element.Whole from
                && limit instanceof Element.Whole to
                && delta instanceof Element.Whole step) {
            long back = Math.subtractExact(from.value(), to.value());
            return Dim.of(Math.max(0, Math.negateExact(Math.floorDiv(back, step.value()))));
        }
        if (start instanceof Element.Real from
                && limit instanceof Element.Real to
                && delta instanceof Element.Real step) {
            double length = Math.ceil((to.value() - from.value()) / step.value());
            return length < 0x1p53 ? Dim.of((long) Math.max(0, length)) : Dim.UNKNOWN;
        }
        return Dim.UNKNOWN;
    }

    /** EyeLike: a matrix of the input's shape. */
    static void eyeLike(Application node) {
        node.expectRank(0, 2, "input");
        node.give(node.typeAttribute("dtype", node.type(0)), node.shape(0));
    }

    /** OneHot: a new axis of size depth. */
    static void oneHot(Application node) {
        Optional<Element> depth = node.element(1);
        if (!node.ranked(0)) {
            node.give(node.type(2), Shape.UNRANKED);
            return;
        }
        List<Dim> dims = new ArrayList<>(node.shape(0).dims());
        int axis = Application.axis(node.attributes().intOr("axis", -1), dims.size() + 1);
        dims.add(axis, depth.map(known -> known.toWhole().toDim()).orElse(Dim.UNKNOWN));
        node.give(node.type(2), Shape.of(dims));
    }

    /** RandomNormal, RandomUniform: of attribute {@code shape}. */
    static void random(Application node) {
        node.give(node.typeAttribute("dtype", DataType.FLOAT), sizes("shape", node.intsOr("shape")));
    }

    /** RandomNormalLike, RandomUniformLike. */
    static void randomLike(Application node) {
        node.give(node.typeAttribute("dtype", node.type(0)), node.shape(0));
    }

    /** Multinomial: [N, classes] to [N, sample_size]. */
    static void multinomial(Application node) {
        node.expectRank(0, 2, "input");
        Shape samples = sizes("sample_size", node.attributes().intOr("sample_size", 1));
        node.give(node.typeAttribute("dtype", DataType.INT32), Shape.of(List.of(node.dim(0, 0), samples.dim(0))));
    }

    private static Shape sizes(String name, long... sizes) {
        return Shapes.sizes(
                Contents.vector(Arrays.stream(sizes).mapToObj(Element::of).toList()), name);
    }

    /** The shape that a vector of sizes tells. */
    static Shape shapeFrom(Application node, int input) {
        Optional<Contents> sizes = node.contents(input);
        if (sizes.isPresent()) {
            return Shapes.sizes(sizes.get(), "shape");
        }
        Dim rank = node.dim(input, 0);
        return rank.isKnown() ? Shapes.ofRank(rank.size()) : Shape.UNRANKED;
    }

    private static Optional<Tensor> tensor(Attribute attribute) {
        if (attribute instanceof Attribute.TensorValue tensor) {
            return Optional.of(tensor.value());
        }
        if (attribute instanceof Attribute.IntValue one) {
            return Optional.of(Tensor.scalar(one.value()));
        }
        if (attribute instanceof Attribute.IntsValue ints) {
            return Optional.of(Tensor.vector(
                    ints.values().stream().mapToLong(Long::longValue).toArray()));
        }
        if (attribute instanceof Attribute.FloatValue one) {
            return Optional.of(Tensor.scalar(one.value()));
        }
        if (attribute instanceof Attribute.FloatsValue floats) {
            float[] values = new float[floats.values().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = floats.values().get(i);
            }
            return Optional.of(Tensor.vector(values));
        }
        if (attribute instanceof Attribute.StringValue one) {
            return Optional.of(Tensor.of(Shape.SCALAR, List.of(one.value())));
        }
        if (attribute instanceof Attribute.StringsValue strings) {
            return Optional.of(Tensor.of(Shape.of(strings.values().size()), strings.values()));
        }
        return Optional.empty();
    }
}
