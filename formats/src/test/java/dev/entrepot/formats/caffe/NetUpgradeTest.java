package dev.entrepot.formats.caffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.formats.caffe.CaffeNet.Warning;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The facts of caffe's test_upgrade_proto.cpp and upgrade_proto.cpp in nets of our own. */
class NetUpgradeTest {

    private static String upgraded(String text) {
        return Canonical.text(NetUpgrade.upgrade(Canonical.read(text), new ArrayList<>()));
    }

    @Test
    void v0_layers_become_typed_layers_with_their_own_parameter_messages() {
        String v0 = """
                name: "old"
                input: "data" input_dim: 1 input_dim: 3 input_dim: 32 input_dim: 32
                layers {
                  layer {
                    name: "conv" type: "conv" num_output: 8 biasterm: false pad: 1 kernelsize: 3 group: 2 stride: 4
                    weight_filler { type: "gaussian" std: 0.01 } bias_filler { value: 1 }
                    blobs_lr: 1 blobs_lr: 2 weight_decay: 1 weight_decay: 0
                  }
                  bottom: "data" top: "conv"
                }
                layers { layer { name: "pool" type: "pool" pool: AVE kernelsize: 3 stride: 2 pad: 1 } bottom: "conv" top: "pool" }
                layers { layer { name: "norm" type: "lrn" local_size: 3 alpha: 0.1 beta: 0.5 k: 2 } bottom: "pool" top: "norm" }
                layers { layer { name: "drop" type: "dropout" dropout_ratio: 0.3 } bottom: "norm" top: "norm" }
                layers { layer { name: "fc" type: "innerproduct" num_output: 10 biasterm: true } bottom: "norm" top: "fc" }
                layers { layer { name: "cat" type: "concat" concat_dim: 0 } bottom: "fc" bottom: "fc" top: "cat" }
                layers { layer { name: "loss" type: "softmax_loss" } bottom: "cat" }
                """;

        assertThat(upgraded(v0)).isEqualTo(Canonical.text("""
                                name: "old"
                                layer {
                                  name: "input" type: "Input" top: "data"
                                  input_param { shape { dim: 1 dim: 3 dim: 32 dim: 32 } }
                                }
                                layer {
                                  name: "conv" type: "Convolution" bottom: "data" top: "conv"
                                  param { lr_mult: 1 decay_mult: 1 } param { lr_mult: 2 decay_mult: 0 }
                                  convolution_param {
                                    num_output: 8 bias_term: false pad: 1 kernel_size: 3 group: 2 stride: 4
                                    weight_filler { type: "gaussian" std: 0.01 } bias_filler { value: 1 }
                                  }
                                }
                                layer {
                                  name: "pool" type: "Pooling" bottom: "conv" top: "pool"
                                  pooling_param { pool: AVE kernel_size: 3 stride: 2 pad: 1 }
                                }
                                layer {
                                  name: "norm" type: "LRN" bottom: "pool" top: "norm"
                                  lrn_param { local_size: 3 alpha: 0.1 beta: 0.5 k: 2 }
                                }
                                layer {
                                  name: "drop" type: "Dropout" bottom: "norm" top: "norm"
                                  dropout_param { dropout_ratio: 0.3 }
                                }
                                layer {
                                  name: "fc" type: "InnerProduct" bottom: "norm" top: "fc"
                                  inner_product_param { num_output: 10 bias_term: true }
                                }
                                layer {
                                  name: "cat" type: "Concat" bottom: "fc" bottom: "fc" top: "cat"
                                  concat_param { concat_dim: 0 }
                                }
                                layer { name: "loss" type: "SoftmaxWithLoss" bottom: "cat" }
                                """));
    }

    @Test
    void v0_data_layers_give_their_image_transformations_to_transform_param() {
        String v0 = """
                layers {
                  layer {
                    name: "data" type: "data" source: "train" meanfile: "mean.binaryproto" batchsize: 256 cropsize: 227
                    mirror: true scale: 0.5 rand_skip: 73
                  }
                  top: "data" top: "label"
                }
                layers {
                  layer {
                    name: "images" type: "images" source: "list" shuffle_images: true new_height: 9 new_width: 8 batchsize: 2
                  }
                  top: "images"
                }
                layers {
                  layer {
                    name: "windows" type: "window_data" det_fg_threshold: 0.25 det_bg_threshold: 0.75 det_fg_fraction: 0.5
                    det_context_pad: 16 det_crop_mode: "square"
                  }
                  top: "windows"
                }
                """;

        assertThat(upgraded(v0)).isEqualTo(Canonical.text("""
                                layer {
                                  name: "data" type: "Data" top: "data" top: "label"
                                  data_param { source: "train" batch_size: 256 rand_skip: 73 }
                                  transform_param { mean_file: "mean.binaryproto" crop_size: 227 mirror: true scale: 0.5 }
                                }
                                layer {
                                  name: "images" type: "ImageData" top: "images"
                                  image_data_param { source: "list" shuffle: true new_height: 9 new_width: 8 batch_size: 2 }
                                }
                                layer {
                                  name: "windows" type: "WindowData" top: "windows"
                                  window_data_param {
                                    fg_threshold: 0.25 bg_threshold: 0.75 fg_fraction: 0.5 context_pad: 16 crop_mode: "square"
                                  }
                                }
                                """));
    }

