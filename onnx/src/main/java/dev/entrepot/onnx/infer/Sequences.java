package dev.entrepot.onnx.infer;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.onnx.graph.ValueType.OptionalType;
import dev.entrepot.onnx.graph.ValueType.SequenceType;
import dev.entrepot.onnx.graph.ValueType.TensorType;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Operators on sequences and optional values. A sequence's element type is what holds of all its elements. */
final class Sequences {

    private Sequences() {}

    /** SequenceEmpty: of tensors of attribute {@code dtype}. */
    static void empty(Application node) {
        node.give(0, new SequenceType(ValueType.tensor(node.typeAttribute("dtype", DataType.FLOAT), Shape.UNRANKED)));
    }

    /** SequenceConstruct. */
    static void construct(Application node) {
        IntStream.range(0, node.inputCount())
                .mapToObj(node::valueType)
                .reduce(Types::either)
                .ifPresent(element -> node.give(0, new SequenceType(element)));
    }

    /** SequenceInsert. */
    static void insert(Application node) {
        if (node.valueType(0) instanceof SequenceType sequence) {
            node.give(0, new SequenceType(Types.either(sequence.element(), node.valueType(1))));
        }
    }

    /** SequenceErase: of the same elements. */
    static void erase(Application node) {
        node.give(0, node.valueType(0));
    }

    /** SequenceAt: one element. */
    static void at(Application node) {
        if (node.valueType(0) instanceof SequenceType sequence) {
            node.give(0, sequence.element());
        }
    }

    /** SequenceLength. */
    static void length(Application node) {
        node.give(DataType.INT64, Shape.SCALAR);
    }

    /** ConcatFromSequence: along an axis of the elements, or a new one. */
    static void concat(Application node) {
        if (!(node.valueType(0) instanceof SequenceType sequence && sequence.element() instanceof TensorType element)) {
            return;
        }
        if (!element.shape().ranked()) {
            node.give(element.type(), Shape.UNRANKED);
            return;
        }
        boolean newAxis = node.attributes().intOr("new_axis", 0) == 1;
        List<Dim> dims = new ArrayList<>(element.shape().dims());
        int axis = Application.axis(node.attributes().intOr("axis", 0), dims.size() + (newAxis ? 1 : 0));
        if (newAxis) {
            dims.add(axis, Dim.UNKNOWN);
        } else {
            dims.set(axis, Dim.UNKNOWN);
        }
        node.give(element.type(), Shape.of(dims));
    }

    /** SplitToSequence: in parts of the sizes given, or of one element each. */
    static void split(Application node) {
        if (!node.ranked(0)) {
            node.give(0, new SequenceType(ValueType.tensor(node.type(0), Shape.UNRANKED)));
            return;
        }
        Shape x = node.shape(0);
        int axis = Application.axis(node.attributes().intOr("axis", 0), x.rank());
        Shape part = x.with(axis, partSize(node, x.dim(axis)));
        if (!node.has(1) && node.attributes().intOr("keepdims", 1) == 0) {
            part = Shape.of(IntStream.range(0, x.rank())
                    .filter(i -> i != axis)
                    .mapToObj(x::dim)
                    .toList());
        }
        node.give(0, new SequenceType(ValueType.tensor(node.type(0), part)));
    }

    private static Dim partSize(Application node, Dim whole) {
        if (!node.has(1)) {
            return Dim.of(1);
        }
        Optional<long[]> sizes = node.longs(1).filter(known -> known.length > 0 && node.ranked(1));
        if (sizes.isEmpty()) {
            return Dim.UNKNOWN;
        }
        long first = sizes.get()[0];
        if (Arrays.stream(sizes.get()).anyMatch(size -> size < 0)) {
            throw Application.invalid("split %s has a negative size", Arrays.toString(sizes.get()));
        }
        boolean oneSize = node.shape(1).rank() == 0;
        boolean even = oneSize
                ? first > 0 && whole.isKnown() && whole.size() % first == 0
                : Arrays.stream(sizes.get()).allMatch(size -> size == first);
        return even ? Dim.of(first) : Dim.UNKNOWN;
    }

    /** Optional: the input, or nothing of attribute {@code type}. */
    static void optional(Application node) {
        if (node.has(0)) {
            node.give(0, new OptionalType(node.valueType(0)));
        } else if (node.attributes().get("type").orElse(null) instanceof Attribute.TypeValue type) {
            node.give(0, new OptionalType(type.value()));
        }
    }

    /** OptionalGetElement: what is in it; from opset 18 on the input need not be optional. */
    static void getElement(Application node) {
        node.give(0, node.valueType(0) instanceof OptionalType optional ? optional.element() : node.valueType(0));
    }

    /** OptionalHasElement. */
    static void hasElement(Application node) {
        node.give(DataType.BOOL, Shape.SCALAR);
    }
}
