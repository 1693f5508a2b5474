package dev.entrepot.onnx.opset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.onnx.check.Checker;
import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.onnx.text.OnnxText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpsetCasesTest {

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    void a_model_says_the_same_in_another_opset(String sentence, String target, Model model, String expected) {
        String[] words = target.split(" ");
        long opset = Long.parseLong(words[0]);
        assertThat(Checker.check("case", model)).isEmpty();
        if (words.length > 1 && words[1].equals("refused")) {
            ModelException refusal = catchThrowableOfType(ModelException.class, () -> converted(model, opset));
            assertThat(refusal.problems()).extracting(Problem::kind).containsOnly(Problem.Kind.UNSUPPORTED);
            assertThat(refusal.problems())
                    .extracting(problem -> problem.what() + ": " + problem.why())
                    .containsExactlyElementsOf(expected.strip().lines().toList());
            return;
        }
        Model converted = converted(model, opset);
        Graph graph = words.length > 1 ? model.graph() : OnnxText.parseGraph(expected);

        assertThat(OnnxText.print(plain(converted.graph()))).isEqualTo(OnnxText.print(plain(graph)));
        assertThat(converted.opset()).isEqualTo(opset);
        assertThat(Checker.check("case", converted)).isEmpty();
    }

    static Stream<Arguments> cases() throws IOException {
        List<Arguments> cases = new ArrayList<>();
        for (String block : text("cases.txt").split("(?m)^#### ")) {
            if (block.isBlank()) {
                continue;
            }
            String[] parts = block.split("(?m)^==== ");
            int end = parts[0].indexOf('\n');
            Model model = OnnxText.parse(parts[0].substring(end + 1));
            for (int i = 1; i < parts.length; i++) {
                int line = parts[i].indexOf('\n');
                cases.add(Arguments.of(
                        parts[0].substring(0, end), parts[i].substring(0, line), model, parts[i].substring(line + 1)));
            }
        }
        return cases.stream();
    }

    private static Model converted(Model model, long opset) {
        Model house = Opsets.toHouse("case", model);
        return opset == Model.HOUSE_OPSET ? house : Opsets.fromHouse("case", house, opset);
    }

    /** The graph less the types of values that it need not state, and less names that nodes have from their first output. */
    private static Graph plain(Graph graph) {
        List<Value> inputs = graph.inputs().stream()
                .filter(input -> !graph.initializers().containsKey(input.name()))
                .toList();
        return new Graph(
                graph.name(),
                inputs,
                graph.outputs(),
                graph.nodes().stream().map(OpsetCasesTest::plain).toList(),
                graph.initializers(),
                "",
                graph.metadata());
    }

    private static Node plain(Node node) {
        Attributes attributes = node.attributes();
        for (var entry : node.attributes().values().entrySet()) {
            if (entry.getValue() instanceof Attribute.GraphValue subgraph) {
                attributes = attributes.with(entry.getKey(), plain(subgraph.value()));
            }
        }
        String name = node.name().equals(node.outputs().get(0).name()) ? "" : node.name();
        return new Node(
                name,
                node.domain(),
                node.op(),
                node.overload(),
                untyped(node.inputs()),
                untyped(node.outputs()),
                attributes,
                "",
                node.metadata());
    }

    private static List<Value> untyped(List<Value> values) {
        return values.stream().map(value -> value.withType(ValueType.UNKNOWN)).toList();
    }

    private static String text(String name) throws IOException {
        try (InputStream in = OpsetCasesTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
