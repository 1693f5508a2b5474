package dev.entrepot.importers;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import java.util.Optional;

/**
 * What a caller says about a model's input.
 *
 * @param name the input's name in the source
 * @param type the element type
 * @param shape the shape; its symbols become the ONNX input's
 * @param fixed a number that the input always is, so that the ONNX model has no such input; true is 1 and false is 0
 * @param literal what a parameter of Python source always is, as Python writes it: {@code 3}, {@code None}, {@code ['fc8', 'prob']}
 */
public record InputSpec(String name, DataType type, Shape shape, Optional<Double> fixed, Optional<String> literal) {

    /** An input that stays one. */
    public InputSpec(String name, DataType type, Shape shape) {
        this(name, type, shape, Optional.empty(), Optional.empty());
    }

    /** An input that is always this number, which Python writes so; empty where it is no number. */
    public static InputSpec always(String name, Optional<Double> number, String literal) {
        return new InputSpec(name, DataType.DOUBLE, Shape.SCALAR, number, Optional.of(literal));
    }

    /** Whether the ONNX model has it. */
    public boolean staysInput() {
        return fixed.isEmpty() && literal.isEmpty();
    }

    /** Whether only a parameter of Python source can be this. */
    public boolean isForSource() {
        return fixed.isEmpty() && literal.isPresent();
    }

    /**
     * Reads {@code NAME:DTYPE[D0,D1,...]}, where DTYPE may be left out and a dimension is a number, a symbol or {@code ?}; or
     * {@code NAME=VALUE}, an input that always has this value and is none of the ONNX model's: a number, or what a parameter of Python source
     * may also be, a text in quotes, {@code None}, or a list or tuple of such.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static InputSpec parse(String text) {
        return InputForm.parse(text);
    }
}
