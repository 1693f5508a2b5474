package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers that carry a state through a sequence [T, N, ...], where marks [T, N] say whether a step goes on from the one before. Source:
 * caffe recurrent_layer.cpp.
 *
 * <p>The input of all steps is multiplied at once; only what needs the state stands in the body of a Scan, so T may be a symbol. A net
 * that Caffe runs again goes on from its last state; here each run begins at zero, unless {@code expose_hidden} makes the state an input.
 */
final class Recurrences {

    private Recurrences() {}

    /**
     * Gates in the order input, forget, output, candidate. Blobs: W_xc, b_c, W_xc_static if there is a static bottom, W_hc. Source: caffe
     * lstm_layer.cpp, FillUnrolledNet.
     */
    static List<Value> lstm(LoweringContext layer) {
        Recurrence recurrence = Recurrence.of(layer, 2, 4);
        Value gates = recurrence.inputProduct(0);
        Value recurrent = recurrence.recurrentWeight(recurrence.blobsOfInput(), "W_hc", 4);
        layer.requireAtMostBlobs(recurrence.blobsOfInput() + 1);
        return recurrence.scan(recurrence.outputs(), gates, lstmStep(recurrent));
    }

    /** Blobs: W_xh, b_h, W_xh_static if there is a static bottom, W_hh, W_ho, b_o. Source: caffe rnn_layer.cpp, FillUnrolledNet. */
    static List<Value> rnn(LoweringContext layer) {
        Recurrence recurrence = Recurrence.of(layer, 1, 1);
        Value input = recurrence.inputProduct(0);
        int next = recurrence.blobsOfInput();
        Value recurrent = recurrence.recurrentWeight(next, "W_hh", 1);
        Value out = recurrence.recurrentWeight(next + 1, "W_ho", 1);
        Value bias = layer.weight(next + 2, "b_o", recurrence.filler("bias_filler"), recurrence.outputs());
        layer.requireAtMostBlobs(next + 3);
        List<Value> hidden = recurrence.scan(recurrence.outputs(), input, (body, state, step, mark) -> {
            Value carried = body.add("MatMul", body.add("Mul", state.get(0), mark), recurrent);
            return List.of(body.add("Tanh", body.add("Add", step, carried)));
        });
        List<Value> tops = new ArrayList<>(hidden);
        tops.set(0, layer.add("Tanh", layer.add("Add", layer.add("MatMul", hidden.get(0), out), bias)));
        return tops;
    }

    /**
     * Gates in the order update, reset, candidate. Blobs: W_xc, b_c, W_xc_static if there is a static bottom, R_z, R_r, R_h, and with
     * {@code linear_before_reset} Rb_h. Source: foss-for-synopsys-dwc-arc-processors/synopsys-caffe gru_layer.cpp, FillUnrolledNet.
     */
    static List<Value> gru(LoweringContext layer) {
        if (layer.layer().message().has("gru_param")) {
            throw layer.unsupported(
                    "gru_param belongs to a GRU whose source was never published; recurrent_param is known");
        }
        Recurrence recurrence = Recurrence.of(layer, 1, 3);
        Parameters parameters = layer.parameters("recurrent_param");
        boolean linearBeforeReset = parameters.longOr("linear_before_reset", 0) != 0;
        Value input = recurrence.inputProduct(0);
        int next = recurrence.blobsOfInput();
        Value update = recurrence.recurrentWeight(next, "R_z", 1);
        Value reset = recurrence.recurrentWeight(next + 1, "R_r", 1);
        Value candidate = recurrence.recurrentWeight(next + 2, "R_h", 1);
        Value bias = linearBeforeReset
                ? layer.weight(next + 3, "Rb_h", recurrence.filler("bias_filler"), recurrence.outputs())
                : Value.NONE;
        layer.requireAtMostBlobs(next + (linearBeforeReset ? 4 : 3));
        return recurrence.scan(recurrence.outputs(), input, (body, state, step, mark) -> {
            Value carried = body.add("Mul", state.get(0), mark);
            List<Value> gates = split(body, step, 3);
            Value z = body.add("Sigmoid", body.add("Add", gates.get(0), body.add("MatMul", carried, update)));
            Value r = body.add("Sigmoid", body.add("Add", gates.get(1), body.add("MatMul", carried, reset)));
            Value remembered = linearBeforeReset
                    ? body.add("Mul", r, body.add("Add", body.add("MatMul", carried, candidate), bias))
                    : body.add("MatMul", body.add("Mul", r, carried), candidate);
            Value fresh = body.add("Tanh", body.add("Add", gates.get(2), remembered));
            Value kept = body.add("Mul", z, body.add("Sub", carried, fresh));
            return List.of(body.add("Add", fresh, kept));
        });
    }

