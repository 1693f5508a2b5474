package dev.entrepot.importers.caffe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.formats.caffe.CaffeNets;
import dev.entrepot.formats.caffe.NetState;
import dev.entrepot.importers.ImportOptions;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreprocessingTest {

    @Test
    void what_the_data_layer_did_to_images_is_metadata() {
        assertThat(metadata("""
                layer { name: "data" type: "Data" top: "data" top: "label" transform_param {
                  scale: 0.00390625 crop_size: 4 mean_value: 104 mean_value: 117 mean_value: 123 mirror: true } }
                layer { name: "r" type: "ReLU" bottom: "data" top: "y" }
                """))
                .containsEntry("entrepot.preprocess.data.scale", "0.00390625")
                .containsEntry("entrepot.preprocess.data.crop_size", "4")
                .containsEntry("entrepot.preprocess.data.mean_value", "104.0,117.0,123.0")
                .containsEntry("entrepot.preprocess.data.color_order", "BGR");
    }

    @Test
    void a_file_of_means_is_named() {
        assertThat(metadata("""
                layer { name: "data" type: "ImageData" top: "data" top: "label"
                  transform_param { mean_file: "mean.binaryproto" force_gray: true } }
                layer { name: "r" type: "ReLU" bottom: "data" top: "y" }
                """))
                .containsEntry("entrepot.preprocess.data.mean_file", "mean.binaryproto")
                .containsEntry("entrepot.preprocess.data.color_order", "GRAY");
    }

    @Test
    void a_net_with_an_input_layer_says_nothing_about_images() {
        assertThat(metadata("""
                layer { name: "x" type: "Input" top: "x" input_param { shape { dim: 1 dim: 2 } } }
                layer { name: "r" type: "ReLU" bottom: "x" top: "y" }
                """)).containsExactly(Map.entry("entrepot.source.framework", "caffe"));
    }

    private static Map<String, String> metadata(String prototxt) {
        ByteSource source = ByteSource.of("net.prototxt", prototxt.getBytes(StandardCharsets.UTF_8));
        return CaffeImporter.lower(CaffeNets.readPrototxt(source, NetState.TEST), ImportOptions.DEFAULT)
                .model()
                .metadata();
    }
}
