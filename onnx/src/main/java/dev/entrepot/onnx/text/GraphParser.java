package dev.entrepot.onnx.text;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Scope;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Parses graphs and nodes. */
final class GraphParser {

    private GraphParser() {}

    static Graph graph(Cursor cursor, Scope scope) {
        cursor.enter();
        String name = cursor.name();
        List<Value> inputs = new ArrayList<>();
        List<Value> outputs = new ArrayList<>();
        Map<String, Tensor> initializers = new LinkedHashMap<>();
        if (cursor.matches('(')) {
            values(cursor, ')', place -> inputs.add(input(cursor, place, initializers)));
        }
        cursor.expectArrow();
        cursor.expect('(');
        values(cursor, ')', place -> outputs.add(TypeParser.value(cursor)));
        if (cursor.matches('<')) {
            values(cursor, '>', place -> {
                Value value = input(cursor, place, initializers);
                if (!initializers.containsKey(value.name())) {
                    scope.declare(value);
                }
            });
        }
        inputs.forEach(scope::declare);
        outputs.forEach(scope::declare);
        initializers.forEach((key, tensor) -> scope.declare(Value.tensor(key, tensor.type(), tensor.shape())));
        List<Node> nodes = nodes(cursor, scope);
        cursor.leave();
        return Graph.of(name, inputs, outputs, nodes, initializers);
    }

    /** Takes nodes in braces. */
    static List<Node> nodes(Cursor cursor, Scope scope) {
        cursor.expect('{');
        List<Node> nodes = new ArrayList<>();
        while (!cursor.matches('}')) {
            nodes.add(node(cursor, scope));
        }
        return nodes;
    }

    /** Takes nodes up to the end of the text. */
    static List<Node> bareNodes(Cursor cursor, Scope scope) {
        List<Node> nodes = new ArrayList<>();
        while (!cursor.atEnd()) {
            nodes.add(node(cursor, scope));
        }
        return nodes;
    }

    /** Takes a list of values up to {@code close}, {@code each} one at a time. */
    static void values(Cursor cursor, char close, Consumer<Cursor.Place> each) {
        if (cursor.matches(close)) {
            return;
        }
        do {
            each.accept(cursor.here());
        } while (cursor.matches(','));
        cursor.expect(close);
    }

    /** Takes a value, and its elements into {@code initializers} if they follow. */
    private static Value input(Cursor cursor, Cursor.Place place, Map<String, Tensor> initializers) {
        Value value = TypeParser.value(cursor);
        if (cursor.matches('=')) {
            Tensor tensor = TensorParser.tensor(cursor, value.type(), place);
            if (initializers.putIfAbsent(value.name(), tensor) != null) {
                throw place.fault("initializer \"" + value.name() + "\" is given a second time");
            }
        }
        return value;
    }

    private static Node node(Cursor cursor, Scope scope) {
        String name = "";
        if (cursor.matches('[')) {
            name = cursor.sees('"') ? cursor.name() : cursor.optionalIdentifier();
            cursor.expect(']');
        }
        List<Value> outputs = ids(cursor, scope);
        cursor.expect('=');
        StringBuilder domain = new StringBuilder();
        String op = cursor.identifier();
        while (cursor.matches('.')) {
            domain.append(domain.isEmpty() ? "" : ".").append(op);
            op = cursor.identifier();
        }
        String overload = cursor.matches(':') ? cursor.identifier() : "";
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        AttributeParser parser = new AttributeParser(cursor, scope);
        parser.optionalList(attributes);
        cursor.expect('(');
        List<Value> inputs = ids(cursor, scope);
        cursor.expect(')');
        if (attributes.isEmpty()) {
            parser.optionalList(attributes);
        }
        return new Node(
                name, domain.toString(), op, overload, inputs, outputs, new Attributes(attributes), "", Map.of());
    }

    /** Takes names separated by commas; nothing before a comma is the empty name, and nothing after the last is nothing. */
    private static List<Value> ids(Cursor cursor, Scope scope) {
        List<Value> values = new ArrayList<>();
        do {
            if (!cursor.sees('"') && cursor.peekIdentifier().isEmpty() && !cursor.sees(',')) {
                return values;
            }
            values.add(scope.value(cursor.sees('"') ? cursor.name() : cursor.optionalIdentifier()));
        } while (cursor.matches(','));
        return values;
    }
}