    @Test
    void a_padding_layer_is_folded_into_the_convolution_behind_it() {
        String v0 = """
                input: "data"
                layers { layer { name: "conv1" type: "conv" kernelsize: 1 } bottom: "data" top: "conv1" }
                layers { layer { name: "pad2" type: "padding" pad: 2 } bottom: "conv1" top: "pad2" }
                layers { layer { name: "conv2" type: "conv" kernelsize: 5 } bottom: "pad2" top: "conv2" }
                layers { layer { name: "pool" type: "pool" kernelsize: 2 } bottom: "pad2" top: "pool" }
                """;

        assertThat(upgraded(v0)).isEqualTo(Canonical.text("""
                                layer { name: "input" type: "Input" top: "data" input_param {} }
                                layer {
                                  name: "conv1" type: "Convolution" bottom: "data" top: "conv1"
                                  convolution_param { kernel_size: 1 }
                                }
                                layer {
                                  name: "conv2" type: "Convolution" bottom: "conv1" top: "conv2"
                                  convolution_param { kernel_size: 5 pad: 2 }
                                }
                                layer {
                                  name: "pool" type: "Pooling" bottom: "conv1" top: "pool"
                                  pooling_param { kernel_size: 2 pad: 2 }
                                }
                                """));
    }

    @Test
    void a_padding_layer_before_anything_else_is_malformed() {
        String v0 = """
                input: "data"
                layers { layer { name: "pad" type: "padding" pad: 2 } bottom: "data" top: "pad" }
                layers { layer { name: "ip" type: "innerproduct" } bottom: "pad" top: "ip" }
                """;

        assertThatThrownBy(() -> upgraded(v0))
                .hasMessageStartingWith("net.prototxt:3:8: layer \"ip\" (innerproduct): reads a padding layer");
    }

    @Test
    void v0_types_that_do_not_exist_are_reported_all_at_once() {
        String v0 = """
                layers { layer { name: "a" type: "foo" } }
                layers { layer { name: "b" type: "bar" } }
                """;

        assertThatThrownBy(() -> upgraded(v0))
                .hasMessageContaining("layer \"a\" (foo)")
                .hasMessageContaining("layer \"b\" (bar)");
    }

    @Test
    void v0_fields_that_mean_nothing_to_a_layer_are_left_out_with_a_warning() {
        List<Warning> warnings = new ArrayList<>();
        String v0 = "layers { layer { name: \"r\" type: \"relu\" num_output: 3 } }";

        String net = Canonical.text(NetUpgrade.upgrade(Canonical.read(v0), warnings));

        assertThat(net).isEqualTo(Canonical.text("layer { name: \"r\" type: \"ReLU\" }"));
        assertThat(warnings.toString())
                .contains("net.prototxt:1:41: layer \"r\": num_output means nothing to the type relu");
    }

    @Test
    void v1_lists_about_all_blobs_become_one_param_a_blob() {
        String v1 = """
                layers {
                  name: "c" type: CONVOLUTION bottom: "a" top: "b" param: "w" param: "v"
                  blob_share_mode: STRICT blob_share_mode: PERMISSIVE blobs_lr: 1 blobs_lr: 2 blobs_lr: 3 weight_decay: 0.5
                  loss_weight: 1 include { phase: TEST } convolution_param { num_output: 2 }
                }
                """;

        assertThat(upgraded(v1)).isEqualTo(Canonical.text("""
                                layer {
                                  name: "c" type: "Convolution" bottom: "a" top: "b" loss_weight: 1 include { phase: TEST }
                                  param { name: "w" share_mode: STRICT lr_mult: 1 decay_mult: 0.5 }
                                  param { name: "v" share_mode: PERMISSIVE lr_mult: 2 }
                                  param { lr_mult: 3 }
                                  convolution_param { num_output: 2 }
                                }
                                """));
    }

