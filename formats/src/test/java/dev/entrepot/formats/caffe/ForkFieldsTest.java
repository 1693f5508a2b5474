package dev.entrepot.formats.caffe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.formats.prototxt.ProtoMessage;
import org.junit.jupiter.api.Test;

/** Nets without a prototxt whose layer parameters have numbers that mean different things to different forks. */
class ForkFieldsTest {

    private static Wire layer(String type, int number, Wire param) {
        return new Wire().string(1, "x").string(2, type).message(number, param);
    }

    private static CaffeNet net(Wire... layers) {
        Wire net = new Wire().string(1, "net");
        for (Wire layer : layers) {
            net.message(100, layer);
        }
        return CaffeNets.readCaffemodel(net.source("net.caffemodel"), NetState.TEST);
    }

    private static ProtoMessage first(CaffeNet net) {
        return net.layers().get(0).message();
    }

    private static final Wire ORDER =
            new Wire().varint(1, 0).varint(1, 2).varint(1, 3).varint(1, 1);

    @Test
    void permute_is_found_under_the_number_of_ssd_and_of_opencv() {
        assertThat(first(net(layer("Permute", 202, ORDER)))
                        .message("permute_param")
                        .longs("order"))
                .containsExactly(0L, 2L, 3L, 1L);
        assertThat(first(net(layer("Permute", 148, ORDER)))
                        .message("permute_param")
                        .longs("order"))
                .containsExactly(0L, 2L, 3L, 1L);
    }

    @Test
    void the_number_148_is_clip_for_caffe_and_roi_align_for_ncnn() {
        Wire clip = new Wire().fixed32(1, 0).fixed32(2, 6);
        Wire roiAlign = new Wire().varint(1, 7).varint(2, 7).fixed32(3, 0.0625f);

        assertThat(first(net(layer("Clip", 148, clip))).message("clip_param").floatOr("max", 0))
                .isEqualTo(6);
        assertThat(first(net(layer("ROIAlign", 148, roiAlign)))
                        .message("roi_align_param")
                        .unsignedOr("pooled_w", 0))
                .isEqualTo(7);
    }

    @Test
    void the_number_147_is_swish_for_caffe_and_reorg_for_ncnn() {
        assertThat(first(net(layer("Swish", 147, new Wire().fixed32(1, 2))))
                        .message("swish_param")
                        .floatOr("beta", 1))
                .isEqualTo(2);
        assertThat(first(net(layer("Reorg", 147, new Wire().varint(1, 2))))
                        .message("reorg_param")
                        .longOr("stride", 1))
                .isEqualTo(2);
    }

    @Test
    void interp_is_found_under_the_numbers_of_three_forks() {
        Wire size = new Wire().varint(1, 33).varint(2, 65);

        for (int number : new int[] {143, 166, 205}) {
            assertThat(first(net(layer("Interp", number, size)))
                            .message("interp_param")
                            .longOr("width", 0))
                    .isEqualTo(65);
        }
    }

    @Test
    void a_forks_own_layer_decides_how_the_others_are_read() {
        CaffeNet net = net(
                layer("Pooling", 121, new Wire().varint(1, 1).varint(2, 3)),
                layer("Permute", 202, ORDER),
                layer("PriorBox", 203, new Wire().fixed32(1, 30).fixed32(2, 60).varint(4, 0)));

        assertThat(first(net).message("pooling_param").enumOr("pool", "MAX", "MAX", "AVE"))
                .isEqualTo("AVE");
        assertThat(net.layers().get(2).param("prior_box_param").floats("min_size"))
                .containsExactly(30f);
        assertThat(net.layers().get(2).param("prior_box_param").boolOr("flip", true))
                .isFalse();
        assertThat(net.warnings().toString()).contains("weiliu89/caffe");
    }

    @Test
    void nvidias_nets_and_layers_have_more_fields_of_their_own() {
        Wire layer = new Wire()
                .string(1, "x")
                .string(2, "BatchNorm")
                .varint(145, 2)
                .varint(146, 1)
                .message(139, new Wire().varint(7, 1));
        Wire file = new Wire().string(1, "net").varint(11, 2).fixed32(15, 0.5f).message(100, layer);

        CaffeNet net = CaffeNets.readCaffemodel(file.source("net.caffemodel"), NetState.TEST);

        assertThat(CaffeFileKind.of(file.source("x"))).contains(CaffeFileKind.CAFFEMODEL);
        assertThat(first(net).textOr("forward_type", "")).isEqualTo("FLOAT16");
        assertThat(first(net).message("batch_norm_param").boolOr("scale_bias", false))
                .isTrue();
        assertThat(net.warnings().toString()).contains("NVIDIA/caffe");
    }

    @Test
    void a_number_that_nobody_knows_is_left_out_with_a_warning() {
        CaffeNet net = net(layer("Mystery", 4242, ORDER));

        assertThat(first(net).fields()).hasSize(2);
        assertThat(net.warnings().toString())
                .contains("layer \"x\" (Mystery): the field 4242 is in no known fork's definition and is left out");
    }

    @Test
    void a_plain_caffe_net_needs_no_warning() {
        assertThat(net(layer("Pooling", 121, new Wire().varint(2, 3))).warnings())
                .isEmpty();
    }

    @Test
    void the_phase_that_training_wrote_into_a_layer_is_not_the_deployed_nets() {
        assertThat(first(net(new Wire().string(1, "x").string(2, "Dropout").varint(10, 0)))
                        .has("phase"))
                .isFalse();
    }
}
