package dev.entrepot.zoo.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.traced.PythonFile;
import dev.entrepot.traced.SourceExpression;
import dev.entrepot.traced.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The networks that this project brings as source. Parameters were counted in genuine Chainer and PyTorch; statistics of batches are none. */
class ArchitecturesTest {

    private static final Pattern PARAMETER = Pattern.compile(".*(/(W|b|gamma|beta)|\\.(weight|bias))");

    @ParameterizedTest
    @CsvSource({
        "chainer, alexnet.py,      Alex,              227, 62378344",
        "chainer, alexnet.py,      AlexFp16,          227, 62378344",
        "chainer, alexnet.py,      Alex64,            224, 61100840",
        "chainer, benchmarks.py,   OverFeat,          231, 145920872",
        "chainer, benchmarks.py,   VGGA,              224, 132863336",
        "chainer, googlenet.py,    GoogLeNet,         224, 13378280",
        "chainer, googlenetbn.py,  GoogLeNetBN,       224, 17681464",
        "chainer, googlenetbn.py,  GoogLeNetBNMN,     224, 17587128",
        "chainer, googlenetbn.py,  GoogLeNetBNFp16,   224, 17587128",
        "chainer, inception_v3.py, InceptionV3,       299, 21785568",
        "chainer, nin.py,          NIN,               227, 7595176",
        "chainer, resnet50.py,     ResNet50,          224, 25557096",
        "chainer, resnet50.py,     ResNeXt50,         224, 25028968",
        "chainer, resnet_cifar.py, ResNet(3),         32,  296074",
        "chainer, resnet_cifar.py, ResNet(5),         32,  490954",
        "chainer, resnet_cifar.py, ResNet(7),         32,  685834",
        "chainer, resnet_cifar.py, ResNet(9),         32,  880714",
        "pytorch, resnet_cifar.py, ResNet(3),         32,  296074",
        "pytorch, resnet_cifar.py, ResNet(9),         32,  880714",
        "links,   chainer.links.py, L.VGG16Layers(),  224, 138357544",
        "links,   chainer.links.py, L.ResNet50Layers(), 224, 25557096"
    })
    void a_network_has_as_many_parameters_as_the_genuine_one(
            String folder, String file, String expression, long size, long parameters) throws IOException {
        Graph graph = lowered(folder, file, expression, size);

        assertThat(parameters(graph)).isEqualTo(parameters);
    }

    @Test
    void pads_and_cover_all_together_give_the_batch_normalized_googlenet_maps_of_57_29_15_and_8() throws IOException {
        Graph graph = lowered("chainer", "googlenetbn.py", "GoogLeNetBN", 224);

        List<Long> sizes = graph.nodes().stream()
                .flatMap(node -> node.outputs().stream())
                .filter(value -> value.shape().rank() == 4)
                .map(value -> value.shape().dim(2).size())
                .distinct()
                .toList();
        assertThat(sizes).contains(57L, 29L, 15L, 8L).doesNotContain(56L, 28L, 14L, 7L);
    }

    private static long parameters(Graph graph) {
        return graph.initializers().entrySet().stream()
                .filter(entry -> PARAMETER.matcher(entry.getKey()).matches())
                .mapToLong(entry -> entry.getValue().elementCount())
                .sum();
    }

    private static Graph lowered(String folder, String file, String expression, long size) throws IOException {
        PythonFile source = new PythonFile(file, text(folder, file));
        Dialect dialect = folder.equals("pytorch") ? Dialect.PYTORCH : Dialect.CHAINER;
        InputSpec image = new InputSpec("x", DataType.FLOAT, Shape.of(1, 3, size, size));
        ImportOptions options = new ImportOptions(List.of(image), Missing.FILL, Unused.REFUSE);
        return TracedSource.imported(
                        dialect, new SourceExpression(file, expression), List.of(source), Weights.NONE, options)
                .model()
                .graph();
    }

    private static String text(String folder, String file) throws IOException {
        if (folder.equals("links")) {
            return "import chainer.links as L\n";
        }
        try (var in = ArchitecturesTest.class.getResourceAsStream("/architectures/" + folder + "/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
