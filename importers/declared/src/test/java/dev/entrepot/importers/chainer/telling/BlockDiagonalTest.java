package dev.entrepot.importers.chainer.telling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.ChainerGraph;
import dev.entrepot.importers.chainer.functions.FunctionTable;
import dev.entrepot.importers.chainer.telling.ConnectionTellings.Settings;
import dev.entrepot.importers.chainer.telling.Telling.Call;
import dev.entrepot.importers.chainer.telling.Telling.Weight;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dense weights of grouped convolutions, as Chainer's CaffeFunction kept them. */
class BlockDiagonalTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void a_convolution_whose_weights_are_blocks_gives_the_numbers_of_the_dense_one(long seed) {
        Telling telling = new Telling("convolution_nd", dice -> {
            int axes = dice.between(1, 3);
            int groups = dice.between(2, 4);
            NdArray weight = blocks(dice, groups, dice.between(1, 3), dice.between(1, 3), dice.sizes(axes, 1, 3));
            int[] sizes = new int[axes + 2];
            Arrays.fill(sizes, 6);
            sizes[0] = 2;
            sizes[1] = weight.size(1);
            NdArray x = dice.normal(sizes);
            NdArray bias = dice.normal(weight.size(0));
            int[] stride = dice.sizes(axes, 1, 2);
            int[] pad = dice.sizes(axes, 0, 2);
            int[] dilate = dice.sizes(axes, 1, 2);
            return Call.of(x, new Weight(weight), new Weight(bias))
                    .with("stride", stride)
                    .with("pad", pad)
                    .with("dilate", dilate)
                    .gives(ConnectionTellings.convolved(x, weight, bias, new Settings(stride, pad, dilate, false), 1));
        });

        assertThat(new Trial(telling, seed).outcome()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2, 3, 2", "2, 48, 128", "3, 1, 1", "32, 4, 4", "96, 1, 2", "5, 2, 1"})
    void weights_that_are_zero_outside_of_blocks_become_those_of_groups(int groups, int inputs, int outputs) {
        NdArray weight = blocks(new Dice(groups), groups, outputs, inputs, 3, 3);

        Graph graph = lowered(weight.tensor());

        assertThat(group(graph)).isEqualTo(groups);
        Tensor small = weights(graph);
        assertThat(small.shape()).isEqualTo(Shape.of((long) groups * outputs, inputs, 3, 3));
        NdArray expected = NdArray.of(
                new int[] {groups * outputs, inputs, 3, 3},
                at -> weight.at(at[0], at[0] / outputs * inputs + at[1], at[2], at[3]));
        assertThat(small.toFloats()).containsExactly(expected.tensor().toFloats());
    }

    @Test
    void one_weight_outside_of_the_blocks_leaves_them_dense() {
        NdArray weight = blocks(new Dice(7), 2, 4, 3, 3, 3);
        float[] numbers = weight.tensor().toFloats();
        numbers[numbers.length - 4 * 9] = 1e-30f;

        Graph graph = lowered(Tensor.of(Shape.of(8, 6, 3, 3), numbers));

        assertThat(group(graph)).isEqualTo(1);
        assertThat(weights(graph).toFloats()).containsExactly(numbers);
    }

    @Test
    void four_blocks_of_which_two_touch_are_two() {
        NdArray weight = blocks(new Dice(8), 4, 1, 1, 3, 3);
        float[] numbers = weight.tensor().toFloats();
        numbers[1 * 9] = 0.5f;

        assertThat(group(lowered(Tensor.of(Shape.of(4, 4, 3, 3), numbers)))).isEqualTo(2);
    }

    @Test
    void weights_that_are_all_zero_stay_dense() {
        Graph graph = lowered(Tensor.of(Shape.of(4, 4, 3, 3), new float[144]));

        assertThat(group(graph)).isEqualTo(1);
        assertThat(weights(graph).shape()).isEqualTo(Shape.of(4, 4, 3, 3));
    }

    @Test
    void dense_weights_are_read_no_further_than_their_first_row() {
        Counted data = new Counted(TensorData.repeated(new byte[] {0, 0, (byte) 0x80, 0x3f}, 512L * 512 * 9));

        assertThat(group(lowered(new Tensor(DataType.FLOAT, Shape.of(512, 512, 3, 3), data))))
                .isEqualTo(1);
        assertThat(data.read[0]).isLessThanOrEqualTo(512 * 9 * 4);
    }

    @Test
    void blocks_do_not_depend_on_how_the_dense_weights_are_cut_into_chunks() {
        NdArray weight = blocks(new Dice(9), 3, 2, 5, 3, 3);
        Tensor whole = weight.tensor();
        Tensor cut = new Tensor(whole.type(), whole.shape(), new Counted(whole.data()));

        assertThat(weights(lowered(cut)).toFloats())
                .containsExactly(weights(lowered(whole)).toFloats());
    }

    /** Hands on seven bytes at a time, and counts those that were taken last. */
    private record Counted(TensorData data, long[] read) implements TensorData {
        Counted(TensorData data) {
            this(data, new long[1]);
        }

        @Override
        public long byteLength() {
            return data.byteLength();
        }

        @Override
        public void writeTo(WritableByteChannel out) throws IOException {
            read[0] = 0;
            data.writeTo(new WritableByteChannel() {
                @Override
                public int write(ByteBuffer bytes) throws IOException {
                    ByteBuffer part = bytes.slice(bytes.position(), Math.min(7, bytes.remaining()));
                    int taken = out.write(part);
                    read[0] += taken;
                    bytes.position(bytes.position() + taken);
                    return taken;
                }

                @Override
                public boolean isOpen() {
                    return true;
                }

                @Override
                public void close() {}
            });
        }
    }

    /** Random weights in blocks along the diagonal, [groups outputs, groups inputs, kernel ...]. */
    private static NdArray blocks(Dice dice, int groups, int outputs, int inputs, int... kernel) {
        int[] shape = new int[2 + kernel.length];
        shape[0] = groups * outputs;
        shape[1] = groups * inputs;
        System.arraycopy(kernel, 0, shape, 2, kernel.length);
        NdArray all = dice.normal(shape);
        return NdArray.of(shape, at -> at[0] / outputs == at[1] / inputs ? all.at(at) : 0);
    }

    private static Graph lowered(Tensor weight) {
        ChainerGraph graph = new ChainerGraph(FunctionTable::find, "groups", SourceLocation.file("groups"));
        Shape image = Shape.of(1, weight.shape().sizes()[1], 8, 8);
        Argument x = Argument.of(graph.input("x", DataType.FLOAT, image));
        Argument own = Argument.of(graph.parameter("conv/W", weight));
        graph.output("y", graph.call("convolution_2d", List.of(x, own), Map.of()));
        return graph.build();
    }

    private static Node convolution(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node.op().equals("Conv"))
                .findFirst()
                .orElseThrow();
    }

    private static long group(Graph graph) {
        return convolution(graph).attributes().intOr("group", 1);
    }

    private static Tensor weights(Graph graph) {
        String name = convolution(graph).inputs().get(1).name();
        return Objects.requireNonNull(graph.initializers().get(name), name);
    }
}
