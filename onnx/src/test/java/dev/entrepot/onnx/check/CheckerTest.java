package dev.entrepot.onnx.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Origin;
import dev.entrepot.onnx.text.OnnxText;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "g (float[2] x) => (float[2] y) { y = Relu (x) }",
                "g (float[N,3] x) => (float[N,3] y) <float[3] b = {1,2,3}> { y = Add (x, b) }",
                "g (float[2] x, bool c) => (float[2] y) { y = If (c) <then_branch = t () => (float[2] a) { a = Relu (x) },"
                        + " else_branch = e () => (float[2] a) { a = Abs (x) }> }",
                "g (float[2] x) => (float[2] y) { y = Clip (x, , ) }",
                "g (float[2] x) => (float[2] y) { y = Relu <__internal = 1> (x) }",
                "g (float[2] x = {1, 2}) => (float[2] y) { y = Relu (x) }",
                "<ir_version: 10, opset_import: [\"\" : 20, \"d\" : 1]> g (float[2] x) => (float[2] y) { y = d.F <a = 1.0> (x) }"
                        + " <domain: \"d\", opset_import: [\"\" : 20]> F <a, b: int = 1> (v) => (w)"
                        + " { w = LeakyRelu <alpha: float = @a> (v) }",
                "<ir_version: 10, opset_import: [\"ai.onnx.ml\" : 3]> g (float[2,3] x) => (float[2,3] y)"
                        + " { y = ai.onnx.ml.Normalizer (x) }"
            })
    void a_sound_model_has_no_problem(String model) {
        assertThat(Checker.check("net", OnnxText.parse(model))).isEmpty();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                graph("y = Relu (z)", "node 0 (Relu): uses \"z\", which nothing makes"),
                graph(
                        "y = Relu (z) [late] z = Abs (x)",
                        "uses \"z\", which is made only later, by node \"late\" (Abs)"),
                graph("y = Relu (x) y = Abs (x)", "node 1 (Abs): makes \"y\", which is there already"),
                graph("x = Relu (x) y = Abs (x)", "node 0 (Relu): makes \"x\", which is there already"),
                graph("z = Relu (x)", "graph \"g\": has the output \"y\", which nothing in it makes"),
                graph("y = Rellu (x)", "node 0 (Rellu): is no operator of ONNX"),
                graph(
                        "y = HannWindow (x) z = RMSNormalization (x, x)",
                        "came with opset 23, the model imports opset 20"),
                graph("y = Upsample (x, x)", "is Upsample-10, which is no longer allowed"),
                graph("y = com.example.Op (x)", "is of domain \"com.example\", of which no opset is imported"),
                graph("y = Add (x)", "has 1 inputs, Add-14 takes 2"),
                graph("y = Concat <axis = 0> ()", "has 0 inputs, Concat-13 takes at least 1"),
                graph("y, z = Relu (x)", "has 2 outputs, Relu-14 takes 1"),
                graph("y = Conv (x, )", "has 1 inputs, Conv-11 takes 2 to 3"),
                graph("y = Add (\"\", x)", "leaves out input 0 (A), which must be given"),
                graph("y = Softmax <axes = 1> (x)", "has the attribute \"axes\", which Softmax-13 does not know"),
                graph("y = Softmax <axis = 1.5> (x)", "has the attribute \"axis\" of kind float, expected int"),
                graph("y = Concat (x)", "lacks the attribute \"axis\", which Concat-13 demands"),
                graph("y = Softmax <axis: int = @a> (x)", "which refers to a function's, but is in none"),
                graph("y = Not (x)", "input 0 (X) is tensor(float), Not-1 takes tensor(bool)"),
                graph(
                        "i = Shape (x) y = Add (x, i)",
                        "input 1 (B) is tensor(int64), expected tensor(float) as input 0 (A) is"),
                graph("= Op ()", "has neither inputs nor outputs"),
                graph(
                        "y = If (x) <then_branch = t () => (a) { a = Relu (z) }, else_branch = e () => (x) { a = Relu (x) }>",
                        "node 0 (If), then_branch, node 0 (Relu): uses \"z\", which nothing makes"),
                graph(
                        "y = If (x) <then_branch = t () => (a) { a = Relu (x) }, else_branch = e () => (x) { a = Relu (x) }>",
                        "node 0 (If), else_branch: has the output \"x\", which nothing in it makes"),
                graph(
                        "z = Abs (x) y = If (x) <then_branch = t () => (z) { z = Relu (x) }, else_branch = e () => (a) { a = Abs (x) }>",
                        "node 1 (If), then_branch, node 0 (Relu): makes \"z\", which is there already"),
                model("g (float[2] x, float[2] x) => () { }", "has the input \"x\" twice"),
                model("g (x) => (x) { }", "input \"x\": has no type"),
                model("g (float[] x) => (float[2] x) { }", "input \"x\": has no shape"),
                model("\"\" (float[2] x) => (float[2] x) { }", "graph \"\": has no name"),
                model("<ir_version: 0, opset_import: [\"\" : 20]> g () => () { }", "has the IR version 0"),
                model("<ir_version: 8> g () => () { }", "model: has no opset import"),
                model(
                        "<ir_version: 8, opset_import: [\"\" : 99]> g () => () { }",
                        "imports version 99 of domain \"\", the newest known is "),
                model(
                        "<ir_version: 3, opset_import: [\"\" : 8]> g () => () <float[1] w = {1}> { }",
                        "has the initializer \"w\" but no such input, which IR version 3 demands"),
                model(
                        "<ir_version: 8, opset_import: [\"\" : 20, \"d\" : 1]> g (float[1] x) => (float[1] y) { y = d.Op (x) }",
                        "is of domain \"d\", which is neither ONNX's nor a function's"),
                model(
                        "g (float[2,3] x) => (float[3,3] y) { y = Relu (x) }",
                        "output \"y\": is declared as float32[3, 3], but what the node makes is float32[2, 3]"),
                model(
                        "g (float[2,3] x = {1,2,3,4,5,6}) => (float[2,3] x) <float[3,3] y> { y = Relu (x) }",
                        "output \"y\": is declared as float32[3, 3], but what the node makes is float32[2, 3]"),
                model("g (float[2,3] a, float[5,2] b) => (float[2,2] y) { y = MatMul (a, b) }", "node 0 (MatMul): "),
                function(
                        "F (a) => (b) { b = Relu (c) }",
                        "function d.F, node 0 (Relu): uses \"c\", which nothing makes"),
                function(
                        "F (a) => (b) { c = Relu (a) }",
                        "function d.F: has the output \"b\", which nothing in it makes"),
                function("F (a, a) => (b) { b = Relu (a) }", "function d.F: has the input \"a\" twice"),
                function(
                        "F <p> (a) => (b) { b = LeakyRelu <alpha: float = @q> (a) }",
                        "which the function does not have"),
                function("F <p> (a) => (b) { b = LeakyRelu <alpha: int = @p> (a) }", "of kind int, expected float"),
                function(
                        "F () => (b) { b = Constant <value_int = 1> () }",
                        "has 1 inputs, the function that it calls has 0"),
                function("F (a) => (b) { b = d.F (a) }", "function d.F: calls itself: F -> F"),
                function(
                        "F (a) => (b) { b = Relu (a) } <domain: \"d\", opset_import: [\"\" : 20]> F (a) => (b) { b = Abs (a) }",
                        "function d.F: is defined a second time"));
    }

    private static Arguments graph(String nodes, String problem) {
        return Arguments.of("g (float[2] x) => (float[2] y) { " + nodes + " }", problem);
    }

    private static Arguments model(String model, String problem) {
        return Arguments.of(model, problem);
    }

    private static Arguments function(String function, String problem) {
        return Arguments.of(
                "<ir_version: 10, opset_import: [\"\" : 20, \"d\" : 1]> g (float[2] x) => (float[2] y) { y = d.F (x) }"
                        + " <domain: \"d\", opset_import: [\"\" : 20, \"d\" : 1]> " + function,
                problem);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void every_fault_is_named_with_its_place(String model, String problem) {
        assertThat(Checker.check("net", OnnxText.parse(model)))
                .extracting(Problem::toString)
                .allMatch(line -> line.startsWith("net: model"))
                .anyMatch(line -> line.contains(problem));
    }

    @Test
    void all_faults_are_found_at_once() {
        Model model = OnnxText.parse(
                "g (float[2] x) => (float[2] y, float[2] nowhere) { y = Relu (a) z = Foo (b) z = Add (x) }");

        assertThatThrownBy(() -> Checker.require("net", model))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::why)
                                .containsExactly(
                                        "uses \"a\", which nothing makes",
                                        "uses \"b\", which nothing makes",
                                        "is no operator of ONNX",
                                        "has 1 inputs, Add-14 takes 2",
                                        "makes \"z\", which is there already",
                                        "has the output \"nowhere\", which nothing in it makes"));
    }

    @Test
    void a_node_with_an_origin_is_named_in_the_words_of_its_source() {
        Graph graph = OnnxText.parseGraph("g (float[2] x) => (float[2] y) { y = Relu (z) }");
        Node node = graph.nodes().get(0).withMetadata(new Origin("net.prototxt", "relu1", "ReLU").toMetadata());
        Model model =
                Model.of(Graph.of("g", graph.inputs(), graph.outputs(), List.of(node), graph.initializers()), Map.of());

        assertThat(Checker.check("net.onnx", model))
                .extracting(Problem::toString)
                .containsExactly(
                        "net.prototxt: layer \"relu1\" (ReLU), node 0 (Relu): uses \"z\", which nothing makes");
    }

    @Test
    void eight_functions_that_call_each_other_ten_times_are_refused_without_expanding_them() {
        StringBuilder text = new StringBuilder(
                "<ir_version: 10, opset_import: [\"\" : 20, \"d\" : 1]> g (float[2] x) => (float[2] y) { y = d.F8 (x) }");
        for (int level = 8; level >= 1; level--) {
            text.append("<domain: \"d\", opset_import: [\"\" : 20, \"d\" : 1]> F")
                    .append(level)
                    .append(" (v0) => (v10) {");
            for (int i = 0; i < 10; i++) {
                text.append(" v%d = %s (v%d)".formatted(i + 1, level == 1 ? "Relu" : "d.F" + (level - 1), i));
            }
            text.append(" }");
        }

        assertThat(Checker.check("net", OnnxText.parse(text.toString())))
                .extracting(Problem::why)
                .containsExactly("expands to 111111111 nodes, the limit is 100000");
    }

    @Test
    void nested_ifs_are_refused_above_a_depth() {
        assertThat(Checker.check("net", nestedIfs(8))).isEmpty();
        assertThat(Checker.check("net", nestedIfs(9)))
                .extracting(Problem::why)
                .containsExactly("expands to 9 levels of subgraphs, the limit is 8");
    }

    private static Model nestedIfs(int depth) {
        String body = "{ a0 = Relu (x) }";
        for (int i = 1; i <= depth; i++) {
            int inner = i - 1;
            body =
                    "{ a%d = If (c) <then_branch = t%d () => (float[2] a%d) %s, else_branch = e%d () => (float[2] b%d) { b%d = Abs (x) }> }"
                            .formatted(i, i, inner, body, i, inner, inner);
        }
        return OnnxText.parse("g (float[2] x, bool c) => (float[2] a%d) %s".formatted(depth, body));
    }

    @Test
    void functions_that_call_each_other_in_a_circle_or_too_deep_are_refused() {
        String circle = chain(3).replace("END", "d.F0 (a)");
        String deep = chain(40).replace("END", "Relu (a)");

        assertThat(Checker.check("net", OnnxText.parse(circle)))
                .extracting(Problem::why)
                .containsExactly("calls itself: F0 -> F1 -> F2 -> F0");
        assertThat(Checker.check("net", OnnxText.parse(deep)))
                .extracting(Problem::why)
                .containsExactly("expands to 40 levels of functions that call each other, the limit is 32");
    }

    private static String chain(int length) {
        StringBuilder text = new StringBuilder(
                "<ir_version: 10, opset_import: [\"\" : 20, \"d\" : 1]> g (float[2] x) => (float[2] y) { y = d.F0 (x) }");
        for (int i = 0; i < length; i++) {
            String called = i + 1 < length ? "d.F" + (i + 1) + " (a)" : "END";
            text.append("<domain: \"d\", opset_import: [\"\" : 20, \"d\" : 1]> F%d (a) => (b) { b = %s }"
                    .formatted(i, called));
        }
        return text.toString();
    }
}
