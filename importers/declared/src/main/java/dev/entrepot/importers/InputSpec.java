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
 */
public record InputSpec(String name, DataType type, Shape shape, Optional<Double> fixed) {

    /** An input that stays one. */
    public InputSpec(String name, DataType type, Shape shape) {
        this(name, type, shape, Optional.empty());
    }

    /**
     * Reads {@code NAME:DTYPE[D0,D1,...]}, where DTYPE may be left out and a dimension is a number, a symbol or {@code ?}; or
     * {@code NAME=NUMBER}, an input that always has this value and is none of the ONNX model's.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static InputSpec parse(String text) {
        return InputForm.parse(text);
    }
}
