package dev.entrepot.formats.caffe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.FileSource;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealNetsTest {

    @ParameterizedTest
    @CsvSource({
        "samples/digits/caffe/deploy.prototxt, samples/digits/caffe/digits.caffemodel, 13",
        "models/caffe/arm_lenet/lenet.prototxt, models/caffe/arm_lenet/lenet_iter_9000.caffemodel, 9",
        "models/caffe/htshinichi_bn/test.prototxt, models/caffe/htshinichi_bn/test.caffemodel, 6",
        "models/caffe/mtcnn/det1.prototxt, models/caffe/mtcnn/det1.caffemodel, 11",
        "models/caffe/mtcnn/det2.prototxt, models/caffe/mtcnn/det2.caffemodel, 14",
        "models/caffe/mtcnn/det3.prototxt, models/caffe/mtcnn/det3.caffemodel, 19",
        "models/caffe/samplenet/SampLeNet.prototxt, models/caffe/samplenet/SampLeNet.caffemodel, 12",
    })
    void a_definition_and_its_weights_join_by_name(String prototxt, String caffemodel, int layers) throws IOException {
        try (FileSource definition = FileSource.open(SharedFiles.require(prototxt));
                FileSource weights = FileSource.open(SharedFiles.require(caffemodel))) {
            CaffeNet net = CaffeNets.read(definition, weights, NetState.TEST);

            assertThat(net.layers()).hasSize(layers);
            assertThat(net.weightless()).isEmpty();
            assertThat(net.unused()).isEqualTo(caffemodel.endsWith("det2.caffemodel") ? List.of("conv5-3") : List.of());
            assertThat(net.layers().get(0).type()).isEqualTo("Input");
            assertThat(net.files()).containsExactly(definition.name(), weights.name());
            for (CaffeLayer layer : net.layers()) {
                for (CaffeBlob blob : layer.blobs()) {
                    assertThat(blob.tensor().toFloats())
                            .hasSize((int) blob.tensor().elementCount());
                }
            }
        }
    }

    @Test
    void a_caffemodel_alone_has_the_parameters_its_definition_had() throws IOException {
        try (FileSource weights = FileSource.open(SharedFiles.require("samples/digits/caffe/digits.caffemodel"))) {
            CaffeNet net = CaffeNets.readCaffemodel(weights, NetState.TEST);

            CaffeLayer pool = layer(net, "pool2");
            assertThat(pool.param("pooling_param").enumOr("pool", "MAX", "MAX", "AVE", "STOCHASTIC"))
                    .isEqualTo("AVE");
            assertThat(pool.param("pooling_param").unsignedOr("kernel_size", 0)).isEqualTo(3);
            CaffeLayer conv = layer(net, "conv2");
            assertThat(conv.param("convolution_param").unsigneds("kernel_size")).isEqualTo(List.of(3L));
            assertThat(conv.weights(0, 32, 8, 3, 3).elementCount()).isEqualTo(32 * 8 * 9);
            assertThat(net.warnings()).isEmpty();
        }
    }

    private static CaffeLayer layer(CaffeNet net, String name) {
        return net.layers().stream()
                .filter(layer -> layer.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
