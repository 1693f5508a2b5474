package dev.entrepot.onnx.opset;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.onnx.schema.AttributeDefault;
import dev.entrepot.onnx.schema.AttributeSchema;
import dev.entrepot.onnx.schema.FormalParameter;
import dev.entrepot.onnx.schema.Operator;
import dev.entrepot.tensor.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** What two versions of an operator tell of each other by their schemas alone. */
final class SchemaFit {

    private SchemaFit() {}

    /**
     * The attributes that say in another version what these say here: what only states the default and is not known there is left out,
     * and a default that differs there is written out.
     */
    static Attributes attributes(Node node, Operator here, Operator there) {
        Attributes attributes = Attributes.NONE;
        for (var entry : node.attributes().values().entrySet()) {
            String name = entry.getKey();
            boolean statesDefault =
                    here.attribute(name).flatMap(SchemaFit::whenAbsent).equals(Optional.of(entry.getValue()));
            if (there.attribute(name).isPresent() || !statesDefault) {
                attributes = attributes.with(name, entry.getValue());
            }
        }
        for (AttributeSchema schema : here.attributes()) {
            Optional<Attribute> absent = whenAbsent(schema);
            Optional<AttributeSchema> other = there.attribute(schema.name());
            if (node.attributes().get(schema.name()).isEmpty()
                    && absent.isPresent()
                    && other.isPresent()
                    && !whenAbsent(other.get()).equals(absent)) {
                attributes = attributes.with(schema.name(), absent.get());
            }
        }
        return attributes;
    }

    /** What of a node this version of its operator does not know or take; its values are typed as far as they are known. */
    static Optional<String> misfit(Node node, Operator operator) {
        for (var entry : node.attributes().values().entrySet()) {
            if (operator.attribute(entry.getKey()).isEmpty() && !entry.getKey().startsWith("__")) {
                return Optional.of(operator + " has no attribute \"" + entry.getKey() + "\", which is "
                        + text(entry.getValue()) + " here");
            }
        }
        List<Value> inputs = Rewrite.withoutTrailing(node.inputs());
        if (inputs.size() > operator.maxInputs() || inputs.size() < operator.minInputs()) {
            return Optional.of(operator + " takes " + operator.minInputs() + " to " + operator.maxInputs()
                    + " inputs, there are " + inputs.size());
        }
        List<Value> outputs = Rewrite.withoutTrailing(node.outputs());
        if (outputs.size() > operator.maxOutputs()) {
            return Optional.of(
                    operator + " makes at most " + operator.maxOutputs() + " outputs, there are " + outputs.size());
        }
        Map<String, String> bound = new HashMap<>();
        return types("input", inputs, operator::input, operator, bound)
                .or(() -> types("output", outputs, operator::output, operator, bound));
    }

    private static Optional<String> types(
            String role,
            List<Value> values,
            IntFunction<Optional<FormalParameter>> parameters,
            Operator operator,
            Map<String, String> bound) {
        for (int i = 0; i < values.size(); i++) {
            FormalParameter parameter = parameters.apply(i).orElseThrow();
            Optional<String> type = text(values.get(i).type());
            if (values.get(i).isNone() || type.isEmpty()) {
                continue;
            }
            if (!operator.allowedTypes(parameter).contains(type.get())) {
                return Optional.of(operator + " takes no " + type.get() + " as " + role + " " + parameter.name());
            }
            String same = bound.putIfAbsent(parameter.type(), type.get());
            if (same != null
                    && !same.equals(type.get())
                    && parameter.occurrence() != FormalParameter.Occurrence.VARIADIC_HETEROGENEOUS) {
                return Optional.of(operator + " takes one type for all " + parameter.type() + ", " + role + " "
                        + parameter.name() + " is " + type.get() + ", another is " + same);
            }
        }
        return Optional.empty();
    }

    private static Optional<Attribute> whenAbsent(AttributeSchema schema) {
        AttributeDefault value = schema.whenAbsent();
        if (value instanceof AttributeDefault.FloatDefault number) {
            return Optional.of(new Attribute.FloatValue(number.value()));
        } else if (value instanceof AttributeDefault.IntDefault number) {
            return Optional.of(new Attribute.IntValue(number.value()));
        } else if (value instanceof AttributeDefault.StringDefault text) {
            return Optional.of(new Attribute.StringValue(text.value()));
        } else if (value instanceof AttributeDefault.IntsDefault numbers) {
            return Optional.of(new Attribute.IntsValue(numbers.values()));
        } else if (value instanceof AttributeDefault.StringsDefault texts) {
            return Optional.of(new Attribute.StringsValue(texts.values()));
        }
        return Optional.empty();
    }

    /** The type without its shape in ONNX's spelling, if all of it is known. */
    private static Optional<String> text(ValueType type) {
        if (type instanceof ValueType.TensorType tensor && tensor.type() != DataType.UNDEFINED) {
            return Optional.of("tensor(" + tensor.type().onnxName() + ")");
        } else if (type instanceof ValueType.SequenceType sequence) {
            return text(sequence.element()).map(element -> "seq(" + element + ")");
        } else if (type instanceof ValueType.OptionalType optional) {
            return text(optional.element()).map(element -> "optional(" + element + ")");
        }
        return Optional.empty();
    }

    /** An attribute's value for a message. */
    private static String text(Attribute attribute) {
        if (attribute instanceof Attribute.IntValue number) {
            return Long.toString(number.value());
        } else if (attribute instanceof Attribute.FloatValue number) {
            return Float.toString(number.value());
        } else if (attribute instanceof Attribute.StringValue string) {
            return "\"" + string.value() + "\"";
        } else if (attribute instanceof Attribute.IntsValue numbers) {
            return numbers.values().toString();
        }
        return "given";
    }
}
