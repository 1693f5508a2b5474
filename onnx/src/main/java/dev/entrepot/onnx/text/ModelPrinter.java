package dev.entrepot.onnx.text;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.AttributeKind;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Function;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Prints models, graphs, functions and nodes as the official printer does. Source: onnx/defs/printer.cc. */
final class ModelPrinter {

    private static final String INDENT = "   ";

    private final StringBuilder out;
    private final TensorPrinter tensors;

    ModelPrinter(StringBuilder out, long mostElements) {
        this.out = out;
        this.tensors = new TensorPrinter(out, mostElements);
    }

    void model(Model model) {
        out.append("<\n").append(INDENT).append("ir_version: ").append(model.irVersion());
        key("opset_import");
        opsets(model.opsetImports(), ", ");
        text("producer_name", model.producerName());
        text("producer_version", model.producerVersion());
        text("domain", model.domain());
        if (model.modelVersion() != 0) {
            key("model_version");
            out.append(model.modelVersion());
        }
        text("doc_string", model.doc());
        if (!model.metadata().isEmpty()) {
            key("metadata_props");
            list("[", ", ", "]", sorted(model.metadata()).entrySet(), entry -> {
                Names.quote(out, entry.getKey());
                out.append(": ");
                Names.quote(out, entry.getValue());
            });
        }
        out.append("\n>\n");
        graph(model.graph(), 1);
        for (Function function : model.functions()) {
            out.append('\n');
            function(function);
        }
    }

    void graph(Graph graph, int depth) {
        Names.name(out, graph.name());
        list(" (", ", ", ")", graph.inputs(), this::value);
        list(" => (", ", ", ") ", graph.outputs(), this::value);
        List<Value> made = graph.madeValues();
        if (!graph.initializers().isEmpty() || !made.isEmpty()) {
            out.append('\n').append(INDENT.repeat(depth)).append('<');
            list(
                    "",
                    ", ",
                    made.isEmpty() || graph.initializers().isEmpty() ? "" : ", ",
                    graph.initializers().entrySet(),
                    entry -> tensors.initializer(entry.getKey(), entry.getValue()));
            list("", ", ", ">\n", made, this::value);
        }
        nodes(graph.nodes(), depth);
    }

    void function(Function function) {
        out.append("<\n  domain: ");
        Names.quote(out, function.domain());
        out.append(",\n");
        optional("overload", function.overload());
        optional("doc_string", function.doc());
        out.append("  opset_import: ");
        opsets(function.opsetImports(), ",");
        out.append("\n>\n");
        Names.name(out, function.name());
        out.append(' ');
        formalAttributes(function);
        list("(", ", ", ")", function.inputs(), name -> Names.name(out, name));
        list(" => (", ", ", ")\n", function.outputs(), name -> Names.name(out, name));
        List<Value> typed = function.typedValues();
        if (!typed.isEmpty()) {
            list(INDENT + "<", ", ", ">\n", typed, this::value);
        }
        nodes(function.nodes(), 1);
    }

    void node(Node node, int depth) {
        out.append(INDENT.repeat(depth));
        if (!node.name().isEmpty()) {
            out.append('[');
            Names.name(out, node.name());
            out.append("] ");
        }
        list("", ", ", " = ", node.outputs(), output -> Names.name(out, output.name()));
        out.append(node.domain().isEmpty() ? "" : node.domain() + ".").append(node.op());
        out.append(node.overload().isEmpty() ? "" : ":" + node.overload());
        boolean graphsInside = node.attributes().values().values().stream()
                .anyMatch(value -> value instanceof Attribute.GraphValue || value instanceof Attribute.GraphsValue);
        if (!graphsInside) {
            attributes(node.attributes(), depth);
        }
        list(" (", ", ", ")", node.inputs(), input -> Names.name(out, input.name()));
        if (graphsInside) {
            attributes(node.attributes(), depth);
        }
        out.append('\n');
    }

    private void nodes(List<Node> nodes, int depth) {
        out.append("{\n");
        nodes.forEach(node -> node(node, depth));
        out.append(INDENT.repeat(depth - 1)).append('}');
    }

