package dev.entrepot.onnx.check;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.AttributeKind;
import dev.entrepot.onnx.graph.Function;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.schema.AttributeSchema;
import dev.entrepot.onnx.schema.FormalParameter;
import dev.entrepot.onnx.schema.Operator;
import dev.entrepot.onnx.schema.Operators;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Whether a node is as its operator, or the function that it calls, demands. Source: onnx/defs/schema.cc, OpSchema::Verify. */
final class NodeCheck {

    private final Node node;
    private final Site site;
    private final Context context;
    private final Faults faults;

    NodeCheck(Node node, Site site, Context context) {
        this.node = node;
        this.site = site;
        this.context = context;
        this.faults = context.faults();
    }

    void check() {
        if (node.inputs().isEmpty() && node.outputs().isEmpty()) {
            faults.malformed(site, "has neither inputs nor outputs");
        }
        node.attributes().values().forEach(this::reference);
        Long version = context.imports().get(node.domain());
        Optional<Function> called = context.functions().calledBy(node);
        if (version == null) {
            faults.malformed(site, "is of domain \"" + node.domain() + "\", of which no opset is imported");
        } else if (called.isPresent()) {
            call(called.get());
        } else {
            operator(version);
        }
    }

    private void operator(long version) {
        Optional<Operator> found = Operators.onnx().find(node.domain(), node.op(), version);
        if (found.isEmpty()) {
            unknown(version);
            return;
        }
        Operator operator = found.get();
        if (operator.isDeprecated()) {
            faults.malformed(site, "is " + operator + ", which is no longer allowed");
            return;
        }
        arity("inputs", node.inputs().size(), operator.minInputs(), operator.maxInputs(), operator);
        arity("outputs", node.outputs().size(), operator.minOutputs(), operator.maxOutputs(), operator);
        leftOut("input", node.inputs(), operator::input);
        leftOut("output", node.outputs(), operator::output);
        attributes(operator);
        new TypeCheck(node, operator, site, faults).check();
    }

    private void unknown(long version) {
        if (!Operators.onnx().domains().contains(node.domain())) {
            faults.unsupported(
                    site, "is of domain \"" + node.domain() + "\", which is neither ONNX's nor a function's");
            return;
        }
        List<Operator> history = Operators.onnx().history(node.domain(), node.op());
        String why = history.isEmpty()
                ? "is no operator of ONNX"
                : "came with opset " + history.get(0).sinceVersion() + ", the model imports opset " + version;
        faults.unsupported(site, why);
    }

    private void arity(String what, int found, int least, int most, Operator operator) {
        if (found < least || found > most) {
            String expected = most == Integer.MAX_VALUE
                    ? "at least " + least
                    : least == most ? "" + least : least + " to " + most;
            faults.malformed(site, "has " + found + " " + what + ", " + operator + " takes " + expected);
        }
    }

    private void leftOut(String what, List<Value> values, IntFunction<Optional<FormalParameter>> parameters) {
        for (int i = 0; i < values.size(); i++) {
            Optional<FormalParameter> parameter = parameters.apply(i);
            if (values.get(i).isNone()
                    && parameter.isPresent()
                    && parameter.get().occurrence() == FormalParameter.Occurrence.SINGLE) {
                faults.malformed(
                        site,
                        "leaves out " + what + " " + i + " (" + parameter.get().name() + "), which must be given");
            }
        }
    }

    private void attributes(Operator operator) {
        node.attributes().values().forEach((name, attribute) -> {
            Optional<AttributeSchema> schema = operator.attribute(name);
            if (schema.isPresent()) {
                kind(name, attribute, schema.get());
            } else if (!name.startsWith("__")) {
                faults.malformed(site, "has the attribute \"" + name + "\", which " + operator + " does not know");
            }
        });
        for (AttributeSchema schema : operator.attributes()) {
            if (schema.isRequired() && node.attributes().get(schema.name()).isEmpty()) {
                faults.malformed(site, "lacks the attribute \"" + schema.name() + "\", which " + operator + " demands");
            }
        }
    }

    private void kind(String name, Attribute attribute, AttributeSchema schema) {
        String expected = schema.type().keyword();
        String found = attribute instanceof Attribute.Reference reference
                ? reference.type()
                : AttributeKind.of(attribute).keyword();
        if (!found.equals(expected)) {
            faults.malformed(
                    site,
                    "has the attribute \"" + name + "\" of kind " + (found.isEmpty() ? "unknown" : found)
                            + ", expected " + expected);
        }
    }

    private void reference(String name, Attribute attribute) {
        if (!(attribute instanceof Attribute.Reference reference)) {
            return;
        }
        String attributeName = reference.attributeName();
        if (context.within().isEmpty()) {
            faults.malformed(site, "has the attribute \"" + name + "\", which refers to a function's, but is in none");
        } else if (!knows(context.within().get(), attributeName)) {
            faults.malformed(
                    site,
                    "has the attribute \"" + name + "\", which refers to \"" + attributeName
                            + "\", which the function does not have");
        }
    }

    private void call(Function function) {
        upTo("inputs", node.inputs().size(), function.inputs().size());
        upTo("outputs", node.outputs().size(), function.outputs().size());
        for (String name : node.attributes().values().keySet()) {
            if (!knows(function, name)) {
                faults.malformed(
                        site, "has the attribute \"" + name + "\", which the function that it calls does not have");
            }
        }
    }

    private void upTo(String what, int found, int most) {
        if (found > most) {
            faults.malformed(site, "has " + found + " " + what + ", the function that it calls has " + most);
        }
    }

    private static boolean knows(Function function, String attribute) {
        return function.attributeNames().contains(attribute)
                || function.attributeDefaults().get(attribute).isPresent();
    }
}
