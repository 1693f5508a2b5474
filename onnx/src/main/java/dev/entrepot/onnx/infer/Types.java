package dev.entrepot.onnx.infer;

import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.onnx.graph.ValueType.OptionalType;
import dev.entrepot.onnx.graph.ValueType.SequenceType;
import dev.entrepot.onnx.graph.ValueType.TensorType;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** What two descriptions of a value tell together. */
final class Types {

    private Types() {}

    /**
     * What holds whichever of two ways control takes.
     *
     * @throws InvalidNodeException if the element types differ
     */
    static ValueType either(ValueType a, ValueType b) {
        if (a instanceof TensorType first && b instanceof TensorType second) {
            return ValueType.tensor(sameType(first.type(), second.type()), either(first.shape(), second.shape()));
        }
        if (a instanceof SequenceType first && b instanceof SequenceType second) {
            return new SequenceType(either(first.element(), second.element()));
        }
        if (a instanceof OptionalType first && b instanceof OptionalType second) {
            return new OptionalType(either(first.element(), second.element()));
        }
        return a.equals(b) ? a : ValueType.UNKNOWN;
    }

    /** Only what no iteration can change: the element type. */
    static ValueType withoutShape(ValueType type) {
        if (type instanceof TensorType tensor) {
            return ValueType.tensor(tensor.type(), Shape.UNRANKED);
        }
        if (type instanceof SequenceType sequence) {
            return new SequenceType(withoutShape(sequence.element()));
        }
        return type instanceof OptionalType optional ? new OptionalType(withoutShape(optional.element())) : type;
    }

    /**
     * What was inferred, and where that leaves something open what was declared. Where the shapes differ, the inferred one stands: many
     * models carry shapes of before they were changed.
     *
     * @throws InvalidNodeException if the element types differ
     */
    static ValueType refined(ValueType inferred, ValueType declared) {
        if (inferred instanceof TensorType first && declared instanceof TensorType second) {
            return ValueType.tensor(sameType(first.type(), second.type()), refined(first.shape(), second.shape()));
        }
        if (inferred instanceof SequenceType first && declared instanceof SequenceType second) {
            return new SequenceType(refined(first.element(), second.element()));
        }
        if (inferred instanceof OptionalType first && declared instanceof OptionalType second) {
            return new OptionalType(refined(first.element(), second.element()));
        }
        return inferred.equals(ValueType.UNKNOWN) ? declared : inferred;
    }

    private static Shape refined(Shape inferred, Shape declared) {
        if (!inferred.ranked() || !declared.ranked() || inferred.rank() != declared.rank()) {
            return inferred.ranked() ? inferred : declared;
        }
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < inferred.rank(); axis++) {
            dims.add(Sizes.known(inferred.dim(axis), declared.dim(axis)));
        }
        return Shape.of(dims);
    }

    private static Shape either(Shape a, Shape b) {
        if (!a.ranked() || !b.ranked() || a.rank() != b.rank()) {
            return Shape.UNRANKED;
        }
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < a.rank(); axis++) {
            dims.add(a.dim(axis).equals(b.dim(axis)) ? a.dim(axis) : Dim.UNKNOWN);
        }
        return Shape.of(dims);
    }

    private static DataType sameType(DataType a, DataType b) {
        if (a != b && a != DataType.UNDEFINED && b != DataType.UNDEFINED) {
            throw Application.invalid("element types must be equal, found %s and %s", a.numpyName(), b.numpyName());
        }
        return a == DataType.UNDEFINED ? b : a;
    }
}
