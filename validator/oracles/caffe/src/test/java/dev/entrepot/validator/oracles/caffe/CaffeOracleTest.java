package dev.entrepot.validator.oracles.caffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.oracle.CaffeOracle;
import dev.entrepot.validator.oracle.OracleAnswer;
import dev.entrepot.validator.oracle.OracleClassPath;
import dev.entrepot.validator.oracle.OracleLimits;
import dev.entrepot.validator.oracle.OracleRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NeedsGenuineCaffe.class)
class CaffeOracleTest {

    private static CaffeOracle oracle;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws IOException {
        oracle = oracle(OracleLimits.LAYERS);
    }

    @AfterAll
    static void end() throws IOException {
        oracle.close();
    }

    @Test
    void computes_what_a_hand_can_check() throws IOException {
        Path net = net("""
                input: "x" input_shape { dim: 1 dim: 2 }
                layer { name: "ip" type: "InnerProduct" bottom: "x" top: "y" inner_product_param { num_output: 2 }
                  blobs { shape { dim: 2 dim: 2 } data: 1 data: 2 data: 3 data: 4 }
                  blobs { shape { dim: 2 } data: 0.5 data: -0.5 } }
                """);
        var blobs = computed(OracleRequest.of(net, Map.of("x", Tensor.of(Shape.of(1, 2), 10, 1f))));
        assertThat(blobs.blobs()).containsOnlyKeys("y");
        assertThat(blobs.blob("y").toString()).isEqualTo("float32[1, 2]");
        assertThat(blobs.blob("y").toFloats()).containsExactly(12.5f, 33.5f);
    }

    @Test
    void the_net_takes_the_shape_of_its_inputs() throws IOException {
        Path net = net("""
                input: "x" input_shape { dim: 1 dim: 3 dim: 8 dim: 8 }
                layer { name: "pool" type: "Pooling" bottom: "x" top: "pool"
                  pooling_param { kernel_size: 3 stride: 2 } }
                """);
        var blobs = computed(OracleRequest.of(net, Map.of("x", Tensor.of(Shape.of(2, 1, 6, 4), new float[48]))));
        assertThat(blobs.blob("pool").toString()).isEqualTo("float32[2, 1, 3, 2]");
    }

    @Test
    void a_blob_written_in_place_is_kept_after_each_layer() throws IOException {
        Path net = net("""
                input: "x" input_shape { dim: 2 }
                layer { name: "shift" type: "Power" bottom: "x" top: "y" power_param { shift: -2 } }
                layer { name: "clip" type: "ReLU" bottom: "y" top: "y" }
                layer { name: "left" type: "Power" bottom: "y" top: "z" power_param { scale: 3 } }
                layer { name: "sum" type: "Eltwise" bottom: "y" bottom: "z" top: "sum" }
                """);
        var blobs = computed(OracleRequest.of(net, Map.of("x", Tensor.of(Shape.of(2), 1f, 4f)))
                .withBlobs(OracleRequest.Blobs.ALL_LAYERS));
        assertThat(blobs.blobs().keySet())
                .containsExactly("sum", "layer/x", "layer/shift", "layer/clip", "layer/z", "layer/sum");
        assertThat(blobs.blob("layer/shift").toFloats()).containsExactly(-1, 2);
        assertThat(blobs.blob("layer/clip").toFloats()).containsExactly(0, 2);
        assertThat(blobs.blob("layer/z").toFloats()).containsExactly(0, 6);
        assertThat(blobs.blob("layer/sum").toFloats()).containsExactly(0, 8);
    }

    @Test
    void the_same_seed_fills_the_same_weights_and_they_can_be_saved() throws IOException {
        Path net = net("""
                input: "x" input_shape { dim: 1 dim: 4 }
                layer { name: "ip" type: "InnerProduct" bottom: "x" top: "y"
                  inner_product_param { num_output: 3 weight_filler { type: "xavier" } } }
                """);
        Path weights = directory.resolve("net.caffemodel");
        var request = OracleRequest.of(net, Map.of("x", Tensor.of(Shape.of(1, 4), 1f, 2f, 3f, 4f)))
                .withSeed(5);
        float[] first = computed(request.savingWeights(weights)).blob("y").toFloats();
        assertThat(computed(request).blob("y").toFloats()).containsExactly(first);
        assertThat(computed(request.withSeed(6)).blob("y").toFloats()).isNotEqualTo(first);
        assertThat(computed(request.withSeed(6).withWeights(weights)).blob("y").toFloats())
                .containsExactly(first);
    }

