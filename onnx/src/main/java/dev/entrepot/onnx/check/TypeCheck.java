package dev.entrepot.onnx.check;

import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.onnx.schema.FormalParameter;
import dev.entrepot.onnx.schema.Operator;
import dev.entrepot.tensor.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Whether the types of a node's values are among those its operator allows, and equal where they must be, as far as they are known. */
final class TypeCheck {

    private record Bound(String type, String by) {}

    private final Node node;
    private final Operator operator;
    private final Site site;
    private final Faults faults;
    private final Map<String, Bound> variables = new HashMap<>();

    TypeCheck(Node node, Operator operator, Site site, Faults faults) {
        this.node = node;
        this.operator = operator;
        this.site = site;
        this.faults = faults;
    }

    void check() {
        values("input", node.inputs(), operator::input);
        values("output", node.outputs(), operator::output);
    }

    private void values(String what, List<Value> values, IntFunction<Optional<FormalParameter>> parameters) {
        for (int i = 0; i < values.size(); i++) {
            String type = spelled(values.get(i).type());
            Optional<FormalParameter> parameter = parameters.apply(i);
            if (!type.isEmpty() && parameter.isPresent()) {
                value(what + " " + i + " (" + parameter.get().name() + ")", type, parameter.get());
            }
        }
    }

    private void value(String called, String type, FormalParameter parameter) {
        if (!operator.allowedTypes(parameter).contains(type)) {
            faults.malformed(
                    site,
                    called + " is " + type + ", " + operator + " takes "
                            + String.join(", ", operator.allowedTypes(parameter)));
            return;
        }
        if (parameter.occurrence() == FormalParameter.Occurrence.VARIADIC_HETEROGENEOUS
                || operator.typeConstraint(parameter.type()).isEmpty()) {
            return;
        }
        Bound first = variables.putIfAbsent(parameter.type(), new Bound(type, called));
        if (first != null && !first.type.equals(type)) {
            faults.malformed(site, called + " is " + type + ", expected " + first.type + " as " + first.by + " is");
        }
    }

    /** A type as ONNX's operator schemas have it, such as {@code tensor(float)}; empty if not all is known. */
    static String spelled(ValueType type) {
        if (type instanceof ValueType.TensorType tensor) {
            return of("tensor", spelled(tensor.type()));
        }
        if (type instanceof ValueType.SparseTensorType tensor) {
            return of("sparse_tensor", spelled(tensor.type()));
        }
        if (type instanceof ValueType.SequenceType sequence) {
            return of("seq", spelled(sequence.element()));
        }
        if (type instanceof ValueType.OptionalType optional) {
            return of("optional", spelled(optional.element()));
        }
        if (type instanceof ValueType.MapType map) {
            String value =
                    map.value() instanceof ValueType.TensorType scalar ? spelled(scalar.type()) : spelled(map.value());
            return value.isEmpty() ? "" : "map(" + spelled(map.key()) + "," + value + ")";
        }
        return "";
    }

    private static String spelled(DataType type) {
        return type == DataType.UNDEFINED ? "" : type.onnxName();
    }

    private static String of(String kind, String element) {
        return element.isEmpty() ? "" : kind + "(" + element + ")";
    }
}
