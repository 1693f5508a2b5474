package dev.entrepot.importers.caffe;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.caffe.CaffeBlob;
import dev.entrepot.formats.caffe.CaffeLayer;
import dev.entrepot.formats.prototxt.ProtoField;
import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a lowering sees: its layer's parameters, bottoms and blobs, and the graph to grow. */
final class LoweringContext {

    private final CaffeLayer layer;
    private final List<Value> inputs;
    private final GraphBuilder graph;
    private final ImportNotes notes;
    private final InputShapes inputShapes;
    private final Map<String, Parameters> parametersRead;

    LoweringContext(
            CaffeLayer layer, List<Value> inputs, GraphBuilder graph, ImportNotes notes, InputShapes inputShapes) {
        this(layer, inputs, graph, notes, inputShapes, new LinkedHashMap<>());
    }

    private LoweringContext(
            CaffeLayer layer,
            List<Value> inputs,
            GraphBuilder graph,
            ImportNotes notes,
            InputShapes inputShapes,
            Map<String, Parameters> parametersRead) {
        this.layer = layer;
        this.inputs = inputs;
        this.graph = graph;
        this.notes = notes;
        this.inputShapes = inputShapes;
        this.parametersRead = parametersRead;
    }

    // --- the layer

    CaffeLayer layer() {
        return layer;
    }

    /** The values of the bottoms. */
    List<Value> inputs() {
        return inputs;
    }

    /** The value of a bottom; malformed if the layer has not so many. */
    Value input(int index) {
        if (index >= inputs.size()) {
            throw malformed("has " + inputs.size() + " bottoms, at least " + (index + 1) + " are needed");
        }
        return inputs.get(index);
    }

    /** The number of tops; at least one, since a layer may leave its only top unnamed. */
    int topCount() {
        return Math.max(1, layer.tops().size());
    }

    /** A parameter message such as {@code pooling_param}; empty if the layer has none. */
    Parameters parameters(String message) {
        return parametersRead.computeIfAbsent(message, name -> new Parameters(layer.param(name), name));
    }

    // --- shapes

    /** All sizes of a value. */
    long[] sizes(Value value) {
        Shape shape = value.shape();
        if (!shape.isStatic()) {
            throw new StaticSizeNeeded("needs all sizes of its bottom, which is " + shape);
        }
        return shape.sizes();
    }

    /** One size of a value. */
    long size(Value value, int axis) {
        Dim dim = value.shape().ranked() ? value.shape().dim(axis) : Dim.UNKNOWN;
        if (!dim.isKnown()) {
            throw new StaticSizeNeeded("needs the size of axis " + axis + " of its bottom, which is " + value.shape());
        }
        return dim.size();
    }

    /** The number of axes of a value. */
    int rank(Value value) {
        if (!value.shape().ranked()) {
            throw new StaticSizeNeeded("needs to know how many axes its bottom has");
        }
        return value.shape().rank();
    }

