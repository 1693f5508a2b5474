package dev.entrepot.validator.oracles.caffe;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_dnn.readNetFromCaffe;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.formats.prototxt.ProtoMessage;
import dev.entrepot.formats.prototxt.PrototxtReader;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_dnn;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.StringVector;
import org.bytedeco.opencv.opencv_dnn.Net;

/**
 * OpenCV's reader of Caffe files on the CPU, for layers that only forks of Caffe have.
 *
 * <p>OpenCV knows layers, not blobs, so the prototxt says which layer wrote which blob; rules on phase, level and stage it does not know.
 * Its blobs have at least two axes. It has no fillers: weights stand in the .caffemodel, or as {@code blobs} in the prototxt.
 *
 * <p>Source: opencv modules/dnn/src/caffe/caffe_importer.cpp, {@code populateNet}.
 */
final class OpenCvEngine implements Engine {

    /** @throws LinkageError if OpenCV's libraries do not load */
    OpenCvEngine() {
        Loader.load(opencv_dnn.class);
    }

    @Override
    public Map<String, Tensor> forward(Request request, Map<String, Tensor> inputs)
            throws RefusedException, IOException {
        if (request.saved().isPresent()) {
            throw new RefusedException("OpenCV cannot write a .caffemodel");
        }
        byte[] text = Files.readAllBytes(request.net());
        ProtoMessage declaration =
                PrototxtReader.read(ByteSource.of(request.net().toString(), text));
        byte[] weights = request.weights().isPresent()
                ? Files.readAllBytes(request.weights().get())
                : StatedWeights.encode(declaration);
        try (var scope = new PointerScope()) {
            Net net = readNetFromCaffe(withConsumers(text, declaration), weights);
            net.enableFusion(false);
            inputs.forEach((name, tensor) -> net.setInput(mat(tensor), name, 1, new Scalar()));
            return run(net, declaration, request.layers());
        }
    }

    /** OpenCV tells only the first output of a layer, and fails where nobody consumes the others: each gets a consumer. */
    private static byte[] withConsumers(byte[] text, ProtoMessage declaration) {
        var consumers = new StringBuilder("\n");
        for (ProtoMessage layer : declaration.messages("layer")) {
            List<String> tops = layer.strings("top");
            for (int top = 0; top < tops.size() && tops.size() > 1; top++) {
                consumers.append("layer { name: \"%1$s\" type: \"Dropout\" bottom: \"%2$s\" top: \"%1$s\" }\n"
                        .formatted(source(layer, top), tops.get(top)));
            }
        }
        byte[] more = consumers.toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(text, text.length + more.length);
        System.arraycopy(more, 0, all, text.length, more.length);
        return all;
    }

    /** The layer whose first output is this top's value. */
    private static String source(ProtoMessage layer, int top) {
        String name = layer.string("name");
        return layer.strings("top").size() == 1 ? name : "consumer/" + name + "/" + top;
    }

    private static Map<String, Tensor> run(Net net, ProtoMessage declaration, boolean all) {
        Map<String, Tensor> values = values(net, declaration);
        var outputs = new LinkedHashMap<String, Tensor>();
        var layers = new LinkedHashMap<String, Tensor>();
        Map<String, Long> writers = layers(declaration).stream()
                .flatMap(layer -> layer.strings("top").stream())
                .collect(Collectors.groupingBy(top -> top, Collectors.counting()));
        for (ProtoMessage layer : layers(declaration)) {
            List<String> tops = layer.strings("top");
            layer.strings("bottom").forEach(outputs::remove);
            for (int top = 0; top < tops.size(); top++) {
                Tensor value = values.get(source(layer, top));
                if (value != null) {
                    outputs.put(tops.get(top), value);
                    boolean once = writers.getOrDefault(tops.get(top), 0L) == 1;
                    layers.put("layer/" + (once ? tops.get(top) : layer.string("name")), value);
                }
            }
        }
        if (all) {
            outputs.putAll(layers);
        }
        return outputs;
    }

    private static Map<String, Tensor> values(Net net, ProtoMessage declaration) {
        Set<String> known = names(net);
        var sources = layers(declaration).stream()
                .flatMap(
                        layer -> IntStream.range(0, layer.strings("top").size()).mapToObj(top -> source(layer, top)))
                .filter(known::contains)
                .toArray(String[]::new);
        var results = new MatVector();
        net.forward(results, new StringVector(sources));
        var values = new HashMap<String, Tensor>();
        for (int i = 0; i < sources.length; i++) {
            values.put(sources[i], tensor(results.get(i)));
        }
        return values;
    }

    private static Set<String> names(Net net) {
        StringVector names = net.getLayerNames();
        var known = new HashSet<String>();
        for (long i = 0; i < names.size(); i++) {
            // JavaCPP counts the ending zero of this vector's strings among their characters.
            known.add(names.get(i).getString().replace("\0", ""));
        }
        return known;
    }

    private static List<ProtoMessage> layers(ProtoMessage declaration) {
        var layers = new ArrayList<>(declaration.messages("layer"));
        layers.addAll(declaration.messages("layers"));
        return layers;
    }

    private static Mat mat(Tensor tensor) {
        long[] sizes = tensor.shape().sizes();
        int[] shape = new int[sizes.length];
        for (int axis = 0; axis < sizes.length; axis++) {
            shape[axis] = Math.toIntExact(sizes[axis]);
        }
        var mat = new Mat(shape, CV_32F);
        new FloatPointer(mat.data()).put(CaffeEngine.floats(tensor));
        return mat;
    }

    private static Tensor tensor(Mat mat) {
        Mat whole = mat.isContinuous() ? mat : mat.clone();
        long[] shape = new long[whole.dims()];
        long count = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = whole.size(axis);
            count = Math.multiplyExact(count, shape[axis]);
        }
        float[] values = new float[Math.toIntExact(count)];
        if (values.length > 0) {
            new FloatPointer(whole.data()).get(values);
        }
        return Tensor.of(Shape.of(shape), values);
    }
}
