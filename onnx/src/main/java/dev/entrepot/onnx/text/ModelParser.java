package dev.entrepot.onnx.text;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Function;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Scope;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses models and model-local functions. */
final class ModelParser {

    private static final Set<String> MODEL_KEYS = Set.of(
            "ir_version",
            "opset_import",
            "producer_name",
            "producer_version",
            "domain",
            "model_version",
            "doc_string",
            "metadata_props");
    private static final Set<String> FUNCTION_KEYS = Set.of("opset_import", "domain", "overload", "doc_string");

    /** What stands in angle brackets before a model or a function. */
    private static final class Header {
        final Map<String, Long> numbers = new HashMap<>();
        final Map<String, String> texts = new HashMap<>();
        final Map<String, Long> opsetImports = new LinkedHashMap<>();
        final Map<String, String> metadata = new LinkedHashMap<>();

        String text(String key) {
            return texts.getOrDefault(key, "");
        }

        long number(String key) {
            return numbers.getOrDefault(key, 0L);
        }
    }

    private ModelParser() {}

    static Model model(Cursor cursor) {
        boolean headed = cursor.sees('<');
        Header header = header(cursor, MODEL_KEYS);
        Graph graph = GraphParser.graph(cursor, Scope.outermost());
        List<Function> functions = new ArrayList<>();
        while (!cursor.atEnd()) {
            functions.add(function(cursor));
        }
        Model house = Model.of(graph, header.metadata);
        return new Model(
                headed ? header.number("ir_version") : house.irVersion(),
                headed ? header.opsetImports : house.opsetImports(),
                graph,
                functions,
                headed ? header.text("producer_name") : house.producerName(),
                header.text("producer_version"),
                header.text("domain"),
                header.number("model_version"),
                header.text("doc_string"),
                header.metadata);
    }

    static Function function(Cursor cursor) {
        Header header = header(cursor, FUNCTION_KEYS);
        String name = cursor.name();
        Scope scope = Scope.outermost();
        List<String> attributeNames = new ArrayList<>();
        Map<String, Attribute> defaults = new LinkedHashMap<>();
        if (cursor.matches('<')) {
            attributes(cursor, scope, attributeNames, defaults);
        }
        List<String> inputs = formalValues(cursor, scope);
        cursor.expectArrow();
        List<String> outputs = formalValues(cursor, scope);
        if (cursor.matches('<')) {
            GraphParser.values(cursor, '>', place -> scope.declare(TypeParser.value(cursor)));
        }
        List<Node> nodes = GraphParser.nodes(cursor, scope);
        return new Function(
                header.text("domain"),
                name,
                header.text("overload"),
                inputs,
                outputs,
                attributeNames,
                new Attributes(defaults),
                nodes,
                header.opsetImports,
                header.text("doc_string"),
                Map.of());
    }

    private static void attributes(Cursor cursor, Scope scope, List<String> names, Map<String, Attribute> defaults) {
        AttributeParser parser = new AttributeParser(cursor, scope);
        do {
            String name = cursor.name();
            if (cursor.sees(':') || cursor.sees('=')) {
                parser.attribute(name, defaults);
            } else {
                names.add(name);
            }
        } while (cursor.matches(','));
        cursor.expect('>');
    }

    private static List<String> formalValues(Cursor cursor, Scope scope) {
        List<String> names = new ArrayList<>();
        cursor.expect('(');
        GraphParser.values(cursor, ')', place -> {
            Value value = TypeParser.value(cursor);
            names.add(value.name());
            if (!value.type().equals(ValueType.UNKNOWN)) {
                scope.declare(value);
            }
        });
        return names;
    }

    private static Header header(Cursor cursor, Set<String> keys) {
        Header header = new Header();
        if (!cursor.matches('<')) {
            return header;
        }
        do {
            Cursor.Place place = cursor.here();
            String key = cursor.identifier();
            if (!keys.contains(key)) {
                throw place.fault("expected one of " + keys.stream().sorted().toList() + ", found " + key);
            }
            cursor.expect(':');
            switch (key) {
                case "ir_version", "model_version" ->
                    header.numbers.put(key, cursor.literal().toLong());
                case "opset_import" -> opsets(cursor, header.opsetImports);
                case "metadata_props" -> metadata(cursor, header.metadata);
                default -> header.texts.put(key, cursor.quotedText());
            }
        } while (cursor.matches(','));
        cursor.expect('>');
        return header;
    }

    private static void opsets(Cursor cursor, Map<String, Long> imports) {
        cursor.expect('[');
        GraphParser.values(cursor, ']', place -> {
            String domain = cursor.quotedText();
            cursor.expect(':');
            long version = cursor.literal().toLong();
            Long other = imports.put(domain.equals("ai.onnx") ? "" : domain, version);
            if (other != null && other != version) {
                throw place.fault(
                        "imports version " + version + " of domain \"" + domain + "\" beside version " + other);
            }
        });
    }

    private static void metadata(Cursor cursor, Map<String, String> metadata) {
        cursor.expect('[');
        GraphParser.values(cursor, ']', place -> {
            String key = cursor.quotedText();
            cursor.expect(':');
            if (metadata.put(key, cursor.quotedText()) != null) {
                throw place.fault("key \"" + key + "\" is given a second time");
            }
        });
    }
}
