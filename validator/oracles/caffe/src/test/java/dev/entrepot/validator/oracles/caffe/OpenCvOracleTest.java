package dev.entrepot.validator.oracles.caffe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.oracle.CaffeOracle;
import dev.entrepot.validator.oracle.OracleAnswer;
import dev.entrepot.validator.oracle.OracleLimits;
import dev.entrepot.validator.oracle.OracleRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NeedsGenuineCaffe.class)
class OpenCvOracleTest {

    private static CaffeOracle oracle;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws IOException {
        oracle = new CaffeOracle(CaffeOracle.Engine.OPENCV, CaffeOracle.find().orElseThrow(), OracleLimits.LAYERS);
    }

    @AfterAll
    static void end() throws IOException {
        oracle.close();
    }

    @Test
    void weights_stated_in_the_prototxt_are_used() throws IOException {
        var computed = computed("""
                input: "x" input_shape { dim: 1 dim: 2 }
                layer { name: "ip" type: "InnerProduct" bottom: "x" top: "y" inner_product_param { num_output: 2 }
                  blobs { shape { dim: 2 dim: 2 } data: 1 data: 2 data: 3 data: 4 }
                  blobs { shape { dim: 2 } data: 0.5 data: -0.5 } }
                """, Map.of("x", Tensor.of(Shape.of(1, 2), 10f, 1f)));
        assertThat(computed.blob("y").toFloats()).containsExactly(12.5f, 33.5f);
    }

    @Test
    void a_blob_written_in_place_is_kept_after_each_layer() throws IOException {
        var computed = computed("""
                input: "x" input_shape { dim: 1 dim: 2 }
                layer { name: "shift" type: "Power" bottom: "x" top: "y" power_param { shift: -2 } }
                layer { name: "clip" type: "ReLU" bottom: "y" top: "y" }
                layer { name: "half" type: "Slice" bottom: "y" top: "a" top: "b" slice_param { axis: 1 } }
                """, Map.of("x", Tensor.of(Shape.of(1, 2), 1f, 4f)));
        assertThat(computed.blobs().keySet())
                .containsExactly("a", "b", "layer/shift", "layer/clip", "layer/a", "layer/b");
        assertThat(computed.blob("layer/shift").toFloats()).containsExactly(-1, 2);
        assertThat(computed.blob("layer/clip").toFloats())
                .usingComparatorWithPrecision(0f)
                .containsExactly(0, 2);
        assertThat(computed.blob("b").toFloats()).containsExactly(2);
    }

    @Test
    void permute_moves_axes() throws IOException {
        var computed = computed("""
                input: "x" input_shape { dim: 1 dim: 2 dim: 1 dim: 3 }
                layer { name: "p" type: "Permute" bottom: "x" top: "y"
                  permute_param { order: 0 order: 2 order: 3 order: 1 } }
                """, Map.of("x", Tensor.of(Shape.of(1, 2, 1, 3), 1f, 2f, 3f, 4f, 5f, 6f)));
        assertThat(computed.blob("y").toString()).isEqualTo("float32[1, 1, 3, 2]");
        assertThat(computed.blob("y").toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
    }

    @Test
    void a_prior_box_is_centred_in_its_cell() throws IOException {
        var computed = computed(
                """
                input: "x" input_shape { dim: 1 dim: 1 dim: 1 dim: 2 }
                input: "image" input_shape { dim: 1 dim: 3 dim: 10 dim: 20 }
                layer { name: "p" type: "PriorBox" bottom: "x" bottom: "image" top: "boxes"
                  prior_box_param { min_size: 4 variance: 0.1 } }
                """,
                Map.of(
                        "x", Tensor.of(Shape.of(1, 1, 1, 2), 0f, 0f),
                        "image", Tensor.of(Shape.of(1, 3, 10, 20), new float[600])));
        assertThat(computed.blob("boxes").toFloats())
                .containsExactly(
                        0.15f, 0.3f, 0.35f, 0.7f, 0.65f, 0.3f, 0.85f, 0.7f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f,
                        0.1f);
    }

    @Test
    void a_pooled_region_is_the_maximum_of_each_bin() throws IOException {
        var computed = computed(
                """
                input: "x" input_shape { dim: 1 dim: 1 dim: 4 dim: 4 }
                input: "rois" input_shape { dim: 1 dim: 5 }
                layer { name: "r" type: "ROIPooling" bottom: "x" bottom: "rois" top: "y"
                  roi_pooling_param { pooled_h: 2 pooled_w: 2 spatial_scale: 0.5 } }
                """,
                Map.of(
                        "x",
                        Tensor.of(Shape.of(1, 1, 4, 4), 0f, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
                        "rois",
                        Tensor.of(Shape.of(1, 5), 0f, 0, 0, 6, 6)));
        assertThat(computed.blob("y").toFloats()).containsExactly(5, 7, 13, 15);
    }

    @Test
    void what_it_cannot_read_is_refused_and_the_next_question_is_answered() throws IOException {
        Path net = Files.writeString(
                directory.resolve("net.prototxt"), "layer { name: \"a\" type: \"Bogus\" top: \"y\" }");
        OracleAnswer answer = oracle.ask(OracleRequest.of(net, Map.of()));
        assertThat(answer).isInstanceOf(OracleAnswer.Refused.class);
        permute_moves_axes();
    }

    private OracleAnswer.Computed computed(String prototxt, Map<String, Tensor> inputs) throws IOException {
        Path net = Files.writeString(directory.resolve("net.prototxt"), prototxt);
        OracleAnswer answer = oracle.ask(OracleRequest.of(net, inputs).withBlobs(OracleRequest.Blobs.ALL_LAYERS));
        assertThat(answer).isInstanceOf(OracleAnswer.Computed.class);
        return (OracleAnswer.Computed) answer;
    }
}
