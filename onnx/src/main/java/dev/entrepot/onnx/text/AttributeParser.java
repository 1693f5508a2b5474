package dev.entrepot.onnx.text;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.AttributeKind;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Scope;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses attributes: {@code axis = 1}, {@code pads: ints = [0, 1]}, {@code alpha: float = @alpha}, subgraphs and tensors. */
final class AttributeParser {

    private final Cursor cursor;
    private final Scope scope;

    /** @param scope what subgraphs of the attributes see */
    AttributeParser(Cursor cursor, Scope scope) {
        this.cursor = cursor;
        this.scope = scope;
    }

    /** Takes a list in angle brackets, if one comes next, into {@code attributes}. */
    void optionalList(Map<String, Attribute> attributes) {
        if (!cursor.matches('<')) {
            return;
        }
        do {
            attribute(cursor.identifier(), attributes);
        } while (cursor.matches(','));
        cursor.expect('>');
    }

    /** Takes what follows an attribute's name. */
    void attribute(String name, Map<String, Attribute> attributes) {
        Cursor.Place place = cursor.here();
        AttributeKind kind = cursor.matches(':') ? kind() : null;
        cursor.expect('=');
        Attribute value = cursor.sees('[') ? list(kind) : single(kind);
        if (attributes.putIfAbsent(name, value) != null) {
            throw place.fault("attribute \"" + name + "\" is given a second time");
        }
    }

    private AttributeKind kind() {
        Cursor.Place place = cursor.here();
        String word = cursor.identifier();
        if (word.startsWith("sparse_tensor")) {
            throw place.unsupported("attribute", "is a sparse tensor; only dense ones are supported");
        }
        return AttributeKind.ofKeyword(word)
                .orElseThrow(() -> place.fault("expected a kind of attribute, such as ints, found " + word));
    }

    private Attribute list(@Nullable AttributeKind kind) {
        Cursor.Place place = cursor.here();
        cursor.expect('[');
        List<Attribute> elements = new ArrayList<>();
        if (!cursor.sees(']')) {
            AttributeKind elementKind = kind == null ? null : elementOf(kind, place);
            do {
                if (cursor.sees('@')) {
                    throw cursor.fault("a value; only a whole attribute can refer to a function's");
                }
                elements.add(single(elementKind));
                elementKind = AttributeKind.of(elements.get(0));
            } while (cursor.matches(','));
        }
        cursor.expect(']');
        if (kind == null && elements.isEmpty()) {
            throw place.fault("expected the kind of an empty list, as in pads: ints = []");
        }
        return collect(kind == null ? listOf(AttributeKind.of(elements.get(0))) : kind, elements, place);
    }

    private static Attribute collect(AttributeKind kind, List<Attribute> elements, Cursor.Place place) {
        return switch (kind) {
            case FLOATS ->
                new Attribute.FloatsValue(all(elements, Attribute.FloatValue.class).stream()
                        .map(Attribute.FloatValue::value)
                        .toList());
            case INTS ->
                new Attribute.IntsValue(all(elements, Attribute.IntValue.class).stream()
                        .map(Attribute.IntValue::value)
                        .toList());
            case STRINGS ->
                new Attribute.StringsValue(all(elements, Attribute.StringValue.class).stream()
                        .map(Attribute.StringValue::value)
                        .toList());
            case TENSORS ->
                new Attribute.TensorsValue(all(elements, Attribute.TensorValue.class).stream()
                        .map(Attribute.TensorValue::value)
                        .toList());
            case GRAPHS ->
                new Attribute.GraphsValue(all(elements, Attribute.GraphValue.class).stream()
                        .map(Attribute.GraphValue::value)
                        .toList());
            case TYPE_PROTOS ->
                new Attribute.TypesValue(all(elements, Attribute.TypeValue.class).stream()
                        .map(Attribute.TypeValue::value)
                        .toList());
            default -> throw place.fault("expected one " + kind.keyword() + ", found a list");
        };
    }

    private static <T extends Attribute> List<T> all(List<Attribute> elements, Class<T> type) {
        return elements.stream().map(type::cast).toList();
    }

    private static AttributeKind elementOf(AttributeKind list, Cursor.Place place) {
        return switch (list) {
            case FLOATS -> AttributeKind.FLOAT;
            case INTS -> AttributeKind.INT;
            case STRINGS -> AttributeKind.STRING;
            case TENSORS -> AttributeKind.TENSOR;
            case GRAPHS -> AttributeKind.GRAPH;
            case TYPE_PROTOS -> AttributeKind.TYPE_PROTO;
            default -> throw place.fault("expected one " + list.keyword() + ", found a list");
        };
    }

    private static AttributeKind listOf(AttributeKind element) {
        return switch (element) {
            case FLOAT -> AttributeKind.FLOATS;
            case INT -> AttributeKind.INTS;
            case STRING -> AttributeKind.STRINGS;
            case TENSOR -> AttributeKind.TENSORS;
            case GRAPH -> AttributeKind.GRAPHS;
            default -> AttributeKind.TYPE_PROTOS;
        };
    }

    /** Takes one value; a whole number where a float is wanted is one. */
    private Attribute single(@Nullable AttributeKind kind) {
        Cursor.Place place = cursor.here();
        if (cursor.matches('@')) {
            return new Attribute.Reference(cursor.name(), kind == null ? "" : kind.keyword());
        }
        Attribute value = cursor.peekIdentifier().isEmpty() || cursor.seesSpecialFloat() ? literal(kind) : word();
        AttributeKind found = AttributeKind.of(value);
        if (kind != null && kind != found) {
            throw place.fault("expected a value of the kind " + kind.keyword() + ", found " + found.keyword());
        }
        return value;
    }

    private Attribute literal(@Nullable AttributeKind kind) {
        if (cursor.sees('"') && kind == AttributeKind.GRAPH) {
            return new Attribute.GraphValue(graph());
        }
        Literal literal = cursor.literal();
        if (literal.kind() == Literal.Kind.STRING) {
            return new Attribute.StringValue(literal.text());
        }
        boolean whole = literal.kind() == Literal.Kind.INT && kind != AttributeKind.FLOAT;
        return whole ? new Attribute.IntValue(literal.toLong()) : new Attribute.FloatValue(literal.toFloat());
    }

    /** Takes a type, a tensor or a graph. */
    private Attribute word() {
        if (!TypeParser.isTypeWord(cursor.peekIdentifier())) {
            return new Attribute.GraphValue(graph());
        }
        Cursor.Place place = cursor.here();
        ValueType type = TypeParser.type(cursor);
        boolean named = !cursor.peekIdentifier().isEmpty() || cursor.sees('"');
        if (!named && !cursor.sees('{') && !cursor.sees('=')) {
            return new Attribute.TypeValue(type);
        }
        if (named) {
            cursor.name();
        }
        cursor.matches('=');
        Tensor tensor = TensorParser.tensor(cursor, type, place);
        return new Attribute.TensorValue(tensor);
    }

    private Graph graph() {
        return GraphParser.graph(cursor, scope.inner());
    }
}
