package dev.entrepot.validator.oracles.caffe.cases;

import static dev.entrepot.validator.oracle.CaffeOracle.Engine.CAFFE;
import static dev.entrepot.validator.oracle.CaffeOracle.Engine.OPENCV;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.formats.caffe.CaffeGeneration;
import dev.entrepot.formats.caffe.CaffeWriter;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.oracle.CaffeOracle;
import dev.entrepot.validator.oracle.CaffeOracle.Engine;
import dev.entrepot.validator.oracle.OracleAnswer;
import dev.entrepot.validator.oracle.OracleLimits;
import dev.entrepot.validator.oracle.OracleRequest;
import dev.entrepot.validator.oracles.caffe.NeedsGenuineCaffe;
import dev.entrepot.validator.oracles.caffe.fuzz.Difference;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a genuine framework computes is what the cases say, wherever one knows the layer. */
@ExtendWith(NeedsGenuineCaffe.class)
class GenuineCasesTest {

    private static final Map<String, Engine> KNOWN = Map.ofEntries(
            entry("abs_val", CAFFE),
            entry("arg_max", CAFFE),
            entry("batch_norm", CAFFE),
            entry("batch_reindex", CAFFE),
            entry("bias", CAFFE),
            entry("bnll", CAFFE),
            entry("concat", CAFFE),
            entry("convolution", CAFFE),
            entry("crop", CAFFE),
            entry("deconvolution", CAFFE),
            entry("dropout", CAFFE),
            entry("eltwise", CAFFE),
            entry("elu", CAFFE),
            entry("embed", CAFFE),
            entry("exp", CAFFE),
            entry("filter", CAFFE),
            entry("flatten", CAFFE),
            entry("im2col", CAFFE),
            entry("in_place", CAFFE),
            entry("inner_product", CAFFE),
            entry("log", CAFFE),
            entry("lrn", CAFFE),
            entry("mvn", CAFFE),
            entry("net_state", CAFFE),
            entry("pooling", CAFFE),
            entry("power", CAFFE),
            entry("prelu", CAFFE),
            entry("recurrent", CAFFE),
            entry("reduction", CAFFE),
            entry("relu", CAFFE),
            entry("reshape", CAFFE),
            entry("scale", CAFFE),
            entry("sigmoid", CAFFE),
            entry("slice", CAFFE),
            entry("softmax", CAFFE),
            entry("spp", CAFFE),
            entry("correlation", OPENCV),
            entry("flow_warp", OPENCV),
            entry("interp", OPENCV),
            entry("tanh", CAFFE),
            entry("threshold", CAFFE),
            entry("tile", CAFFE),
            entry("weights", CAFFE),
            entry("detection_output", OPENCV),
            entry("normalize", OPENCV),
            entry("permute", OPENCV),
            entry("prior_box", OPENCV),
            entry("proposal", OPENCV),
            entry("psroi_pooling", OPENCV),
            entry("reorg", OPENCV),
            entry("roi_pooling", OPENCV),
            entry("shuffle_channel", OPENCV),
            entry("activations", OPENCV));

