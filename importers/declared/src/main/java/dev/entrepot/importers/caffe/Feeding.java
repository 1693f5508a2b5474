package dev.entrepot.importers.caffe;

import dev.entrepot.formats.prototxt.ProtoMessage;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Layers that bring data in, and what losses leave behind. */
final class Feeding {

    private Feeding() {}

    /** A graph input per top; one shape for all tops, or one each. Source: caffe input_layer.cpp. */
    static List<Value> input(LoweringContext layer) {
        List<ProtoMessage> shapes = layer.parameters("input_param").messages("shape");
        List<String> tops = layer.layer().tops();
        if (shapes.size() > 1 && shapes.size() != tops.size()) {
            throw layer.malformed(
                    "has " + tops.size() + " tops and " + shapes.size() + " shapes, one or one for each is expected");
        }
        List<Value> inputs = new ArrayList<>();
        for (int i = 0; i < tops.size(); i++) {
            Shape declared = shapes.isEmpty() ? Shape.UNRANKED : shape(layer, shapes.get(shapes.size() == 1 ? 0 : i));
            inputs.add(layer.graphInput(tops.get(i), declared));
        }
        return inputs;
    }

    private static Shape shape(LoweringContext layer, ProtoMessage message) {
        List<Long> dims = message.longs("dim");
        if (dims.stream().anyMatch(dim -> dim < 0 || dim > Integer.MAX_VALUE)) {
            throw layer.malformed("shape " + dims + " has a dimension that is negative or above " + Integer.MAX_VALUE);
        }
        double elements = dims.stream().mapToDouble(Long::doubleValue).reduce(1, (left, right) -> left * right);
        if (elements > Integer.MAX_VALUE) {
            throw layer.malformed("shape " + dims + " has more than " + Integer.MAX_VALUE + " elements, Caffe's limit");
        }
        return Shape.of(dims.stream().mapToLong(Long::longValue).toArray());
    }

    /**
     * A data base or list of images: its first top is an input of crop_size, with the channels that the first convolution asks for; the
     * labels are inputs that only losses read.
     */
    static List<Value> images(LoweringContext layer) {
        Parameters transform = layer.parameters("transform_param");
        long crop = transform.longOr("crop_size", 0);
        Dim size = crop > 0 ? Dim.of(crop) : Dim.UNKNOWN;
        List<Value> inputs = new ArrayList<>();
        for (String top : layer.layer().tops()) {
            Shape shape =
                    inputs.isEmpty() ? Shape.of(List.of(Dim.UNKNOWN, layer.channels(top), size, size)) : Shape.UNRANKED;
            inputs.add(layer.graphInput(top, shape));
        }
        return inputs;
    }

    /** Arrays handed over in memory: [batch_size, channels, height, width] and labels [batch_size]. Source: caffe memory_data_layer.cpp. */
    static List<Value> memoryData(LoweringContext layer) {
        Parameters parameters = layer.parameters("memory_data_param");
        long batch = parameters.longOr("batch_size", 0);
        Shape data = Shape.of(
                batch, parameters.longOr("channels", 0), parameters.longOr("height", 0), parameters.longOr("width", 0));
        List<Value> inputs = new ArrayList<>();
        for (String top : layer.layer().tops()) {
            inputs.add(layer.graphInput(top, inputs.isEmpty() ? data : Shape.of(batch)));
        }
        return inputs;
    }

    /** Blobs of unknown shape. Source: caffe hdf5_data_layer.cpp. */
    static List<Value> unshaped(LoweringContext layer) {
        return layer.layer().tops().stream()
                .map(top -> layer.graphInput(top, Shape.UNRANKED))
                .toList();
    }

    /** Blobs made by fillers; constant ones stay constants. Source: caffe dummy_data_layer.cpp, LayerSetUp. */
    static List<Value> dummyData(LoweringContext layer) {
        Parameters parameters = layer.parameters("dummy_data_param");
        List<ProtoMessage> shapes = parameters.messages("shape");
        List<ProtoMessage> fillers = parameters.messages("data_filler");
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < layer.layer().tops().size(); i++) {
            ProtoMessage filler = fillers.isEmpty()
                    ? ProtoMessage.empty(layer.layer().location())
                    : fillers.get(fillers.size() == 1 ? 0 : i);
            if (!filler.stringOr("type", "constant").equals("constant")) {
                throw layer.unsupported(
                        "makes random data (filler " + filler.stringOr("type", "") + "); use an Input layer");
            }
            long[] sizes = shapes.isEmpty()
                    ? legacySizes(layer, parameters, i)
                    : shape(layer, shapes.get(shapes.size() == 1 ? 0 : i)).sizes();
            values.add(layer.graph().constant("data", new Filler("constant", filler.floatOr("value", 0)).fill(sizes)));
        }
        return values;
    }

    private static long[] legacySizes(LoweringContext layer, Parameters parameters, int top) {
        long[] sizes = new long[4];
        List<String> names = List.of("num", "channels", "height", "width");
        for (int axis = 0; axis < 4; axis++) {
            List<Long> given = parameters.longs(names.get(axis));
            if (given.isEmpty()) {
                throw layer.malformed("dummy_data_param gives neither a shape nor " + names.get(axis));
            }
            sizes[axis] = given.get(given.size() == 1 ? 0 : top);
        }
        return sizes;
    }

    /** A learned blob as its only top. Source: caffe parameter_layer.hpp. */
    static Value parameter(LoweringContext layer) {
        long[] shape = layer.parameters("parameter_param").message("shape").longs("dim").stream()
                .mapToLong(Long::longValue)
                .toArray();
        return layer.weight(0, "parameter", Filler.ZERO, shape);
    }

    /** The softmax that the loss takes of its first bottom, for every top it has. Source: caffe softmax_loss_layer.cpp. */
    static List<Value> softmaxOfLoss(LoweringContext layer) {
        return forEveryTop(layer, Arithmetic.softmax(layer));
    }

    /** The sigmoid that the loss takes of its first bottom. Source: caffe sigmoid_cross_entropy_loss_layer.cpp. */
    static List<Value> sigmoidOfLoss(LoweringContext layer) {
        return forEveryTop(layer, layer.add("Sigmoid", Attributes.NONE, layer.input(0)));
    }

    private static List<Value> forEveryTop(LoweringContext layer, Value value) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < layer.topCount(); i++) {
            values.add(value);
        }
        return values;
    }
}
