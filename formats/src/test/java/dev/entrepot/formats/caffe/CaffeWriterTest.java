package dev.entrepot.formats.caffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.FileSource;
import dev.entrepot.formats.caffe.CaffeBlob.ShapeForm;
import dev.entrepot.formats.prototxt.ProtoMessage;
import dev.entrepot.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaffeWriterTest {

    static byte[] written(CaffeNet net, CaffeGeneration generation) throws IOException {
        var bytes = new ByteArrayOutputStream();
        CaffeWriter.write(net, generation, Channels.newChannel(bytes));
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @EnumSource
    void a_net_reads_back_from_every_generation(CaffeGeneration generation) throws IOException {
        CaffeNet net = Nets.small();
        ByteSource prototxt =
                Canonical.source(CaffeWriter.definition(net, generation).toString());
        ByteSource caffemodel = ByteSource.of("net.caffemodel", written(net, generation));

        CaffeNet both = CaffeNets.read(prototxt, caffemodel, NetState.TEST);
        CaffeNet weights = CaffeNets.readCaffemodel(caffemodel, NetState.TEST);

        assertThat(Nets.layersWithoutInput(both)).isEqualTo(Nets.layersWithoutInput(net));
        assertThat(Nets.layersWithoutInput(weights)).isEqualTo(Nets.layersWithoutInput(net));
        assertThat(both.layers().get(0).tops()).containsExactly("data");
        assertThat(both.layers().get(0).param("input_param").message("shape").longs("dim"))
                .containsExactly(1L, 2L, 5L, 5L);
        assertThat(both.weightless()).isEmpty();
        assertThat(both.layers().get(1).weights(1, 3).toFloats())
                .isEqualTo(net.layers().get(1).weights(1, 3).toFloats());
        assertThat(both.layers().get(1).blob(1).form())
                .isEqualTo(generation == CaffeGeneration.V2 ? ShapeForm.BLOB_SHAPE : ShapeForm.LEGACY);
        assertThat(both.layers().get(4).weights(0, 4, 12).shape()).isEqualTo(Shape.of(4, 12));
    }

    @Test
    void what_genuine_caffe_wrote_is_written_again_byte_for_byte() throws IOException {
        try (FileSource original = FileSource.open(SharedFiles.require("samples/digits/caffe/digits.caffemodel"))) {
            ProtoMessage file = ForkFields.decode(CaffemodelReader.read(original), new ArrayList<>());
            List<CaffeLayer> layers =
                    file.messages("layer").stream().map(CaffeWriterTest::asItIs).toList();
            var net = new CaffeNet(
                    file.string("name"), layers, List.of(), List.of(), List.of(), List.of(), List.of("digits"));

            assertThat(HexFormat.of().formatHex(written(net, CaffeGeneration.V2)))
                    .isEqualTo(HexFormat.of().formatHex(original.readAll(1 << 20)));
        }
    }

    private static CaffeLayer asItIs(ProtoMessage layer) {
        return new CaffeLayer(
                layer.string("name"),
                layer.string("type"),
                layer.strings("bottom"),
                layer.strings("top"),
                layer.without("blobs"),
                layer.fields("blobs").stream().map(BlobReader::read).toList(),
                layer.location());
    }

    @Test
    void an_old_form_that_cannot_say_a_layer_refuses_it() {
        CaffeNet net = CaffeNets.readPrototxt(
                Canonical.source("layer { name: \"p\" type: \"PReLU\" } layer { name: \"b\" type: \"BatchNorm\" }"),
                NetState.TEST);

        assertThatThrownBy(() -> CaffeWriter.definition(net, CaffeGeneration.V1))
                .hasMessageContaining("layer \"b\" (BatchNorm): is of a type that Caffe's second form does not have");
        assertThatThrownBy(() -> CaffeWriter.definition(net, CaffeGeneration.V0))
                .hasMessageContaining("layer \"p\" (PReLU): is of a type that Caffe's oldest form does not have");
    }

    @Test
    void a_forks_layer_gets_the_number_of_the_fork() throws IOException {
        CaffeNet net = CaffeNets.readPrototxt(Canonical.source("""
                        layer { name: "p" type: "Permute" bottom: "a" top: "b" permute_param { order: 0 order: 2 } }
                        layer { name: "d" type: "DetectionOutput" bottom: "b" top: "c"
                          detection_output_param { num_classes: 21 code_type: CENTER_SIZE nms_param { nms_threshold: 0.45 } } }
                        """), NetState.TEST);

        CaffeNet read = CaffeNets.readCaffemodel(
                ByteSource.of("ssd.caffemodel", written(net, CaffeGeneration.V2)), NetState.TEST);

        assertThat(Nets.layersWithoutInput(read)).isEqualTo(Nets.layersWithoutInput(net));
        assertThat(read.warnings().toString()).contains("weiliu89/caffe");
    }
}
