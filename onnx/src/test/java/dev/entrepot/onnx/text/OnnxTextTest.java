package dev.entrepot.onnx.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Function;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.io.OnnxReader;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxTextTest {

    private static final String ACCEPTED = "accepted";

    /** The official parser takes a node without an operator, and a domain without a name. */
    private static final List<String> ONLY_OFFICIAL = List.of("y = (x)", "y = .Relu (x)");

    @Test
    void a_graph_is_printed_as_the_official_printer_prints_it() {
        assertThat(OnnxText.print(read("io/canonical.onnx").graph())).isEqualTo(text("text/canonical.txt"));
    }

    @Test
    void numbers_are_printed_as_the_official_printer_prints_them() {
        assertThat(OnnxText.print(read("text/numbers.onnx"))).isEqualTo(text("text/numbers.txt"));
    }

    @ParameterizedTest
    @MethodSource("syntaxCases")
    void what_the_official_parser_accepts_is_accepted_and_nothing_else(String verdict, String model) {
        if (verdict.equals(ACCEPTED)) {
            assertThat(OnnxText.parse(model)).isNotNull();
        } else {
            assertThatThrownBy(() -> OnnxText.parse(model)).isInstanceOf(ModelException.class);
        }
    }

    static Stream<Arguments> syntaxCases() {
        List<Arguments> cases = new ArrayList<>();
        for (String part : text("text/syntax.txt").split("(?m)^--- ")) {
            int end = part.indexOf('\n');
            if (end > 0 && ONLY_OFFICIAL.stream().noneMatch(part::contains)) {
                cases.add(Arguments.of(part.substring(0, end), part.substring(end + 1, part.length() - 1)));
            }
        }
        return cases.stream();
    }

    @Test
    void a_node_without_an_operator_is_refused_though_the_official_parser_takes_it() {
        for (String node : ONLY_OFFICIAL) {
            assertThat(text("text/syntax.txt")).containsPattern("accepted\n.*" + Pattern.quote(node));
            assertThatThrownBy(() -> OnnxText.parseNodes(node)).hasMessageContaining("expected an identifier");
        }
    }

    @ParameterizedTest
    @MethodSource("syntaxCases")
    void what_is_parsed_and_printed_is_the_same_when_parsed_again(String verdict, String model) {
        if (verdict.equals(ACCEPTED)) {
            String printed = OnnxText.print(OnnxText.parse(model));
            assertThat(OnnxText.print(OnnxText.parse(printed))).isEqualTo(printed);
        }
    }

    @Test
    void every_tensor_comes_back_from_its_text_bit_by_bit() {
        for (String file : List.of("io/tensor_forms.onnx", "io/canonical.onnx", "text/numbers.onnx")) {
            Graph graph = read(file).graph();
            Graph parsed = OnnxText.parseGraph(OnnxText.print(graph));
            graph.initializers().forEach((name, tensor) -> {
                Tensor again = parsed.initializers().getOrDefault(name, Tensor.scalar(0L));
                assertThat(again).hasToString(tensor.toString());
                assertThat(again.toBytes()).as(name).isEqualTo(tensor.toBytes());
            });
        }
    }

    @Test
    void a_model_without_header_is_ours() {
        Model model = OnnxText.parse("lenet (float[N,1,28,28] data) => (float[N,10] prob) { prob = Softmax (data) }");

        assertThat(model.opset()).isEqualTo(Model.HOUSE_OPSET);
        assertThat(model.irVersion()).isEqualTo(Model.HOUSE_IR_VERSION);
    }

    @Test
    void values_of_nodes_have_the_types_that_stand_in_the_text() {
        Graph graph = OnnxText.parseGraph("""
                g (float[N,3] x, bool flag) => (y)
                <float[3] b = {1, 2, 3}, float[N,3] sum>
                {
                    sum = Add (x, b)
                    y = If (flag) <
                        then_branch = t () => (float[N,3] a) { a = Relu (sum) },
                        else_branch = e () => (b2) <int64 b2> { b2 = Op () }>
                }
                """);
        Node add = graph.nodes().get(0);
        Graph then = graph.nodes().get(1).attributes().graph("then_branch").orElseThrow();

        assertThat(add.input(0))
                .isEqualTo(Value.tensor("x", DataType.FLOAT, Shape.of(List.of(Dim.of("N"), Dim.of(3)))));
        assertThat(add.input(1)).isEqualTo(Value.tensor("b", DataType.FLOAT, Shape.of(3)));
        assertThat(then.nodes().get(0).input(0)).isEqualTo(add.outputs().get(0));
        assertThat(add.outputs().get(0).shape()).isEqualTo(Shape.of(List.of(Dim.of("N"), Dim.of(3))));
    }

    @Test
    void nodes_and_functions_stand_alone() {
        List<Node> nodes = OnnxText.parseNodes("t = Relu (x) y = Concat <axis = 1> (t, , x)");
        Function function = OnnxText.parseFunction(
                "<domain: \"d\", opset_import: [\"\" : 20]> f <p, alpha = 0.5> (float[2] a) => (b) { b = Op <v: float = @alpha> (a) }");

        assertThat(nodes).extracting(Node::op).containsExactly("Relu", "Concat");
        assertThat(nodes.get(1).inputs()).extracting(Value::name).containsExactly("t", "", "x");
        assertThat(OnnxText.print(nodes.get(1))).isEqualTo("y = Concat <axis: int = 1> (t, \"\", x)\n");
        assertThat(function.attributeNames()).containsExactly("p");
        assertThat(function.attributeDefaults().floatOr("alpha", 0)).isEqualTo(0.5f);
        assertThat(function.nodes().get(0).attributes().values())
                .containsEntry("v", new Attribute.Reference("alpha", "float"));
        assertThat(OnnxText.parseFunction(OnnxText.print(function))).isEqualTo(function);
    }

    @Test
    void large_tensors_can_be_left_out_of_the_print() {
        Model model = OnnxText.parse("g () => () <float[2] small = {1, 2}, float[3] large = {1, 2, 3}> { }");

        String printed = OnnxText.print(model, 2);

        assertThat(printed).contains("float[2] small =  {1,2}, float[3] large = {...}>");
        assertThatThrownBy(() -> OnnxText.parse(printed)).isInstanceOf(ModelException.class);
    }

    @Test
    void a_name_that_looks_like_a_type_is_put_in_quotes_where_it_would_be_taken_for_one() {
        Graph graph = OnnxText.parseGraph("g (float[2] map, \"seq\") => () { y = Relu (seq) }");

        assertThat(OnnxText.print(graph))
                .startsWith("g (float[2] map,  \"seq\") =>")
                .contains("Relu (seq)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    g () => () { y = Relu x }             | text:1:23: syntax: expected '(', found x
                    g () => ()                            | text:1:11: syntax: expected '{', found the end
                    g (float[2] x = {1}) => () { }        | text:1:4: syntax: expected 2 elements for float[2], found another number of them
                    g (int8[1] x = {128}) => () { }       | text:1:17: syntax: expected int8 from -128 to 127, found 128
                    g (uint64[1] x = {-1}) => () { }      | text:1:19: syntax: expected an unsigned number of 64 bits, found -1
                    g (float[1] x = ["location" : "f"]) => () { } | text:1:17: external data: is not read from a text; give the elements in braces
                    g () => () { y = Op <a = 1, a = 2> (x) } | text:1:31: syntax: attribute "a" is given a second time
                    g () => () { y = Op <a = [1, @b]> (x) } | text:1:30: syntax: expected a value; only a whole attribute can refer to a function's, found '@'
                    g () => () { y = Op <a = "open> (x) } | text:1:26: syntax: begins a text whose closing quote is missing
                    g (float[9999999999,9999999999] x = {}) => () { } | text:1:4: syntax: has the shape [9999999999, 9999999999], which has more elements than 2^63 - 1
                    """)
    void faults_have_line_and_column(String model, String message) {
        assertThatThrownBy(() -> OnnxText.parse(model))
                .isInstanceOf(ModelException.class)
                .hasMessage(message);
    }

    @Test
    void lines_are_counted() {
        assertThatThrownBy(() -> OnnxText.parse("net.onnxtxt", "g () => ()\n# comment\n{\n  y = Relu (x\n}"))
                .hasMessage("net.onnxtxt:5:1: syntax: expected ')', found '}'");
    }

    @Test
    void deep_nesting_is_refused_before_the_stack_ends() {
        String graphs = "g () => () { y = Op <a = ".repeat(100_000);
        String types = "g (" + "seq(".repeat(100_000);

        assertThatThrownBy(() -> OnnxText.parse(graphs)).hasMessageContaining("nested more than 100 deep, the limit");
        assertThatThrownBy(() -> OnnxText.parse(types)).hasMessageContaining("nested more than 100 deep, the limit");
    }

    private static Model read(String resource) {
        return OnnxReader.read(ByteSource.of(resource, bytes(resource)));
    }

    private static String text(String resource) {
        return new String(bytes(resource), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = OnnxTextTest.class.getResourceAsStream("/dev/entrepot/onnx/" + resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no fixture " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
