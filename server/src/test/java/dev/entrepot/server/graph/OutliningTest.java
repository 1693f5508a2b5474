package dev.entrepot.server.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.onnx.text.OnnxText;
import dev.entrepot.server.graph.GraphOutline.Edge;
import dev.entrepot.server.graph.GraphOutline.Port;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutliningTest {

    private static GraphOutline outline(String graph) {
        return Outlining.of(OnnxText.parse("<ir_version: 10, opset_import: [\"\" : 20]>\n" + graph));
    }

    @Test
    void edges_lead_from_inputs_through_nodes_to_outputs() {
        GraphOutline graph = outline("g (float[N,3] x) => (float[N,3] y) { a = Relu (x)  y = Add (a, x) }");

        assertThat(graph.edges())
                .containsExactly(
                        new Edge(-1, 0, "x", "float32[N, 3]"),
                        new Edge(0, 1, "a", ""),
                        new Edge(-1, 1, "x", "float32[N, 3]"),
                        new Edge(1, -1, "y", "float32[N, 3]"));
    }

    @Test
    void weights_are_told_by_their_shapes_and_are_no_edges() {
        GraphOutline graph = outline("g (float[N,2] x) => (float[N,2] y) <float[2] w = {1, 2}> { y = Mul (x, w) }");

        assertThat(graph.nodes().get(0).weights()).containsExactly(new Port("w", "float32[2]"));
        assertThat(graph.initializers()).containsExactly(new Port("w", "float32[2]"));
        assertThat(graph.edges()).extracting(Edge::value).containsExactly("x", "y");
    }

    @Test
    void nodes_of_a_subgraph_come_after_their_node_which_takes_what_they_take() {
        GraphOutline graph = outline("g (bool c, float[3] x) => (float[3] y) {"
                + " y = If (c) <then_branch = t () => (float[3] a) { a = Relu (x) },"
                + " else_branch = e () => (float[3] b) { b = Abs (x) }> }");

        assertThat(graph.nodes()).extracting(GraphOutline.Node::op).containsExactly("If", "Relu", "Abs");
        assertThat(graph.nodes()).extracting(GraphOutline.Node::within).containsExactly(-1, 0, 0);
        assertThat(graph.edges())
                .contains(new Edge(-1, 0, "c", "bool[]"))
                .anyMatch(edge -> edge.value().equals("x") && edge.to() == 0);
        assertThat(graph.nodes().get(0).attributes()).containsEntry("then_branch", "a graph of 1 nodes");
    }

    @Test
    void long_attributes_are_cut() {
        String axes = IntStream.range(0, 500).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        GraphOutline graph = outline("g (float[3] x) => (float[3] y) { y = Concat <axis = 0, a = [" + axes + "], s = \""
                + "z".repeat(1000) + "\"> (x) }");

        assertThat(graph.nodes().get(0).attributes().get("a")).endsWith("31, … 500 in all]");
        assertThat(graph.nodes().get(0).attributes().get("s")).hasSize(302).endsWith(" …");
    }

    @Test
    void other_domains_are_named() {
        GraphOutline graph = Outlining.of(OnnxText.parse("<ir_version: 10, opset_import: [\"\" : 20, \"acme\" : 1]>\n"
                + "g (float[3] x) => (float[3] y) { y = acme.Fold (x, , x) }"));

        assertThat(graph.nodes().get(0).op()).isEqualTo("acme:Fold");
        assertThat(graph.nodes().get(0).inputs().get(1)).isEqualTo(new Port("", ""));
    }
}
