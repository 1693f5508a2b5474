package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * What all recurrent layers have in common: bottoms x [T, N, ...], marks [T, N], maybe a static one [N, ...], and with
 * {@code expose_hidden} the states at the first step; tops are the output of every step and, so exposed, the states after the last.
 * Source: caffe recurrent_layer.cpp, LayerSetUp.
 *
 * @param layer the layer
 * @param states how many states are carried
 * @param gates how many times {@code num_output} the input is multiplied to
 * @param hasStatic whether there is a static bottom
 * @param exposed whether states are bottoms and tops
 */
record Recurrence(LoweringContext layer, int states, int gates, boolean hasStatic, boolean exposed) {

    /** What is done at each step. */
    @FunctionalInterface
    interface Step {
        /**
         * Adds the step's nodes to the body and returns the states after it.
         *
         * @param state the states before, each [N, D]
         * @param input the step's part of the input's product, [N, gates * D]
         * @param mark the step's marks, [N, 1]
         */
        List<Value> step(GraphBuilder body, List<Value> state, Value input, Value mark);
    }

    static Recurrence of(LoweringContext layer, int states, int gates) {
        Parameters parameters = layer.parameters("recurrent_param");
        if (parameters.longOr("num_output", 0) <= 0) {
            throw layer.malformed(
                    "recurrent_param.num_output is " + parameters.longOr("num_output", 0) + ", it must be above 0");
        }
        boolean exposed = parameters.boolOr("expose_hidden", false);
        int least = 2 + (exposed ? states : 0);
        int bottoms = layer.inputs().size();
        if (bottoms < least || bottoms > least + 1) {
            throw layer.malformed(
                    "has " + bottoms + " bottoms, expected are " + least + " or, with a static one, " + (least + 1));
        }
        if (layer.rank(layer.input(0)) < 2 || layer.rank(layer.input(1)) != 2) {
            throw layer.malformed("needs bottoms [T, N, ...] and [T, N], got "
                    + layer.input(0).shape() + " and " + layer.input(1).shape());
        }
        return new Recurrence(layer, states, gates, bottoms > least, exposed);
    }

    /** The size of a state: num_output. */
    long outputs() {
        return layer.parameters("recurrent_param").longOr("num_output", 0);
    }

    Filler filler(String name) {
        return layer.parameters("recurrent_param").filler(name, 0);
    }

    /** How many blobs the input's product takes. */
    int blobsOfInput() {
        return hasStatic ? 3 : 2;
    }

    /** A weight [count * D, D] as a constant [D, count * D], ready to be multiplied from the right. */
    Value recurrentWeight(int blob, String role, long count) {
        return transposed(layer, layer.weight(blob, role, filler("weight_filler"), count * outputs(), outputs()));
    }

    static Value transposed(LoweringContext layer, Value weight) {
        return layer.add("Transpose", Attributes.of("perm", 1, 0), weight);
    }

    /** W x + b for all steps, [T, N, gates * D], with the static bottom's part if there is one. */
    Value inputProduct(int firstBlob) {
        long width = Math.multiplyExact(gates, outputs());
        Value x = product(layer.input(0), 2, firstBlob, "W_x", width);
        Value biased = layer.add("Add", x, layer.weight(firstBlob + 1, "b", filler("bias_filler"), width));
        return hasStatic
                ? layer.add("Add", biased, product(layer.input(2), 1, firstBlob + 2, "W_static", width))
                : biased;
    }

    private Value product(Value x, int axis, int blob, String role, long width) {
        int rank = layer.rank(x);
        long inner = 1;
        for (int i = axis; i < rank; i++) {
            inner = Math.multiplyExact(inner, layer.size(x, i));
        }
        long[] flat = axis == 2 ? new long[] {0, 0, inner} : new long[] {0, inner};
        Value rows = rank == axis + 1 ? x : layer.reshape(x, flat);
        Value weight = layer.weight(blob, role, filler("weight_filler"), width, inner);
        return layer.add("MatMul", rows, transposed(layer, weight));
    }

    /** Runs the steps with states of this width; the result is the first state at every step, [T, N, D], then, where exposed, each state at the end, [1, N, D]. */
    List<Value> scan(long outputs, Value input, Step step) {
        Dim steps = layer.input(0).shape().dim(0);
        Dim streams = layer.input(0).shape().dim(1);
        Dim width = Dim.of(outputs);
        Shape stateShape = Shape.of(List.of(streams, width));
        GraphBuilder body = layer.graph().subgraph(layer.layer().name() + "_step");
        List<Value> before = new ArrayList<>();
        List<Value> inputs = new ArrayList<>();
        for (int i = 0; i < states; i++) {
            before.add(bodyInput(body, "state_" + i, stateShape));
            inputs.add(initial(i, outputs));
        }
        Value stepInput = bodyInput(body, "input", Shape.of(List.of(streams, Dim.of(gates * outputs))));
        Value mark = bodyInput(body, "mark", Shape.of(List.of(streams, Dim.of(1))));
        inputs.add(input);
        inputs.add(layer.add("Unsqueeze", layer.input(1), layer.ints(2)));
        List<Value> after = step.step(body, before, stepInput, mark);
        after.forEach(body::output);
        body.output(body.add("Identity", after.get(0)));
        Attributes attributes = Attributes.of("num_scan_inputs", 2).with("body", body.build());
        List<Value> results = layer.graph().add("Scan", states + 1, attributes, inputs);
        List<Value> tops = new ArrayList<>();
        tops.add(typed(results.get(states), steps, streams, width));
        for (int i = 0; exposed && i < states; i++) {
            Value last = results.get(i).withType(ValueType.tensor(DataType.FLOAT, stateShape));
            tops.add(layer.add("Unsqueeze", last, layer.ints(0)));
        }
        return tops;
    }

    private Value bodyInput(GraphBuilder body, String role, Shape shape) {
        return body.input(layer.layer().name() + "/step/" + role, DataType.FLOAT, shape);
    }

    /** A state before the first step, [N, D]: its bottom, or zeros. */
    private Value initial(int state, long outputs) {
        if (exposed) {
            Value bottom = layer.input(2 + (hasStatic ? 1 : 0) + state);
            return layer.add("Squeeze", bottom, layer.ints(0));
        }
        Value streams = layer.add("Shape", Attributes.of("start", 1).with("end", 2), layer.input(0));
        Value shape = layer.add("Concat", Attributes.of("axis", 0), streams, layer.ints(outputs));
        return layer.add("Expand", layer.scalar(0), shape);
    }

    private static Value typed(Value value, Dim... dims) {
        return value.withType(ValueType.tensor(DataType.FLOAT, Shape.of(List.of(dims))));
    }
}