    /** Cases of those families about which the framework is no witness. An agreement here would be news. */
    private static final Map<String, String> DIFFERENT = Map.ofEntries(
            entry("activations/crelu_along_another_axis_may_leak", "OpenCV has no CReLU"),
            entry("activations/crelu_doubles_the_channels", "OpenCV has no CReLU"),
            entry("activations/one_plane_weighs_all_channels", "OpenCV has no SpatialProduct"),
            entry("activations/relu6_may_leak", "OpenCV does not read negative_slope"),
            entry("activations/selu_has_the_constants_of_its_paper", "OpenCV calls it Selu"),
            entry("activations/selu_of_other_constants", "OpenCV calls it Selu"),
            entry("activations/binarization_gives_1_and_minus_1", "OpenCV has no Binarization"),
            entry("correlation/differences_instead_of_products", "OpenCV does not read correlation_type"),
            entry("flow_warp/beyond_the_image_may_be_no_number", "OpenCV fills with 0"),
            entry("interp/a_shrink_factor_leaves_places_out", "OpenCV wants a factor above 1"),
            entry("interp/both_factors_shrink_first", "OpenCV takes the zoom_factor alone"),
            entry("interp/negative_pads_cut_first", "OpenCV does not read pads"),
            entry("detection_output/corners_in_parts_of_the_priors_size", "OpenCV has no CORNER_SIZE"),
            entry(
                    "detection_output/no_class_may_be_the_background",
                    "OpenCV takes -1 for its own label of all classes"),
            entry("detection_output/nothing_found_leaves_a_row_for_each_item", "OpenCV leaves one row"),
            entry("detection_output/the_defaults_decode_corners_and_keep_all", "OpenCV wants parameters to be stated"),
            entry("detection_output/the_variance_may_be_in_the_target", "OpenCV wants priors without variances"),
            entry("dropout/scale_train_false_scales_at_test", "only forks have scale_train"),
            entry("normalize/grn_has_no_scale", "OpenCV has no GRN"),
            entry("permute/axes_that_are_not_named_follow", "OpenCV wants all axes to be named"),
            entry("pooling/a_forks_ceil_mode_false_rounds_down", "only forks have ceil_mode"),
            entry("pooling/round_mode_ceil_changes_nothing", "Caffe 1.0 is older than round_mode"),
            entry("pooling/round_mode_floor_drops_the_partial_window", "Caffe 1.0 is older than round_mode"),
            entry("pooling/round_mode_may_be_a_number", "Caffe 1.0 is older than round_mode"),
            entry("pooling/stochastic_weighs_by_the_elements_at_test", "Caffe does it on GPUs only"),
            entry("prior_box/sizes_are_cut_to_whole_pixels", "OpenCV keeps the fractions, which SSD's own layer cuts"),
            entry("prior_box/the_image_size_may_be_given", "OpenCV takes the size from the image"),
            entry("prior_box/without_variances_they_are_a_tenth", "OpenCV wants a variance"),
            entry("proposal/all_boxes_may_be_kept", "OpenCV fills up to post_nms_topn"),
            entry("proposal/pvanets_layer_chooses_before_and_after_suppression", "OpenCV does not read min_size"),
            entry("proposal/simpler_nms_takes_scores_above_0_only", "OpenCV has no SimplerNMS"),
            entry("proposal/the_python_layer_of_faster_rcnn", "OpenCV has no Python layers"),
            entry("proposal/too_small_boxes_go_from_python", "OpenCV has no Python layers"),
            entry("recurrent/a_gru_resets_before_it_multiplies", "BVLC Caffe has no GRU"),
            entry("recurrent/a_gru_with_linear_before_reset_resets_after_it", "BVLC Caffe has no GRU"),
            entry("recurrent/the_older_lstm_takes_any_mark_but_0_as_going_on", "BVLC Caffe has no Lstm"),
            entry("recurrent/the_older_lstm_without_marks_is_one_sequence", "BVLC Caffe has no Lstm"),
            entry("reorg/a_stride_of_3", "OpenCV always halves the plane"),
            entry("reorg/the_way_back_spreads_channels_over_the_plane", "OpenCV has no way back"),
            entry("reshape/sizes_by_their_old_names", "Caffe 1.0 is younger than they are"));

    private static final Map<Engine, CaffeOracle> ORACLES = new EnumMap<>(Engine.class);

    @TempDir
    Path folder;

    static List<LayerCase> cases() throws IOException {
        return LayerCase.all().stream()
                .filter(layer -> KNOWN.containsKey(layer.family()))
                .toList();
    }

    @BeforeAll
    static void start() throws IOException {
        for (Engine engine : Engine.values()) {
            ORACLES.put(engine, new CaffeOracle(engine, CaffeOracle.find().orElseThrow(), OracleLimits.LAYERS));
        }
    }

    @AfterAll
    static void end() throws IOException {
        for (CaffeOracle oracle : ORACLES.values()) {
            oracle.close();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_genuine_framework_computes_what_the_case_says(LayerCase layer) throws IOException {
        Path prototxt =
                Files.write(folder.resolve("net.prototxt"), layer.prototxt().readAll(1 << 20));
        Path weights = folder.resolve("net.caffemodel");
        try (var out = FileChannel.open(weights, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            CaffeWriter.write(layer.weights(), CaffeGeneration.V2, out);
        }

        OracleAnswer answer = oracle(layer)
                .ask(OracleRequest.of(prototxt, layer.inputs())
                        .withWeights(weights)
                        .withBlobs(OracleRequest.Blobs.ALL_LAYERS));

        if (DIFFERENT.containsKey(layer.name())) {
            assertThat(agrees(answer, layer)).as(DIFFERENT.get(layer.name())).isFalse();
        } else {
            assertThat(answer).isInstanceOf(OracleAnswer.Computed.class);
            assertThat(difference((OracleAnswer.Computed) answer, layer)).isEmpty();
        }
    }

    private static CaffeOracle oracle(LayerCase layer) {
        Engine engine = Objects.requireNonNull(KNOWN.get(layer.family()));
        return Objects.requireNonNull(ORACLES.get(engine));
    }

    private static boolean agrees(OracleAnswer answer, LayerCase layer) {
        return answer instanceof OracleAnswer.Computed computed
                && difference(computed, layer).isEmpty();
    }

    private static Optional<String> difference(OracleAnswer.Computed computed, LayerCase layer) {
        Map<String, Tensor> expected = new LinkedHashMap<>();
        Map<String, Tensor> actual = new LinkedHashMap<>();
        boolean isOrdered = !layer.family().equals("detection_output");
        layer.outputs().forEach((name, tensor) -> {
            expected.put(name, isOrdered ? tensor : Detections.sorted(tensor));
            Tensor blob = computed.blob(name);
            actual.put(name, isOrdered ? blob : Detections.sorted(blob));
        });
        return Difference.between(expected, actual);
    }
}