    /** An axis counted from the front. Source: caffe blob.hpp, CanonicalAxisIndex. */
    int axis(Value value, long axis) {
        int rank = rank(value);
        if (axis < -rank || axis >= rank) {
            throw malformed("axis " + axis + " is not within the " + rank + " axes of its bottom, " + value.shape());
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    // --- weights

    /** This layer with other bottoms. */
    LoweringContext withInputs(List<Value> others) {
        return new LoweringContext(layer, others, graph, notes, inputShapes, parametersRead);
    }

    /** How many blobs the weights hold for this layer. */
    int blobCount() {
        return layer.blobs().size();
    }

    /** The shape of a blob as stored; the layer must have it. */
    long[] blobShape(int index) {
        return layer.blobs().get(index).shape().sizes();
    }

    /**
     * A blob as a constant of this shape. Where the weights have none, it is noted as missing and filled as {@code filler} says.
     *
     * @param role the name of the parameter, such as {@code weight}
     */
    Value weight(int index, String role, Filler filler, long... shape) {
        return graph.constant(role, weightTensor(index, role, filler, shape));
    }

    /** Like {@link #weight}, under another shape of as many elements. */
    Value weight(int index, String role, Filler filler, long[] shape, long[] newShape) {
        return graph.constant(role, weightTensor(index, role, filler, shape).reshape(newShape));
    }

    /** Like {@link #weight}, for a lowering that computes with the values. */
    Tensor weightTensor(int index, String role, Filler filler, long... shape) {
        if (index >= layer.blobs().size()) {
            notes.missingWeight(layer, role, shape);
            return filler.fill(shape);
        }
        CaffeBlob blob = layer.blobs().get(index);
        if (!Arrays.equals(withoutLeadingOnes(blob.shape().sizes()), withoutLeadingOnes(shape))) {
            notes.problems()
                    .malformed(
                            blob.location(),
                            layer.toString(),
                            "blob " + index + " (" + role + ") has shape " + blob.shape()
                                    + " in the weights, the layer asks for " + Shape.of(shape));
            return filler.fill(shape);
        }
        return blob.tensor().reshape(shape);
    }

    /** Refuses weights with more blobs than the layer has parameters. Source: caffe net.cpp, CopyTrainedLayersFrom. */
    void requireAtMostBlobs(int count) {
        if (blobCount() > count) {
            notes.problems()
                    .malformed(
                            layer.blobs().get(count).location(),
                            layer.toString(),
                            "has " + blobCount() + " blobs in the weights, the layer has " + count + " parameters");
        }
    }

    private static long[] withoutLeadingOnes(long[] shape) {
        int first = 0;
        while (first < shape.length && shape[first] == 1) {
            first++;
        }
        return Arrays.copyOfRange(shape, first, shape.length);
    }

    // --- the graph

    /** The graph that grows. */
    GraphBuilder graph() {
        return graph;
    }

    /** Adds a node with one output. */
    Value add(String op, Value... nodeInputs) {
        return graph.add(op, nodeInputs);
    }

    /** Adds a node with one output. */
    Value add(String op, Attributes attributes, Value... nodeInputs) {
        return graph.add(op, attributes, nodeInputs);
    }

    /** A float32 scalar. */
    Value scalar(float value) {
        return graph.scalar("scalar", value);
    }

    /** An int64 vector. */
    Value ints(long... values) {
        return graph.ints("ints", values);
    }

    /** The value under another shape, where 0 copies and -1 infers. */
    Value reshape(Value value, long... shape) {
        return graph.add("Reshape", value, graph.ints("shape", shape));
    }

    /** A graph input for a top, left out of the graph if nothing reads it; its shape is the declared one unless the caller says otherwise. */
    Value graphInput(String top, Shape declared) {
        return graph.inputIfUsed(top, DataType.FLOAT, inputShapes.of(top, declared));
    }

    /** How many channels a top must have, as far as the weights of a convolution that reads it tell. */
    Dim channels(String top) {
        return inputShapes.channels(top);
    }

    // --- notes

    /** Warns of every parameter that the lowering did not ask for: a fork may have given it a meaning. */
    void warnOfUnreadParameters() {
        for (ProtoField field : layer.message().fields()) {
            Parameters read = parametersRead.get(field.name());
            if (read != null) {
                read.unread().forEach(unread -> warn(unread + " is not known here and has no effect"));
            } else if (field.name().endsWith("_param")
                    && !field.name().equals("transform_param")
                    && !field.name().equals("loss_param")) {
                warn(field.name() + " does not belong to this layer type and has no effect");
            }
        }
    }

    /** The model contradicts itself in this layer. */
    ModelException malformed(String why) {
        return ModelException.malformed(layer.location(), layer.toString(), why);
    }

    /** The layer is known but asks for something that has no form in ONNX. */
    ModelException unsupported(String why) {
        return ModelException.unsupported(layer.location(), layer.toString(), why);
    }

    /** The layer's nodes compute something only close to what Caffe computes. */
    void approximation(String why) {
        notes.approximation(layer, why);
    }

    /** Something about the layer its user should know. */
    void warn(String why) {
        notes.warning(layer, why);
    }
}