    @Test
    void a_failed_check_is_an_answer_and_the_next_question_is_answered() throws IOException {
        Path bad = net("""
                input: "x" input_shape { dim: 1 dim: 1 dim: 4 dim: 4 }
                layer { name: "pool" type: "Pooling" bottom: "x" top: "pool" pooling_param { kernel_size: 2 pad: 2 } }
                """);
        var x = Map.of("x", Tensor.of(Shape.of(1, 1, 4, 4), new float[16]));
        assertThat(refused(OracleRequest.of(bad, x)).reason())
                .matches("pooling_layer\\.cpp:\\d+: Check failed: pad_h_ < kernel_h_ \\(2 vs\\. 2\\)");
        Path good = net("""
                input: "x" input_shape { dim: 1 dim: 1 dim: 4 dim: 4 }
                layer { name: "r" type: "ReLU" bottom: "x" top: "y" }
                """);
        assertThat(computed(OracleRequest.of(good, x)).blobs()).containsKey("y");
    }

    @Test
    void an_unknown_layer_type_is_refused_by_name() throws IOException {
        Path net = net("layer { name: \"a\" type: \"Bogus\" top: \"y\" }");
        assertThat(refused(OracleRequest.of(net, Map.of())).reason()).contains("Unknown layer type: Bogus");
    }

    @Test
    void a_broken_prototxt_is_refused_with_line_and_column() throws IOException {
        Path net = net("layer { name: \"a\"\n  typ: \"ReLU\" }");
        assertThat(refused(OracleRequest.of(net, Map.of())).reason())
                .contains("Error parsing text-format caffe.NetParameter: 2:")
                .contains("has no field named \"typ\"");
    }

    @Test
    void an_input_without_a_value_is_refused() throws IOException {
        Path net = net(
                "input: \"x\" input_shape { dim: 1 } layer { name: \"r\" type: \"ReLU\" bottom: \"x\" top: \"y\" }");
        assertThat(refused(OracleRequest.of(net, Map.of())).reason()).isEqualTo("no value is given for input \"x\"");
        assertThat(refused(OracleRequest.of(net, Map.of("z", Tensor.scalar(1f))))
                        .reason())
                .isEqualTo("the net has no blob \"z\"");
    }

    @Test
    void what_takes_too_long_is_ended() throws IOException {
        Path net = net("""
                input: "x" input_shape { dim: 4 dim: 64 dim: 200 dim: 200 }
                layer { name: "c" type: "Convolution" bottom: "x" top: "y"
                  convolution_param { num_output: 256 kernel_size: 7 } }
                """);
        var limits = new OracleLimits(Duration.ofMillis(300), 1024, 1);
        try (CaffeOracle hasty = oracle(limits)) {
            var x = Map.of("x", Tensor.of(Shape.of(4, 64, 200, 200), new float[4 * 64 * 200 * 200]));
            OracleAnswer answer = hasty.ask(OracleRequest.of(net, x));
            assertThat(answer).isInstanceOf(OracleAnswer.Refused.class);
            assertThat(((OracleAnswer.Refused) answer).reason()).isEqualTo("no answer within PT0.3S");
        }
    }

    @Test
    void an_oracle_that_is_not_there_does_not_start() throws IOException {
        Path net = net("");
        try (var absent = new CaffeOracle(
                CaffeOracle.Engine.CAFFE,
                new OracleClassPath(directory.resolve("nothing").toString()),
                OracleLimits.LAYERS)) {
            assertThatThrownBy(() -> absent.ask(OracleRequest.of(net, Map.of())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the oracle did not start")
                    .hasMessageContaining("ClassNotFoundException");
        }
    }

    private static CaffeOracle oracle(OracleLimits limits) throws IOException {
        return new CaffeOracle(CaffeOracle.Engine.CAFFE, CaffeOracle.find().orElseThrow(), limits);
    }

    private Path net(String prototxt) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "net", ".prototxt"), prototxt);
    }

    private static OracleAnswer.Computed computed(OracleRequest request) throws IOException {
        OracleAnswer answer = oracle.ask(request);
        assertThat(answer).isInstanceOf(OracleAnswer.Computed.class);
        return (OracleAnswer.Computed) answer;
    }

    private static OracleAnswer.Refused refused(OracleRequest request) throws IOException {
        OracleAnswer answer = oracle.ask(request);
        assertThat(answer).isInstanceOf(OracleAnswer.Refused.class);
        return (OracleAnswer.Refused) answer;
    }
}
