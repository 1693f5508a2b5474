package dev.entrepot.importers.torch.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Views and plain numbers where sizes are symbols. */
class OpenSizesTest {

    private final TorchGraph graph = new TorchGraph(AtenTable::find, "net", SourceLocation.file("net.pt"));
    private final TensorRef x =
            graph.input("x", DataType.FLOAT, Shape.of(List.of(Dim.of("N"), Dim.of(6), Dim.of("L"))));

    @Test
    void a_size_that_a_traced_program_reckons_with_tensors_stays_a_size() {
        IValue length = graph.call("prim::NumToTensor", size(2));
        IValue both = graph.call("aten::mul", graph.call("prim::NumToTensor", size(0)), length);
        IValue rows = graph.call("aten::Int", both);
        IValue batch = graph.call("aten::Int", graph.call("aten::floor_divide", both, length));

        assertThat(rows).hasToString("Int[value=L*N]");
        assertThat(batch).isEqualTo(size(0));
    }

    @Test
    void an_end_beyond_every_size_is_the_end() {
        TensorRef whole = (TensorRef)
                graph.call("aten::slice", x, IValue.of(2), IValue.of(0), IValue.of(Long.MAX_VALUE), IValue.of(1));

        assertThat(whole.value()).isEqualTo(x.value());
    }

    @Test
    void a_part_is_as_long_as_its_bounds_say() {
        IValue half = graph.call("aten::floordiv", size(2), IValue.of(2));
        TensorRef first = (TensorRef) graph.call("aten::slice", x, IValue.of(2), IValue.NONE, IValue.of(-1));
        TensorRef second = (TensorRef) graph.call("aten::narrow", x, IValue.of(2), IValue.of(0), half);

        assertThat(first.shape()).hasToString("[N, 6, L - 1]");
        assertThat(second.shape()).hasToString("[N, 6, floor_divide(L, 2)]");
    }

    @Test
    void a_size_is_at_least_one_and_the_same_as_itself() {
        assertThat(graph.call("aten::gt", size(0), IValue.of(0))).isEqualTo(IValue.of(true));
        assertThat(graph.call("aten::eq", size(0), size(0))).isEqualTo(IValue.of(true));
        assertThat(graph.call("aten::ne", size(0), IValue.of(0))).isEqualTo(IValue.of(true));
    }

    @Test
    void what_cannot_be_told_of_sizes_is_left_to_the_model() {
        assertThat(graph.call("aten::lt", size(0), IValue.of(7))).isInstanceOf(IValue.Scalar.class);
        assertThat(graph.call("aten::eq", size(0), IValue.of(4))).isInstanceOf(IValue.Scalar.class);
    }

    @Test
    void what_is_written_to_a_copy_of_a_turned_tensor_does_not_reach_it() {
        IValue y = graph.call("aten::relu", x);
        IValue turned = graph.call("aten::transpose", y, IValue.of(1), IValue.of(2));
        graph.call("aten::relu_", graph.call("aten::contiguous", turned));
        graph.output("y", y);

        assertThat(graph.build().nodes().stream().map(Node::op)).containsExactly("Relu");
    }

    @Test
    void an_axis_that_is_added_in_place_changes_no_other_view() {
        IValue y = graph.call("aten::relu", x);
        IValue part = graph.call("aten::select", y, IValue.of(1), IValue.of(0));
        graph.call("aten::unsqueeze_", part, IValue.of(0));

        assertThat(((TensorRef) part).shape()).hasToString("[1, N, L]");
        assertThat(((TensorRef) y).shape()).hasToString("[N, 6, L]");
    }

    private IValue size(long axis) {
        return graph.call("aten::size", x, IValue.of(axis));
    }
}