    @Test
    void v1_types_have_the_names_caffe_gives_them() {
        String names = """
                ABSVAL AbsVal, ACCURACY Accuracy, ARGMAX ArgMax, BNLL BNLL, CONCAT Concat, CONTRASTIVE_LOSS ContrastiveLoss,
                CONVOLUTION Convolution, DECONVOLUTION Deconvolution, DATA Data, DROPOUT Dropout, DUMMY_DATA DummyData,
                EUCLIDEAN_LOSS EuclideanLoss, ELTWISE Eltwise, EXP Exp, FLATTEN Flatten, HDF5_DATA HDF5Data,
                HDF5_OUTPUT HDF5Output, HINGE_LOSS HingeLoss, IM2COL Im2col, IMAGE_DATA ImageData, INFOGAIN_LOSS InfogainLoss,
                INNER_PRODUCT InnerProduct, LRN LRN, MEMORY_DATA MemoryData,
                MULTINOMIAL_LOGISTIC_LOSS MultinomialLogisticLoss, MVN MVN, POOLING Pooling, POWER Power, RELU ReLU,
                SIGMOID Sigmoid, SIGMOID_CROSS_ENTROPY_LOSS SigmoidCrossEntropyLoss, SILENCE Silence, SOFTMAX Softmax,
                SOFTMAX_LOSS SoftmaxWithLoss, SPLIT Split, SLICE Slice, TANH TanH, WINDOW_DATA WindowData, THRESHOLD Threshold
                """;
        String[] pairs = names.strip().split(",\\s+");

        assertThat(pairs).hasSize(39);
        for (String pair : pairs) {
            String[] both = pair.split(" ");
            assertThat(upgraded("layers { type: " + both[0] + " }"))
                    .isEqualTo(Canonical.text("layer { type: \"" + both[1] + "\" }"));
        }
    }

    @Test
    void v1_data_layers_give_their_image_transformations_to_transform_param() {
        String v1 = """
                layers {
                  name: "d" type: DATA top: "d" data_param { source: "s" scale: 0.1 mean_file: "m" crop_size: 5 mirror: true }
                }
                layers { name: "i" type: IMAGE_DATA image_data_param { scale: 2 } transform_param { scale: 3 mirror: false } }
                """;

        assertThat(upgraded(v1)).isEqualTo(Canonical.text("""
                                layer {
                                  name: "d" type: "Data" top: "d" data_param { source: "s" }
                                  transform_param { scale: 0.1 mean_file: "m" crop_size: 5 mirror: true }
                                }
                                layer { name: "i" type: "ImageData" image_data_param {} transform_param { scale: 2 mirror: false } }
                                """));
    }

    @Test
    void old_and_new_layers_in_one_net_are_malformed() {
        assertThatThrownBy(() -> upgraded("layers { type: RELU }\nlayer { type: \"ReLU\" }"))
                .hasMessageStartingWith("net.prototxt:1:1: net: has \"layers\" of an old form here");
    }

    @Test
    void a_quoted_type_within_layers_is_explained() {
        assertThatThrownBy(() -> upgraded("layers { type: \"ReLU\" }"))
                .hasMessageContaining("an enum name such as CONVOLUTION");
    }

    @Test
    void several_inputs_have_their_stated_shapes() {
        String text =
                "input: \"a\" input_shape { dim: 1 } input: \"b\" input_shape { dim: 2 dim: 3 } layer { type: \"X\" }";

        assertThat(upgraded(text)).isEqualTo(Canonical.text("""
                                layer {
                                  name: "input" type: "Input" top: "a" top: "b"
                                  input_param { shape { dim: 1 } shape { dim: 2 dim: 3 } }
                                }
                                layer { type: "X" }
                                """));
    }

    @Test
    void legacy_dimensions_must_be_four_an_input() {
        assertThatThrownBy(() -> upgraded("input: \"a\" input_dim: 1 input_dim: 2"))
                .hasMessage("net.prototxt:1:12: input_dim: is given 2 times, expected 4 for 1 inputs");
    }

    @Test
    void batch_normalisation_with_three_params_cannot_be_trained() {
        assertThat(upgraded("layer { type: \"BatchNorm\" param { lr_mult: 1 } param { name: \"x\" } param {} }"))
                .isEqualTo(Canonical.text("""
                                layer {
                                  type: "BatchNorm" param { lr_mult: 0.0 decay_mult: 0.0 }
                                  param { name: "x" lr_mult: 0.0 decay_mult: 0.0 } param { lr_mult: 0.0 decay_mult: 0.0 }
                                }
                                """));
    }
}
