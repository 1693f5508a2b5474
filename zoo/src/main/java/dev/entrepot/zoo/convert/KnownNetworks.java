package dev.entrepot.zoo.convert;

import dev.entrepot.importers.InputSpec;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.traced.PythonFile;
import dev.entrepot.traced.SourceExpression;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chainer's networks that a file of weights is recognised as, by the paths and shapes of its arrays. */
final class KnownNetworks {

    private KnownNetworks() {}

    /**
     * A network.
     *
     * @param source what makes it
     * @param expression the class
     * @param input its input where the user says nothing
     * @param warning what could not be told from the weights; empty if all could
     */
    record Known(PythonFile source, SourceExpression expression, InputSpec input, String warning) {}

    /** The network whose weights these are; empty if it is not known, or could be several that compute different things. */
    static Optional<Known> of(Map<String, Tensor> arrays) {
        if (arrays.containsKey("conv1_1/W") && arrays.containsKey("conv5_3/W") && arrays.containsKey("fc8/W")) {
            return link(arrays.containsKey("conv3_4/W") ? "VGG19Layers()" : "VGG16Layers()", "");
        }
        if (arrays.containsKey("res2/a/conv1/W") && arrays.containsKey("fc6/W")) {
            String layers = arrays.containsKey("res3/b7/conv1/W")
                    ? "152"
                    : arrays.containsKey("res4/b22/conv1/W") ? "101" : "50";
            return link(
                    "ResNet" + layers + "Layers()",
                    "taken to stride in the first convolution of a block, as the Caffe model does; for downsample_fb=True name the source");
        }
        if (arrays.containsKey("inc3a/proj3/W") && arrays.containsKey("loss3_fc/W")) {
            return link(
                    "GoogLeNet()",
                    "taken to normalize as Caffe's does (chainer.links.GoogLeNet); for the one of Chainer's ImageNet example name googlenet.py:GoogLeNet");
        }
        return ofArchitecture(arrays);
    }

    private static Optional<Known> ofArchitecture(Map<String, Tensor> arrays) {
        if (arrays.containsKey("Mixed_5b/branch1x1/conv/W")) {
            return architecture("inception_v3.py", "InceptionV3", 299);
        }
        if (arrays.containsKey("inc3a/proj33/W") && arrays.containsKey("norm1/gamma")) {
            boolean narrow = size(arrays, "inc4c/conv1/W", 0) == 128;
            boolean half = arrays.get("inc3a/proj33/W").type() == DataType.FLOAT16;
            return architecture(
                    "googlenetbn.py", half ? "GoogLeNetBNFp16" : narrow ? "GoogLeNetBNMN" : "GoogLeNetBN", 224);
        }
        if (arrays.containsKey("mlpconv4/2/W")) {
            return architecture("nin.py", "NIN", 227);
        }
        if (arrays.containsKey("res2/0/conv1/W") && arrays.containsKey("fc/W")) {
            return architecture("resnet50.py", size(arrays, "res2/0/conv2/W", 1) == 4 ? "ResNeXt50" : "ResNet50", 224);
        }
        if (arrays.containsKey("conv8/W") && arrays.containsKey("fc8/W")) {
            return architecture("benchmarks.py", "VGGA", 224);
        }
        if (size(arrays, "fc6/W", 0) == 3072 && arrays.containsKey("conv5/W")) {
            return architecture("benchmarks.py", "OverFeat", 231);
        }
        if (arrays.containsKey("rbs3/0/bn1/gamma")) {
            int blocks = 0;
            while (arrays.containsKey("rbs1/" + blocks + "/bn1/gamma")) {
                blocks++;
            }
            return architecture("resnet_cifar.py", "ResNet(" + blocks + ")", 32);
        }
        return size(arrays, "conv1/W", 0) == 64 && size(arrays, "conv1/W", 2) == 11
                ? architecture("alexnet.py", "Alex64", 224)
                : Optional.empty();
    }

    private static long size(Map<String, Tensor> arrays, String path, int axis) {
        Tensor array = arrays.get(path);
        return array != null && array.shape().rank() > axis
                ? array.shape().dim(axis).size()
                : -1;
    }

    private static Optional<Known> link(String call, String warning) {
        PythonFile source = new PythonFile("chainer.links.py", "import chainer.links as L\n");
        return Optional.of(new Known(source, new SourceExpression(source.name(), "L." + call), image(224), warning));
    }

    private static Optional<Known> architecture(String file, String expression, long size) {
        PythonFile source = new PythonFile(file, read("/architectures/chainer/" + file));
        return Optional.of(new Known(source, new SourceExpression(file, expression), image(size), ""));
    }

    private static InputSpec image(long size) {
        return new InputSpec(
                "x", DataType.FLOAT, Shape.of(List.of(Dim.of("N"), Dim.of(3), Dim.of(size), Dim.of(size))));
    }

    private static String read(String resource) {
        try (InputStream in = KnownNetworks.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
