package dev.entrepot.validator.oracles.caffe;

import static org.bytedeco.caffe.global.caffe.TEST;
import static org.bytedeco.caffe.global.caffe.WriteProtoToBinaryFile;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.caffe.Caffe;
import org.bytedeco.caffe.FloatBlob;
import org.bytedeco.caffe.FloatBlobVector;
import org.bytedeco.caffe.FloatNet;
import org.bytedeco.caffe.NetParameter;
import org.bytedeco.caffe.StringVector;
import org.bytedeco.caffe.global.caffe;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;

/**
 * BVLC Caffe 1.0 on the CPU.
 *
 * <p>Source: caffe net.cpp, {@code Init}, {@code ForwardFromTo}, {@code CopyTrainedLayersFrom}.
 */
final class CaffeEngine implements Engine {

    /** @throws LinkageError if Caffe's libraries do not load */
    CaffeEngine() {
        Loader.load(caffe.class);
    }

    @Override
    public Map<String, Tensor> forward(Request request, Map<String, Tensor> inputs) throws RefusedException {
        try (var scope = new PointerScope()) {
            Caffe.set_mode(Caffe.CPU);
            Caffe.set_random_seed(request.seed());
            var net = new FloatNet(request.net().toString(), TEST, request.level(), stages(request));
            request.weights().ifPresent(weights -> net.CopyTrainedLayersFrom(weights.toString()));
            request.saved().ifPresent(saved -> save(net, saved));
            feed(net, inputs);
            var blobs = new LinkedHashMap<String, Tensor>();
            var layers = run(net, inputs, request.layers());
            IntPointer indices = net.output_blob_indices();
            for (int i = 0; i < net.num_outputs(); i++) {
                int index = indices.get(i);
                blobs.put(
                        net.blob_names().get(index).getString(),
                        read(net.blobs().get(index)));
            }
            blobs.putAll(layers);
            return blobs;
        }
    }

    private static StringVector stages(Request request) {
        return new StringVector(request.stages().toArray(String[]::new));
    }

    private static void save(FloatNet net, Path file) {
        var parameter = new NetParameter();
        net.ToProto(parameter);
        WriteProtoToBinaryFile(parameter, file.toString());
    }

    private static void feed(FloatNet net, Map<String, Tensor> inputs) throws RefusedException {
        for (var input : inputs.entrySet()) {
            if (!net.has_blob(input.getKey())) {
                throw new RefusedException("the net has no blob \"" + input.getKey() + "\"");
            }
            write(input.getValue(), net.blob_by_name(input.getKey()));
        }
        IntPointer indices = net.input_blob_indices();
        for (int i = 0; i < net.num_inputs(); i++) {
            String name = net.blob_names().get(indices.get(i)).getString();
            if (!inputs.containsKey(name)) {
                throw new RefusedException("no value is given for input \"" + name + "\"");
            }
        }
        net.Reshape();
    }

    private static Map<String, Tensor> run(FloatNet net, Map<String, Tensor> inputs, boolean wanted) {
        int count = (int) net.layers().size();
        Map<String, Integer> writers = writers(net, count);
        var values = new LinkedHashMap<String, Tensor>();
        for (int layer = 0; layer < count; layer++) {
            if (!isFed(net, layer, inputs)) {
                net.ForwardFromTo(layer, layer);
            }
            if (wanted && !isInsertedSplit(net, layer)) {
                collect(net, layer, writers, values);
            }
        }
        return values;
    }

    private static void collect(FloatNet net, int layer, Map<String, Integer> writers, Map<String, Tensor> values) {
        FloatBlobVector tops = net.top_vecs().get(layer);
        for (int top = 0; top < tops.size(); top++) {
            String blob = topName(net, layer, top);
            boolean once = writers.getOrDefault(blob, 0) == 1;
            values.put("layer/" + (once ? blob : net.layer_names().get(layer).getString()), read(tops.get(top)));
        }
    }

    private static Map<String, Integer> writers(FloatNet net, int layers) {
        var writers = new HashMap<String, Integer>();
        for (int layer = 0; layer < layers; layer++) {
            for (int top = 0; top < net.top_vecs().get(layer).size(); top++) {
                writers.merge(topName(net, layer, top), 1, Integer::sum);
            }
        }
        return writers;
    }

    private static String topName(FloatNet net, int layer, int top) {
        return net.blob_names().get(net.top_ids(layer).get(top)).getString();
    }

    /** A data layer whose blob was given is not run: it would look for its database. */
    private static boolean isFed(FloatNet net, int layer, Map<String, Tensor> inputs) {
        if (net.bottom_vecs().get(layer).size() > 0) {
            return false;
        }
        for (int top = 0; top < net.top_vecs().get(layer).size(); top++) {
            if (inputs.containsKey(topName(net, layer, top))) {
                return true;
            }
        }
        return false;
    }

    /** Source: caffe insert_splits.cpp, SplitLayerName and SplitBlobName. */
    private static boolean isInsertedSplit(FloatNet net, int layer) {
        return net.layers().get(layer).type().getString().equals("Split")
                && topName(net, layer, 0).matches(".*_split_\\d+");
    }

    private static void write(Tensor tensor, FloatBlob blob) {
        long[] sizes = tensor.shape().sizes();
        int[] shape = new int[sizes.length];
        for (int axis = 0; axis < sizes.length; axis++) {
            shape[axis] = Math.toIntExact(sizes[axis]);
        }
        blob.Reshape(shape);
        float[] values = floats(tensor);
        if (values.length > 0) {
            blob.mutable_cpu_data().put(values);
        }
    }

    static float[] floats(Tensor tensor) {
        if (tensor.type() == DataType.FLOAT || tensor.type() == DataType.DOUBLE) {
            return tensor.toFloats();
        }
        long[] whole = tensor.toLongs();
        float[] values = new float[whole.length];
        for (int i = 0; i < whole.length; i++) {
            values[i] = whole[i];
        }
        return values;
    }

    private static Tensor read(FloatBlob blob) {
        long[] shape = new long[blob.num_axes()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = blob.shape(axis);
        }
        float[] values = new float[blob.count()];
        if (values.length > 0) {
            blob.cpu_data().get(values);
        }
        return Tensor.of(Shape.of(shape), values);
    }
}
