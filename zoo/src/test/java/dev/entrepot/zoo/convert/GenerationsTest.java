package dev.entrepot.zoo.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.caffe.CaffeBlob;
import dev.entrepot.formats.caffe.CaffeBlob.ShapeForm;
import dev.entrepot.formats.caffe.CaffeGeneration;
import dev.entrepot.formats.caffe.CaffeLayer;
import dev.entrepot.formats.caffe.CaffeNet;
import dev.entrepot.formats.caffe.CaffeNets;
import dev.entrepot.formats.caffe.CaffeWriter;
import dev.entrepot.formats.caffe.NetState;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.onnx.io.ExternalDataPolicy;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same net in the forms of Caffe's three generations becomes the same ONNX file, byte for byte. */
class GenerationsTest {

    private static final String NET = """
            name: "old"
            layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 2 dim: 3 dim: 11 dim: 11 } } }
            layer { name: "conv1" type: "Convolution" bottom: "data" top: "conv1"
              convolution_param { num_output: 8 kernel_size: 3 pad: 1 stride: 2 } }
            layer { name: "relu1" type: "ReLU" bottom: "conv1" top: "conv1" }
            layer { name: "pool1" type: "Pooling" bottom: "conv1" top: "pool1"
              pooling_param { pool: MAX kernel_size: 3 stride: 2 } }
            layer { name: "norm1" type: "LRN" bottom: "pool1" top: "norm1"
              lrn_param { local_size: 5 alpha: 0.0001 beta: 0.75 } }
            layer { name: "conv2" type: "Convolution" bottom: "norm1" top: "conv2"
              convolution_param { num_output: 6 kernel_size: 3 pad: 1 group: 2 bias_term: false } }
            layer { name: "pool2" type: "Pooling" bottom: "conv2" top: "pool2"
              pooling_param { pool: AVE kernel_size: 2 stride: 2 pad: 1 } }
            layer { name: "drop" type: "Dropout" bottom: "pool2" top: "pool2" dropout_param { dropout_ratio: 0.5 } }
            layer { name: "fc" type: "InnerProduct" bottom: "pool2" top: "fc" inner_product_param { num_output: 4 } }
            layer { name: "prob" type: "Softmax" bottom: "fc" top: "prob" }
            """;
    private static final Map<String, List<Shape>> SHAPES = Map.of(
            "conv1", List.of(Shape.of(8, 3, 3, 3), Shape.of(8)),
            "conv2", List.of(Shape.of(6, 4, 3, 3)),
            "fc", List.of(Shape.of(4, 24), Shape.of(4)));

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"V0", "V1"})
    void old_forms_give_the_same_bytes_as_the_newest(CaffeGeneration old) throws IOException {
        byte[] newest = convert(CaffeGeneration.V2);

        assertThat(convert(old)).isEqualTo(newest);
    }

    private byte[] convert(CaffeGeneration generation) throws IOException {
        Path place = Files.createDirectory(folder.resolve(generation.name()));
        Path prototxt = place.resolve("net.prototxt");
        Path caffemodel = place.resolve("net.caffemodel");
        Path target = place.resolve("net.onnx");
        CaffeNet net = net();
        Files.writeString(prototxt, CaffeWriter.definition(net, generation).toString());
        try (FileChannel out = FileChannel.open(caffemodel, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            CaffeWriter.write(net, generation, out);
        }
        Converter.convert(new ConversionRequest(
                List.of(prototxt, caffemodel),
                Optional.empty(),
                ImportOptions.DEFAULT,
                target,
                ExternalDataPolicy.WHEN_TOO_LARGE));
        return Files.readAllBytes(target);
    }

    private static CaffeNet net() {
        Random random = new Random(20);
        CaffeNet net =
                CaffeNets.readPrototxt(ByteSource.of("net", NET.getBytes(StandardCharsets.UTF_8)), NetState.TEST);
        List<CaffeLayer> layers = new ArrayList<>();
        for (CaffeLayer layer : net.layers()) {
            List<CaffeBlob> blobs = SHAPES.getOrDefault(layer.name(), List.of()).stream()
                    .map(shape ->
                            new CaffeBlob(random(random, shape), ShapeForm.BLOB_SHAPE, SourceLocation.file("net")))
                    .toList();
            layers.add(layer.withBlobs(blobs));
        }
        return new CaffeNet(net.name(), layers, List.of(), List.of(), net.transforms(), net.warnings(), net.files());
    }

    private static Tensor random(Random random, Shape shape) {
        float[] values = new float[(int) shape.elementCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Tensor.of(shape, values);
    }
}
