package dev.entrepot.importers.torch.operators.layers;

import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.refuse;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.Precision;
import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Layers of recurrent cells over input [T, N, C], or over a packed sequence. PyTorch's gates stand in the order input, forget, cell,
 * output and reset, update, new; ONNX's in the order input, output, forget, cell and update, reset, new.
 *
 * <p>Source: aten/src/ATen/native/RNN.cpp.
 */
public final class Recurrent {

    private static final String ON_DEVICE = "is a kernel of one device, whose weights lie in an order of its own;"
            + " trace, script or export the model on the CPU";
    private static final String QUANTIZED = "computes with quantized weights that the file holds packed";

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            refuse("aten::_cudnn_rnn", ON_DEVICE),
            many("aten::gru", call -> new Recurrent(call, "GRU", 1, 0, 2).lower()),
            many("aten::lstm", call -> new Recurrent(call, "LSTM", 0, 3, 1, 2).lower()),
            refuse("aten::miopen_rnn", ON_DEVICE),
            refuse("aten::mkldnn_rnn_layer", ON_DEVICE),
            refuse("aten::quantized_gru", QUANTIZED),
            refuse("aten::quantized_lstm", QUANTIZED),
            many("aten::rnn_relu", call -> new Recurrent(call, "RNN", 0).lower()),
            many("aten::rnn_tanh", call -> new Recurrent(call, "RNN", 0).lower()));
    // spotless:on

    private final AtenCall call;
    private final String op;
    private final int[] gates;
    private final int directions;
    private final DataType type;
    private final DataType computed;
    private final List<Value> states;
    private final List<List<Value>> lastStates = new ArrayList<>();

    /** @param gates for each gate of ONNX which of PyTorch's it is */
    private Recurrent(AtenCall call, String op, int... gates) {
        this.call = call;
        this.op = op;
        this.gates = gates;
        this.directions = call.bool("bidirectional") ? 2 : 1;
        this.type = call.value(isPacked() ? "data" : "input").dataType();
        this.computed = Precision.hasKernels(type) ? type : Precision.SINGLE;
        this.states = call.values("hx").stream().map(this::computable).toList();
        states.forEach(state -> lastStates.add(new ArrayList<>()));
        if (type == DataType.DOUBLE) {
            call.approximation("is computed in float32, ONNX Runtime has no kernel for float64");
        }
    }

    private boolean isPacked() {
        return call.has("batch_sizes");
    }

    private Value computable(Value value) {
        return call.cast(value, computed);
    }

    private List<Value> lower() {
        long layers = call.integer("num_layers");
        if (call.bool("train") && call.real("dropout") != 0 && layers > 1) {
            throw call.unsupported("drops at random, as in training; trace, script or export the model after eval()");
        }
        Value output = isPacked() ? packed(layers) : unpacked(layers);
        List<Value> results = new ArrayList<>(List.of(call.cast(output, type)));
        for (List<Value> last : lastStates) {
            Value all = last.size() == 1
                    ? last.get(0)
                    : call.add("Concat", 1, Attributes.of("axis", 0), last).get(0);
            results.add(call.cast(all, type));
        }
        return results;
    }

    private Value unpacked(long layers) {
        Value input = computable(call.value("input"));
        boolean batchFirst = call.bool("batch_first");
        Value output = layers(batchFirst ? call.transpose(input, 1, 0, 2) : input, Value.NONE, layers);
        return batchFirst ? call.transpose(output, 1, 0, 2) : output;
    }

    private Value packed(long layers) {
        Value batchSizes = call.value("batch_sizes", DataType.INT64);
        PackedSequence packed =
                new PackedSequence(call, batchSizes, call.size(batchSizes, 0), call.size(states.get(0), 1));
        Value input = packed.padded(computable(call.value("data")), call.scalar(0, computed));
        return packed.pack(layers(input, call.cast(packed.lengths(), DataType.INT32), layers));
    }

    private Value layers(Value input, Value lengths, long layers) {
        List<Value> parameters =
                call.values("params").stream().map(this::computable).toList();
        boolean biased = call.bool("has_biases");
        int perCell = (biased ? 4 : 2) + (isProjected(parameters, biased, layers) ? 1 : 0);
        if (parameters.size() != perCell * directions * layers) {
            throw call.malformed("has " + parameters.size() + " parameters, expected " + perCell + " for each of "
                    + layers + " layers and " + directions + " directions");
        }
        Value output = input;
        for (int layer = 0; layer < layers; layer++) {
            int first = layer * directions;
            List<RecurrentCell> cells = new ArrayList<>();
            for (int i = first; i < first + directions; i++) {
                cells.add(new RecurrentCell(parameters.subList(i * perCell, (i + 1) * perCell), biased));
            }
            output = cells.get(0).isProjected()
                    ? projected(output, lengths, cells, first)
                    : layer(output, lengths, cells, first);
        }
        return output;
    }

    private boolean isProjected(List<Value> parameters, boolean biased, long layers) {
        return parameters.size() == (biased ? 5 : 3) * directions * layers && op.equals("LSTM");
    }

    // --- ONNX's own layers

    private Value layer(Value input, Value lengths, List<RecurrentCell> cells, int first) {
        List<Value> inputs = new ArrayList<>(List.of(
                input,
                stacked(cells.stream().map(cell -> List.of(cell.input())).toList()),
                stacked(cells.stream().map(cell -> List.of(cell.hidden())).toList())));
        boolean biased = cells.get(0).isBiased();
        inputs.add(biased ? stacked(cells.stream().map(RecurrentCell::biases).toList()) : Value.NONE);
        inputs.add(lengths);
        states.forEach(state -> inputs.add(call.slice(state, 0, first, first + (long) directions)));
        SizeExpr hidden = call.size(cells.get(0).hidden(), 1);
        List<Value> outputs = call.add(
                op, 1 + states.size(), attributes(call.knownSize(cells.get(0).hidden(), 1)), inputs);
        SizeExpr batch = call.size(input, 1);
        for (int i = 0; i < states.size(); i++) {
            List<SizeExpr> sizes = List.of(SizeExpr.of(directions), batch, hidden);
            lastStates.get(i).add(call.sized(outputs.get(i + 1), sizes));
        }
        List<SizeExpr> sizes = List.of(call.size(input, 0), SizeExpr.of(directions), batch, hidden);
        Value y = call.sized(outputs.get(0), sizes);
        if (directions == 1) {
            return call.squeeze(y, 1);
        }
        List<SizeExpr> joined = List.of(sizes.get(0), batch, hidden.times(SizeExpr.of(directions)));
        return call.reshape(call.transpose(y, 0, 2, 1, 3), joined);
    }

    private Attributes attributes(long hidden) {
        Attributes attributes =
                Attributes.of("hidden_size", hidden).with("direction", directions == 2 ? "bidirectional" : "forward");
        if (op.equals("GRU")) {
            return attributes.with("linear_before_reset", 1);
        }
        if (!call.schema().name().endsWith("rnn_relu")) {
            return attributes;
        }
        List<String> activations = directions == 2 ? List.of("Relu", "Relu") : List.of("Relu");
        return attributes.with("activations", new Attribute.StringsValue(activations));
    }

    /** Weights [gates H, ...] of each direction, joined within it, in ONNX's order: [directions, gates H, ...]. */
    private Value stacked(List<List<Value>> weights) {
        return new GateOrder(call, gates).stacked(weights);
    }

    // --- projected states

    /** A layer whose hidden state is multiplied by a further matrix, which ONNX's LSTM has not. */
    private Value projected(Value input, Value lengths, List<RecurrentCell> cells, int first) {
        if (!lengths.isNone()) {
            throw call.unsupported("projects the states of a packed sequence, which has no form in ONNX");
        }
        List<Value> outputs = new ArrayList<>();
        for (int i = 0; i < directions; i++) {
            Value h = call.squeeze(call.slice(states.get(0), 0, first + i, first + i + 1L), 0);
            Value c = call.squeeze(call.slice(states.get(1), 0, first + i, first + i + 1L), 0);
            List<Value> scanned = cells.get(i).scan(call, input, h, c, i == 1);
            lastStates.get(0).add(call.unsqueeze(scanned.get(0), 0));
            lastStates.get(1).add(call.unsqueeze(scanned.get(1), 0));
            outputs.add(scanned.get(2));
        }
        return directions == 1
                ? outputs.get(0)
                : call.add("Concat", 1, Attributes.of("axis", 2), outputs).get(0);
    }
}
