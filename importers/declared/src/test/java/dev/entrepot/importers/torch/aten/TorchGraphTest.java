package dev.entrepot.importers.torch.aten;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.operators.AtenTable;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchGraphTest {

    private final TorchGraph graph = new TorchGraph(AtenTable::find, "net", SourceLocation.file("net.pt"));
    private final TensorRef x =
            graph.input("x", DataType.FLOAT, Shape.of(List.of(Dim.of("N"), Dim.of(3), Dim.of(4), Dim.of(5))));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aten::hann_window | 1099511627776 | makes 1099511627776 numbers at once",
                "aten::hann_window | -7 | makes -7 numbers",
                "aten::dsplit | 1099511627776 | makes 1099511627776 parts at once",
                "aten::floordiv | 0 | division by zero",
                "aten::mul | 9223372036854775807 | is beyond 64 bits"
            })
    void numbers_beyond_all_bounds_are_refused(String op, long number, String reason) {
        List<IValue> arguments = new ArrayList<>(List.of(IValue.of(number)));
        if (op.equals("aten::dsplit")) {
            arguments.add(0, x);
        } else if (op.equals("aten::mul") || op.equals("aten::floordiv")) {
            arguments.add(0, IValue.of(3));
        }

        graph.call(op, arguments, Map.of());

        assertThatExceptionOfType(ModelException.class).isThrownBy(graph::build).withMessageContaining(reason);
    }

    @Test
    void a_program_that_grows_without_end_is_stopped_at_its_place() {
        graph.at(SourceLocation.line("code/__torch__.py", 7, 3));

        assertThatThrownBy(() -> {
                    for (IValue y = x; ; y = graph.call("aten::relu", y)) {
                        assertThat(y).isInstanceOf(TensorRef.class);
                    }
                })
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(
                        "code/__torch__.py:7:3: aten::relu: the graph grows to more than 131072 nodes, the limit");
    }

    @Test
    void a_symbolic_size_stays_symbolic_through_a_view() {
        TensorRef flat = (TensorRef) graph.call("aten::flatten", x, IValue.of(0));

        assertThat(flat.shape()).hasToString("[60*N]");
        assertThat(graph.sizeOf(flat.value(), 0))
                .isEqualTo(graph.sizeOf(x.value(), 0).times(SizeExpr.of(60)));
    }

    @Test
    void a_view_with_one_symbol_needs_no_nodes_for_it() {
        IValue batch = graph.call("aten::size", x, IValue.of(0));
        IValue y = graph.call("aten::view", x, IValue.list(List.of(batch, IValue.of(-1))));
        graph.output("y", y);

        assertThat(built()).containsExactly("Reshape");
        assertThat(((TensorRef) y).shape()).hasToString("[N, 60]");
    }

    @Test
    void an_operator_in_place_changes_its_tensor_and_the_base_of_a_view() {
        IValue y = graph.call("aten::relu", x);
        IValue flat = graph.call("aten::permute", y, IValue.ints(3, 2, 1, 0));
        graph.call("aten::relu_", flat);
        graph.output("y", y);

        assertThat(built()).containsExactly("Relu", "Transpose", "Relu", "Transpose");
    }

    @Test
    void a_view_follows_its_base() {
        IValue y = graph.call("aten::relu", x);
        IValue flat = graph.call("aten::flatten", y);
        graph.call("aten::relu_", y);
        graph.output("flat", flat);

        assertThat(built()).containsExactly("Relu", "Relu", "Reshape");
    }

    @Test
    void a_tensor_that_a_branch_assigns_has_its_old_value_afterwards() {
        TensorRef y = (TensorRef) graph.call("aten::relu", x);
        var before = y.value();
        Branch<IValue> branch = graph.branch("then", () -> graph.call("aten::relu_", y));

        assertThat(y.value()).isEqualTo(before);
        assertThat(branch.writes()).containsOnlyKeys(y);
        assertThat(branch.writes().get(y)).isNotEqualTo(before);
    }

    @Test
    void all_unsupported_operators_are_reported_at_once() {
        IValue broken = graph.call("aten::no_such_thing", x);
        graph.call("aten::relu", broken);
        graph.call("aten::dim", x, x);

        assertThatThrownBy(graph::build)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("aten::no_such_thing: no operator of this name is known here")
                .hasMessageContaining(
                        "aten::dim: is called with (Tensor, Tensor), expected aten::dim(Tensor self) -> int");
    }

    @Test
    void an_argument_that_has_a_default_may_be_named() {
        IValue y = graph.call("aten::flatten", List.of(x), Map.of("start_dim", IValue.of(2)));

        assertThat(((TensorRef) y).shape()).hasToString("[N, 3, 20]");
    }

    private List<String> built() {
        Graph built = graph.build();
        return built.nodes().stream().map(Node::op).toList();
    }
}