    private void attributes(Attributes attributes, int depth) {
        if (!attributes.values().isEmpty()) {
            list(" <", ", ", ">", sorted(attributes.values()).entrySet(), entry -> attribute(entry, depth));
        }
    }

    private void attribute(Map.Entry<String, Attribute> entry, int depth) {
        out.append(entry.getKey());
        if (entry.getValue() instanceof Attribute.Reference reference) {
            out.append(reference.type().isEmpty() ? "" : ": " + reference.type())
                    .append(" = @");
            Names.name(out, reference.attributeName());
            return;
        }
        out.append(": ").append(AttributeKind.of(entry.getValue()).keyword()).append(" = ");
        attributeValue(entry.getValue(), depth);
    }

    private void attributeValue(Attribute value, int depth) {
        if (value instanceof Attribute.FloatValue found) {
            out.append(Numbers.shortest(found.value()));
        } else if (value instanceof Attribute.IntValue found) {
            out.append(found.value());
        } else if (value instanceof Attribute.StringValue found) {
            Names.quote(out, found.value());
        } else if (value instanceof Attribute.TensorValue found) {
            tensors.attribute(found.value());
        } else if (value instanceof Attribute.GraphValue found) {
            graph(found.value(), depth + 1);
        } else if (value instanceof Attribute.TypeValue found) {
            out.append(Types.print(found.value()));
        } else if (value instanceof Attribute.FloatsValue found) {
            list("[", ", ", "]", found.values(), number -> out.append(Numbers.shortest(number)));
        } else if (value instanceof Attribute.IntsValue found) {
            list("[", ", ", "]", found.values(), out::append);
        } else if (value instanceof Attribute.StringsValue found) {
            list("[", ", ", "]", found.values(), text -> Names.quote(out, text));
        } else if (value instanceof Attribute.TensorsValue found) {
            list("[", ", ", "]", found.values(), tensors::attribute);
        } else if (value instanceof Attribute.GraphsValue found) {
            list("[", ", ", "]", found.values(), graph -> graph(graph, depth + 1));
        } else if (value instanceof Attribute.TypesValue found) {
            list("[", ", ", "]", found.values(), type -> out.append(Types.print(type)));
        }
    }

    private void formalAttributes(Function function) {
        Map<String, Attribute> defaults = sorted(function.attributeDefaults().values());
        if (function.attributeNames().isEmpty() && defaults.isEmpty()) {
            return;
        }
        boolean both = !function.attributeNames().isEmpty() && !defaults.isEmpty();
        list("<", ",", both ? "," : "", function.attributeNames(), out::append);
        list("", ",", ">", defaults.entrySet(), entry -> attribute(entry, 1));
    }

    private void value(Value value) {
        String type = Types.print(value.type());
        out.append(type).append(' ');
        if (type.isEmpty() && TypeParser.isTypeWord(value.name())) {
            Names.quote(out, value.name());
        } else {
            Names.name(out, value.name());
        }
    }

    private void opsets(Map<String, Long> imports, String separator) {
        list("[", separator, "]", sorted(imports).entrySet(), entry -> {
            Names.quote(out, entry.getKey());
            out.append(" : ").append(entry.getValue());
        });
    }

    private void key(String key) {
        out.append(",\n").append(INDENT).append(key).append(": ");
    }

    private void text(String key, String value) {
        if (!value.isEmpty()) {
            key(key);
            Names.quote(out, value);
        }
    }

    private void optional(String key, String value) {
        if (!value.isEmpty()) {
            out.append("  ").append(key).append(": ");
            Names.quote(out, value);
            out.append(",\n");
        }
    }

    private <T> void list(String open, String separator, String close, Iterable<T> elements, Consumer<T> print) {
        out.append(open);
        for (Iterator<T> all = elements.iterator(); all.hasNext(); ) {
            print.accept(all.next());
            out.append(all.hasNext() ? separator : "");
        }
        out.append(close);
    }

    /** The order has no meaning, and must not depend on the kind of map. */
    private static <T> Map<String, T> sorted(Map<String, T> entries) {
        return new TreeMap<>(entries);
    }
}
