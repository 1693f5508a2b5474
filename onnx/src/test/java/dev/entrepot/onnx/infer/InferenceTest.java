package dev.entrepot.onnx.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Symbols, contents that are computed from shapes, and what is refused. Expected shapes follow from the ONNX operators' texts. */
class InferenceTest {

    private final GraphBuilder graph = new GraphBuilder("test");

    @Test
    void a_stride_1_convolution_that_keeps_the_size_keeps_its_symbols() {
        Value x = input("x", "N", 3, "H", "W");
        Value w = graph.constant("w", Tensor.of(Shape.of(4, 3, 3, 3), new float[4 * 3 * 3 * 3]));
        assertThat(graph.add("Conv", Attributes.of("pads", 1, 1, 1, 1), x, w).shape())
                .hasToString("[N, 4, H, W]");
        assertThat(graph.add("Conv", x, w).shape()).hasToString("[N, 4, ?, ?]");
    }

    @Test
    void a_symbol_broadcast_with_1_or_itself_stays_and_gives_way_to_a_number() {
        Value x = input("x", "N", "C", "D");
        Value y = input("y", "N", 1, 7);
        assertThat(graph.add("Add", x, y).shape()).hasToString("[N, C, 7]");
        Value other = input("z", "M", "C", "D");
        assertThat(graph.add("Add", x, other).shape()).hasToString("[?, C, D]");
    }

    @Test
    void a_reshape_to_a_computed_target_keeps_the_batch_symbol() {
        Value x = input("x", "N", 3, 4);
        Value batch = graph.add("Gather", graph.add("Shape", x), graph.integer("zero", 0));
        Value target = graph.add(
                "Concat",
                Attributes.of("axis", 0),
                graph.add("Unsqueeze", batch, graph.ints("axis", 0)),
                graph.ints("rest", -1));
        assertThat(graph.add("Reshape", x, target).shape()).hasToString("[N, 12]");
    }

    @Test
    void a_ceil_mode_window_that_would_begin_in_the_padding_is_dropped() {
        Value x = input("x", 1, 1, 5);
        Attributes attributes = Attributes.NONE
                .with("kernel_shape", new long[] {2})
                .with("strides", new long[] {3})
                .with("pads", 0, 1)
                .with("ceil_mode", 1);
        assertThat(graph.add("MaxPool", attributes, x).shape()).hasToString("[1, 1, 2]");
    }

    @Test
    void a_convolution_over_other_channels_is_refused() {
        Value x = input("x", 1, 3, 5, 5);
        Value w = graph.constant("w", Tensor.of(Shape.of(8, 4, 1, 1), new float[32]));
        assertThatThrownBy(() -> graph.add("Conv", x, w))
                .isInstanceOf(InvalidNodeException.class)
                .hasMessage("channels 3 of X do not match 4 x group 1 of W, whose shape is [8, 4, 1, 1]");
    }

    @Test
    void an_unknown_operator_has_unknown_outputs() {
        Value y = graph.add("NoSuchOperator", input("x", 1));
        assertThat(y.shape()).isEqualTo(Shape.UNRANKED);
    }

    private Value input(String name, Object... dims) {
        List<Dim> shape = Arrays.stream(dims)
                .map(dim -> dim instanceof String symbol ? Dim.of(symbol) : Dim.of((int) dim))
                .toList();
        return graph.input(name, DataType.FLOAT, Shape.of(shape));
    }
}
