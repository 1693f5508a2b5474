package dev.entrepot.onnx.schema;

import dev.entrepot.tensor.DataType;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A type variable of an operator and the types that it may stand for. Source: ONNX {@code OpSchema::TypeConstraintParam}.
 *
 * @param variable the variable's name, such as {@code T}
 * @param allowed the types in ONNX's spelling, without blanks: {@code tensor(float)}, {@code seq(tensor(int64))},
 *     {@code map(string,float)}
 */
public record TypeConstraint(String variable, Set<String> allowed) {

    public TypeConstraint {
        allowed = Collections.unmodifiableSet(new LinkedHashSet<>(allowed));
    }

    /** Whether the variable may stand for a tensor of these elements. */
    public boolean allowsTensor(DataType element) {
        return allowed.contains(tensor(element.onnxName()));
    }

    /** ONNX's spelling of the type of a tensor. */
    static String tensor(String element) {
        return "tensor(".concat(element).concat(")");
    }
}
