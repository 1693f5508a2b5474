package dev.entrepot.onnx.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.Problem;
import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.text.OnnxText;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole graphs: what exporters write to compute shapes, control flow, functions, and contradictions. */
class GraphInferenceTest {

    private final Problems problems = new Problems();

    @Test
    void a_view_to_the_batch_and_the_rest_keeps_the_batch() {
        Map<String, String> types = infer("""
                g (float[N,8,4,4] x) => (float[] y) <int64 zero = {0}, int64[1] axis = {0}, int64[1] rest = {-1}> {
                  shape = Shape (x)
                  batch = Gather (shape, zero)
                  batches = Unsqueeze (batch, axis)
                  target = Concat <axis = 0> (batches, rest)
                  y = Reshape (x, target)
                }""");
        assertThat(types).containsEntry("y", "float32[N, 128]").containsEntry("target", "int64[2]");
    }

    @Test
    void an_expand_with_minus_ones_as_pytorch_writes_it_resolves() {
        Map<String, String> types = infer("""
                g (float[N,1,6] x) => (float[] y) <int64[3] wanted = {-1,5,-1}, int64[1] three = {3}, int64 minus = {-1}> {
                  ones = ConstantOfShape <value = int64[1] {1}> (three)
                  marks = Mul (ones, minus)
                  open = Equal (wanted, marks)
                  target = Where (open, ones, wanted)
                  y = Expand (x, target)
                }""");
        assertThat(types).containsEntry("y", "float32[N, 5, 6]");
    }

    @Test
    void pads_that_pytorch_turns_around_resolve() {
        Map<String, String> types = infer("""
                g (float[1,3,10,20] x) => (float[] y)
                <int64[4] pads = {1,2,3,4}, int64[1] four = {4}, int64[2] pairs = {-1,2}, int64[1] end = {-9223372036854775807},
                 int64[1] start = {-1}, int64[1] axis = {0}, int64[1] step = {-1}, int64[1] flat = {-1}> {
                  zeros = ConstantOfShape <value = int64[1] {0}> (four)
                  all = Concat <axis = 0> (pads, zeros)
                  paired = Reshape (all, pairs)
                  turned = Slice (paired, start, end, axis, step)
                  columns = Transpose <perm = [1, 0]> (turned)
                  vector = Reshape (columns, flat)
                  y = Pad (x, vector)
                }""");
        assertThat(types).containsEntry("y", "float32[1, 3, 17, 23]");
    }

    @Test
    void an_upsampling_by_floored_real_numbers_resolves() {
        Map<String, String> types = infer("""
                g (float[1,3,5,7] x) => (float[] y) <float scale = {1.5}, int64[2] spatial = {2,3}, int64[2] kept = {0,1}> {
                  shape = Shape (x)
                  sizes = Gather (shape, spatial)
                  real = Cast <to = 1> (sizes)
                  scaled = Mul (real, scale)
                  floored = Floor (scaled)
                  whole = Cast <to = 7> (floored)
                  first = Gather (shape, kept)
                  target = Concat <axis = 0> (first, whole)
                  y = Resize (x, "", "", target)
                }""");
        assertThat(types).containsEntry("y", "float32[1, 3, 7, 10]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Reshape; 0,-1; [N, 12]",
                "Reshape; 0,4,3; [N, 4, 3]",
                "Reshape; -1,12; [N, 12]",
                "Reshape; -1,6; [?, 6]",
                "Reshape; -1,3,4; [N, 3, 4]",
                "Tile; 1,2,2; [N, 6, 8]",
                "Tile; 2,1,1; [?, 3, 4]",
                "Expand; 1,1,4; [N, 3, 4]",
                "Expand; 5,1,1,1; [5, N, 3, 4]",
                "Pad; 0,0,1,0,0,2; [N, 3, 7]",
                "Pad; 1,0,0,-1,0,0; [N, 3, 4]",
                "Pad; 1,0,0,0,0,0; [?, 3, 4]",
            })
    void a_symbol_stays_where_the_size_does(String op, String numbers, String expected) {
        int count = numbers.split(",").length;
        Map<String, String> types = infer("g (float[N,3,4] x) => (float[] y) <int64[%s] n = {%s}> { y = %s (x, n) }"
                .formatted(count, numbers, op));
        assertThat(types).containsEntry("y", "float32" + expected);
    }

