package dev.entrepot.onnx.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.Problem;
import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.text.OnnxText;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Concat <axis = 1> (float[1,2,3] a, float[1,2] b) | shapes [1, 2, 3] and [1, 2] cannot be concatenated: their ranks differ",
                "Concat <axis = 1> (float[1,2,3] a, float[1,2,4] b) | sizes of concatenated tensors apart from axis 1 must be equal, found 3 and 4",
                "Gemm (float[2,3] a, float[4,5] b) | inner size 3 of A [2, 3] does not match 4 of B [4, 5]",
                "Gemm <transB = 1> (float[2,3] a, float[5,3] b, float[4] c) | C has shape [4], which does not broadcast to [2, 5]",
                "MaxPool <kernel_shape = [2, 2], pads = [2, 0, 0, 0]> (float[1,1,4,4] a) | pads [2, 0, 0, 0] must each be smaller than the kernel [2, 2]",
                "AveragePool <kernel_shape = [5]> (float[1,1,4] a) | a window that reaches over 5 does not fit into size 4 with pads 0 and 0",
                "Conv (float[1,4,4] a, float[1,4] b) | X has shape [1, 4, 4] and W [1, 4], expected equal ranks of at least 3",
                "Conv <kernel_shape = [2]> (float[1,4,4] a, float[1,4,3] b) | kernel_shape and the kernel of W must be equal, found 2 and 3",
                "Conv <group = 3> (float[1,6,4] a, float[4,2,1] b) | 4 output channels of W are not divisible by 3",
                "Conv (float[1,4,4] a, float[2,4,1] b, float[3] c) | the length of B and the output channels must be equal, found 3 and 2",
                "Conv <strides = [0]> (float[1,4,4] a, float[2,4,1] b) | strides [0] must each be at least 1",
                "ConvTranspose (float[1,4,4] a, float[2,4,1] b) | channels 4 of X do not match 2 of W, whose shape is [2, 4, 1]",
                "Transpose <perm = [0, 0]> (float[1,4] a) | perm [0, 0] is no order of the 2 axes of [1, 4]",
                "BatchNormalization (float[1,4,2] a, float[3] b, float[3] c, float[3] d, float[3] e) | the channels of X and the length of scale must be equal, found 4 and 3",
                "Softmax <axis = 2> (float[1,4] a) | axis 2 is outside of a tensor of 2 dimensions",
                "Flatten <axis = 3> (float[1,4] a) | axis 3 is outside of a tensor of 2 dimensions",
                "Split <axis = 0, split = [1, 2]> (float[4] a) | split [1, 2] does not divide size 4 into 1 outputs",
                "LSTM <hidden_size = 2> (float[1,1,3] a, float[1,8,3] b, float[1,8,4] c) | hidden_size and the last size of R must be equal, found 2 and 4",
                "Einsum <equation = \"ij,k\"> (float[1,4] a) | equation ij,k has 2 terms for 1 inputs",
                "DepthToSpace <blocksize = 2> (float[1,6,2,2] a) | channels 6 are not divisible by 4",
            })
    void a_contradiction_is_told_with_what_was_found_and_expected(String node, String reason) {
        String names = node.replaceAll("\\b\\w+\\[[^]]*] (?=\\w)", "");
        String inputs = node.substring(node.indexOf('('));
        Problems problems = new Problems();
        Inference.infer(
                OnnxText.parseGraph("g " + inputs + " => (float[] y) { y = " + names + " }"),
                SourceLocation.file("m"),
                problems);
        assertThat(problems.found()).extracting(Problem::why).containsExactly(reason);
    }

    @Test
    void sizes_beyond_64_bits_are_refused() {
        Value x = input("x", 1 << 30, 1 << 30, 1 << 30);
        assertThatThrownBy(() -> graph.add("Flatten", Attributes.of("axis", 0), x))
                .isInstanceOf(InvalidNodeException.class)
                .hasMessage("a size does not fit 64 bits");
    }

    @Test
    void elements_that_do_not_fit_the_new_shape_are_refused() {
        Value x = input("x", 2, 3);
        assertThatThrownBy(() -> graph.add("Reshape", x, graph.ints("shape", 4, 2)))
                .hasMessage("6 elements of [2, 3] do not fit shape [4, 2] of 8");
        assertThatThrownBy(() -> graph.add("Reshape", x, graph.ints("shape", 4, -1)))
                .hasMessage("6 elements of [2, 3] do not divide into shape [4, -1]");
        assertThatThrownBy(() -> graph.add("Reshape", x, graph.ints("shape", -1, -1)))
                .hasMessage("shape [-1, -1] must hold sizes and at most one -1");
    }

    @Test
    void nothing_is_allocated_for_a_rank_beyond_reason() {
        Value rank = graph.input("rank", DataType.INT64, Shape.of(Long.MAX_VALUE));
        assertThat(graph.add("ConstantOfShape", rank).shape()).isEqualTo(Shape.UNRANKED);
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