    /**
     * An older LSTM without static bottom. Marks are optional: without them one sequence begins at the first step. Blobs: weights of the
     * input, weights of the state, bias. Source: junhyukoh/caffe-lstm lstm_layer.cpp, as in sophgo/caffe lstm_layer_Junhyuk.cpp,
     * Forward_cpu.
     *
     * <p>The clipping threshold is for gradients only. A [T * N, I] bottom is cut into {@code batch_size} streams.
     */
    static Value clippedLstm(LoweringContext layer) {
        Parameters parameters = layer.parameters("lstm_param");
        parameters.has("clipping_threshold");
        Value x = layer.input(0);
        long outputs = parameters.longOr("num_output", 0);
        long streams = parameters.longOr("batch_size", 1);
        if (outputs <= 0 || layer.rank(x) < 2 || layer.rank(x) > 3) {
            throw layer.malformed("needs lstm_param.num_output above 0 and a bottom [T, N, I] or [T * N, I], got "
                    + outputs + " and " + x.shape());
        }
        layer.requireAtMostBlobs(3);
        boolean isFlat = layer.rank(x) == 2;
        Value sequence = isFlat ? layer.reshape(x, -1, streams, layer.size(x, 1)) : x;
        long inputs = layer.size(x, layer.rank(x) - 1);
        Filler filler = parameters.filler("weight_filler", 0);
        Value weight = Recurrence.transposed(layer, layer.weight(0, "weight_i", filler, 4 * outputs, inputs));
        Value recurrent = Recurrence.transposed(layer, layer.weight(1, "weight_h", filler, 4 * outputs, outputs));
        Value bias = layer.weight(2, "bias", parameters.filler("bias_filler", 0), 4 * outputs);
        Value gates = layer.add("Add", layer.add("MatMul", sequence, weight), bias);
        Value marks = layer.inputs().size() > 1 ? asMarks(layer, sequence) : marksOfOneSequence(layer, sequence);
        Recurrence recurrence = new Recurrence(layer.withInputs(List.of(sequence, marks)), 2, 4, false, false);
        Value hidden = recurrence.scan(outputs, gates, lstmStep(recurrent)).get(0);
        return isFlat ? layer.reshape(hidden, -1, outputs) : hidden;
    }

    /** Any mark but 0 means that the sequence goes on. */
    private static Value asMarks(LoweringContext layer, Value sequence) {
        Value shape = layer.add("Shape", Attributes.of("start", 0).with("end", 2), sequence);
        Value marks = layer.add("Reshape", layer.input(1), shape);
        return layer.add("Cast", Attributes.of("to", 1), layer.add("Cast", Attributes.of("to", 9), marks));
    }

    private static Value marksOfOneSequence(LoweringContext layer, Value sequence) {
        Value shape = layer.add("Shape", Attributes.of("start", 0).with("end", 2), sequence);
        Value rows = layer.add(
                "Range",
                layer.graph().integer("first", 0),
                layer.add(
                        "Squeeze", layer.add("Shape", Attributes.of("start", 0).with("end", 1), sequence)),
                layer.graph().integer("one", 1));
        Value goesOn = layer.add("Greater", rows, layer.graph().integer("zero", 0));
        Value column = layer.add("Unsqueeze", layer.add("Cast", Attributes.of("to", 1), goesOn), layer.ints(1));
        return layer.add("Expand", column, shape);
    }

    private static Recurrence.Step lstmStep(Value recurrent) {
        return (body, state, gate, mark) -> {
            Value carried = body.add("MatMul", body.add("Mul", state.get(0), mark), recurrent);
            return unit(body, state.get(1), body.add("Add", gate, carried), mark);
        };
    }

    /**
     * One step of an LSTM: the cell before [1, N, D], the gates' sums [1, N, 4 D] and the marks [1, N] -> the cell and the hidden state.
     * Source: caffe lstm_unit_layer.cpp, Forward_cpu.
     */
    static List<Value> lstmUnit(LoweringContext layer) {
        Value cell = layer.input(0);
        Value gates = layer.input(1);
        if (layer.rank(cell) != 3 || layer.rank(gates) != 3 || layer.rank(layer.input(2)) != 2) {
            throw layer.malformed("needs bottoms [1, N, D], [1, N, 4 * D] and [1, N], got " + cell.shape() + ", "
                    + gates.shape() + " and " + layer.input(2).shape());
        }
        Value mark = layer.add("Unsqueeze", layer.input(2), layer.ints(2));
        List<Value> states = unit(layer.graph(), cell, gates, mark);
        return List.of(states.get(1), states.get(0));
    }

    /** The hidden state and the cell after one step. Source: caffe lstm_unit_layer.cpp, Forward_cpu. */
    private static List<Value> unit(GraphBuilder graph, Value cell, Value sums, Value mark) {
        List<Value> gates = split(graph, sums, 4);
        Value input = graph.add("Sigmoid", gates.get(0));
        Value forget = graph.add("Mul", graph.add("Sigmoid", gates.get(1)), mark);
        Value output = graph.add("Sigmoid", gates.get(2));
        Value candidate = graph.add("Tanh", gates.get(3));
        Value next = graph.add("Add", graph.add("Mul", forget, cell), graph.add("Mul", input, candidate));
        return List.of(graph.add("Mul", output, graph.add("Tanh", next)), next);
    }

    private static List<Value> split(GraphBuilder graph, Value gates, int count) {
        return graph.add("Split", count, Attributes.of("axis", -1).with("num_outputs", count), List.of(gates));
    }
}