    @Test
    void a_slice_of_an_unknown_axis_is_known_only_where_it_takes_all_or_nothing() {
        Map<String, String> types = infer("""
                g (float[N,6] x) => (float[] all, float[] some, float[] last)
                <int64[1] zero = {0}, int64[1] most = {9223372036854775807}, int64[1] two = {2}, int64[1] minus = {-1}> {
                  all = Slice (x, zero, most)
                  some = Slice (x, zero, two)
                  last = Slice (x, minus, most)
                }""");
        assertThat(types)
                .containsEntry("all", "float32[N, 6]")
                .containsEntry("some", "float32[?, 6]")
                .containsEntry("last", "float32[?, 6]");
    }

    @Test
    void an_if_is_what_both_branches_are() {
        Map<String, String> types = infer("""
                g (bool c, float[N,4] x, float[N,5] z) => (float[] y) {
                  y = If (c) <then_branch = t () => (float[] a) { a = Relu (x) }, else_branch = e () => (float[] b) { b = Exp (z) }>
                }""");
        assertThat(types).containsEntry("y", "float32[N, ?]");
    }

    @Test
    void of_an_if_whose_condition_is_known_only_the_branch_taken_matters() {
        Map<String, String> types = infer("""
                g (float[2,4] x) => (float[] y) <int64 axis = {1}, int64 one = {1}, int64[1] axes = {1}> {
                  shape = Shape (x)
                  size = Gather (shape, axis)
                  c = Equal (size, one)
                  y = If (c) <then_branch = t () => (float[] a) { a = Squeeze (x, axes) }, else_branch = e () => (float[] b) { b = Identity (x) }>
                }""");
        assertThat(types).containsEntry("y", "float32[2, 4]");
    }

    @Test
    void a_loop_keeps_of_a_carried_shape_what_every_iteration_keeps() {
        Map<String, String> types = infer("""
                g (int64 m, float[1,3] first, float[N,3] same) => (float[] grown, float[] kept, float[] scanned) {
                  grown, kept, scanned = Loop (m, "", first, same) <body = b
                    (int64 i, bool going, float[] carried, float[] other) => (bool on, float[] longer, float[] unchanged, float[] element) {
                      on = Identity (going)
                      longer = Concat <axis = 0> (carried, other)
                      unchanged = Relu (other)
                      element = Identity (unchanged)
                  }>
                }""");
        assertThat(types)
                .containsEntry("grown", "float32[?, 3]")
                .containsEntry("kept", "float32[N, 3]")
                .containsEntry("scanned", "float32[?, N, 3]");
    }

    @Test
    void loops_deep_within_each_other_are_left_open_rather_than_walked_without_end() {
        Map<String, String> types = infer("g (int64 m, float[2] x) => (float[] r30) { " + nestedLoops(30) + " }");
        assertThat(types).containsEntry("r30", "float32[...]");
    }

    private static String nestedLoops(int depth) {
        return depth == 0
                ? "r0 = Concat <axis = 0> (x, x)"
                : "r%1$d = Loop (m, \"\", x) <body = b (int64 i%1$d, bool c%1$d, float[] v%1$d) => (bool d%1$d, float[] r%2$d) "
                                .formatted(depth, depth - 1)
                        + "{ d%1$d = Identity (c%1$d) %2$s }>".formatted(depth, nestedLoops(depth - 1));
    }

    @Test
    void subgraphs_are_annotated_too() {
        Graph graph = OnnxText.parseGraph("""
                g (bool c, float[2] x) => (float[] y) {
                  y = If (c) <then_branch = t () => (float[] a) { i = Neg (x) a = Abs (i) }, else_branch = e () => (float[] b) { b = Neg (x) }>
                }""");
        Graph inferred = Inference.infer(graph, SourceLocation.file("m"), problems);
        Graph then = inferred.nodes().get(0).attributes().graph("then_branch").orElseThrow();
        assertThat(typesOf(then)).containsEntry("i", "float32[2]").containsEntry("a", "float32[2]");
    }

    @Test
    void a_model_local_function_is_walked_with_the_callers_types_and_attributes() {
        Model model = OnnxText.parse("""
                <ir_version: 10, opset_import: ["" : 20, "local" : 1]>
                g (float[2,3] x) => (float[] y) { y = local.flip <order = [1, 0]> (x) }
                <domain: "local", opset_import: ["" : 20]>
                flip <order> (a) => (b) { t = Transpose <perm: ints = @order> (a) b = Neg (t) }""");
        assertThat(typesOf(Inference.infer(model, SourceLocation.file("m"), problems)
                        .graph()))
                .containsEntry("y", "float32[3, 2]");
        assertThat(problems.found()).isEmpty();
    }

    @Test
    void functions_that_call_themselves_or_each_other_without_end_stay_unknown() {
        String twice =
                "<domain: \"local\", opset_import: [\"\" : 20, \"local\" : 1]> f%s (a) => (b) { c = local.f%s (a) b = local.f%s (c) }";
        String functions = Stream.iterate(0, i -> i + 1)
                .limit(30)
                .map(i -> twice.formatted(i, (i + 1) % 30, (i + 1) % 30))
                .collect(Collectors.joining("\n"));
        Model model = OnnxText.parse("<ir_version: 10, opset_import: [\"\" : 20, \"local\" : 1]>\n"
                + "g (float[2,3] x) => (float[] y) { y = local.f0 (x) }\n" + functions);
        assertThat(typesOf(Inference.infer(model, SourceLocation.file("m"), problems)
                        .graph()))
                .containsEntry("y", "float32[...]");
    }

    @Test
    void an_initializer_that_is_an_input_may_be_overridden_since_version_4_of_the_file_format() {
        String graph = "g (float[6] x, int64[2] s) => (float[] y) <int64[2] s = {2,3}> { y = Reshape (x, s) }";
        assertThat(infer("<ir_version: 3, opset_import: [\"\" : 13]> " + graph)).containsEntry("y", "float32[2, 3]");
        assertThat(infer("<ir_version: 8, opset_import: [\"\" : 13]> " + graph)).containsEntry("y", "float32[?, ?]");
    }

    @Test
    void what_is_declared_fills_in_what_does_not_follow_and_gives_way_where_it_is_wrong() {
        Map<String, String> types = infer("""
                g (float[N,3] x) => (float[N,3] y, float[K,7] z, int64[2,M] i) {
                  y = Relu (x)
                  z = Neg (x)
                  i = NonZero (x)
                }""");
        assertThat(types)
                .containsEntry("y", "float32[N, 3]")
                .containsEntry("z", "float32[N, 3]")
                .containsEntry("i", "int64[2, M]");
    }

    @Test
    void all_contradictions_are_told_and_the_walk_goes_on() {
        Map<String, String> types = infer("""
                g (float[1,3,8,8] x, float[4,2,3,3] w, float[5] v) => (float[] y, float[] z, float[] r) {
                  [first] a = Conv (x, w)
                  y = Relu (a)
                  [second] z = Add (x, v)
                  r = Relu (x)
                }""");
        assertThat(problems.found())
                .extracting(Problem::toString)
                .containsExactly(
                        "m: node \"first\" (Conv): channels 3 of X do not match 2 x group 1 of W, whose shape is [4, 2, 3, 3]",
                        "m: node \"second\" (Add): shapes [[1, 3, 8, 8], [5]] cannot be broadcast together: "
                                + "8 and 5 differ and neither is 1");
        assertThat(types).containsEntry("r", "float32[1, 3, 8, 8]");
    }

    @Test
    void a_contradiction_within_a_branch_is_told_with_its_node() {
        infer("""
                g (bool c, float[2,3] x) => (float[] y) {
                  [outer] y = If (c) <then_branch = t () => (float[] a) { [inner] a = MatMul (x, x) }, else_branch = e () => (float[] b) { b = Neg (x) }>
                }""");
        assertThat(problems.found())
                .extracting(Problem::toString)
                .containsExactly("m: node \"outer\" (If): inner node \"inner\" (MatMul): "
                        + "inner size 3 of A [2, 3] does not match 2 of B [2, 3]");
    }

    private Map<String, String> infer(String text) {
        Model model = OnnxText.parse(text);
        return typesOf(
                Inference.infer(model, SourceLocation.file("m"), problems).graph());
    }

    private static Map<String, String> typesOf(Graph graph) {
        return graph.nodes().stream()
                .map(Node::outputs)
                .flatMap(outputs -> outputs.stream())
                .collect(Collectors.toMap(Value::name, value -> value.type().toString()));
    }
}
