package dev.entrepot.importers.chainer.functions.recurrent;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A stack of recurrent layers over a list of time steps [b, C], the longest sequences first, so that b never grows. Source:
 * chainer/functions/rnn/n_step_rnn.py, n_step_rnn_impl.
 *
 * <p>The steps become one array [T, B, C] for ONNX's own layers; sequences that end early are told by their lengths. Chainer has its gates in
 * the order i, f, o, a (LSTM: {@code w0} to {@code w3}, {@code w4} to {@code w7} for the state) and r, z, h (GRU), ONNX in i, o, f, c and
 * z, r, h.
 */
final class RecurrentStack {

    private final FunctionCall call;
    private final String op;
    private final int[] gates;
    private final int directions;
    private final List<Value> states;
    private final DataType type;
    private final DataType computed;
    private final List<List<Value>> lastStates = new ArrayList<>();

    /** @param gates for each gate of ONNX which of Chainer's it is */
    private RecurrentStack(FunctionCall call, String op, int directions, List<String> states, int... gates) {
        this.call = call;
        this.op = op;
        this.gates = gates;
        this.directions = directions;
        this.type = call.values("xs").stream()
                .findFirst()
                .orElseThrow(() -> call.malformed("xs is empty, expected at least one time step"))
                .dataType();
        this.computed = type == DataType.DOUBLE ? DataType.FLOAT : type;
        this.states = states.stream()
                .map(name -> call.has(name) ? call.value(name, computed) : Value.NONE)
                .toList();
        this.states.forEach(state -> lastStates.add(new ArrayList<>()));
        if (type == DataType.DOUBLE) {
            call.approximation("is computed in float32, ONNX Runtime has no kernel for float64");
        }
    }

    static RecurrentStack lstm(FunctionCall call, int directions) {
        return new RecurrentStack(call, "LSTM", directions, List.of("hx", "cx"), 0, 3, 1, 2);
    }

    /** The reset gate multiplies what the state's weights have given: {@code linear_before_reset}. Source: n_step_gru.py, _gru. */
    static RecurrentStack gru(FunctionCall call, int directions) {
        return new RecurrentStack(call, "GRU", directions, List.of("hx"), 1, 0, 2);
    }

    static RecurrentStack plain(FunctionCall call, int directions) {
        return new RecurrentStack(call, "RNN", directions, List.of("hx"), 0);
    }

    /**
     * The last states, and the outputs of the last layer as a tuple of time steps. Beyond Chainer, a state may be None for zeros, and
     * {@code xs} one array [T, B, C], T known or not, for which the outputs are one, too.
     */
    Argument lower() {
        List<Value> steps = call.values("xs").stream()
                .map(step -> call.cast(step, computed))
                .toList();
        boolean joined = call.get("xs") instanceof Argument.Array && call.rank(steps.get(0)) == 3;
        TimeSteps times = joined ? TimeSteps.ofJoined(call, steps.get(0)) : TimeSteps.of(call, steps);
        int layers = (int) call.whole("n_layers");
        List<Argument> weights = cells("ws", layers);
        List<Argument> biases = cells("bs", layers);
        Value output = joined ? steps.get(0) : times.joined(steps);
        for (int layer = 0; layer < layers; layer++) {
            int first = layer * directions;
            output = layer(
                    output,
                    times,
                    weights.subList(first, first + directions),
                    biases.subList(first, first + directions),
                    first);
        }
        List<Argument> results = new ArrayList<>();
        lastStates.forEach(last -> results.add(Argument.of(call.cast(call.concat(0, last), type))));
        Value last = call.cast(output, type);
        results.add(joined ? Argument.of(last) : Argument.ofAll(times.apart(last)));
        return Argument.of(results);
    }

    private List<Argument> cells(String name, int layers) {
        List<Argument> cells = call.items(name);
        if (cells.size() != layers * directions) {
            throw call.malformed(name + " has " + cells.size() + " items, expected one for each of " + layers
                    + " layers and " + directions + " directions");
        }
        return cells;
    }

    private Value layer(Value input, TimeSteps times, List<Argument> weights, List<Argument> biases, int first) {
        List<Value> inputs = new ArrayList<>(List.of(
                input,
                stacked(weights, "ws", 0),
                stacked(weights, "ws", gates.length),
                stacked(biases, "bs", 0, gates.length),
                times.lengths()));
        for (Value state : states) {
            boolean all = state.isNone() || call.size(state, 0).is(directions);
            inputs.add(all ? state : call.slice(state, 0, first, first + (long) directions));
        }
        while (inputs.get(inputs.size() - 1).isNone()) {
            inputs.remove(inputs.size() - 1);
        }
        long hidden = call.knownSize(weight(weights.get(0), gates.length, "ws"), 0);
        List<Value> outputs = call.add(op, 1 + states.size(), attributes(hidden), inputs);
        SizeExpr width = SizeExpr.of(hidden);
        SizeExpr batch = times.batch();
        for (int i = 0; i < states.size(); i++) {
            lastStates.get(i).add(call.sized(outputs.get(i + 1), List.of(SizeExpr.of(directions), batch, width)));
        }
        SizeExpr length = times.length();
        Value y = call.sized(outputs.get(0), List.of(length, SizeExpr.of(directions), batch, width));
        if (directions == 1) {
            return call.squeeze(y, 1);
        }
        return call.reshape(call.transpose(y, 0, 2, 1, 3), List.of(length, batch, SizeExpr.of(hidden * directions)));
    }

    private Attributes attributes(long hidden) {
        Attributes attributes =
                Attributes.of("hidden_size", hidden).with("direction", directions == 2 ? "bidirectional" : "forward");
        if (op.equals("GRU")) {
            return attributes.with("linear_before_reset", 1);
        }
        if (!op.equals("RNN") || call.text("activation").equals("tanh")) {
            return attributes;
        }
        if (!call.text("activation").equals("relu")) {
            throw call.malformed("activation is " + call.get("activation").sort() + ", expected \"tanh\" or \"relu\"");
        }
        List<String> activations = directions == 2 ? List.of("Relu", "Relu") : List.of("Relu");
        return attributes.with("activations", new Attribute.StringsValue(activations));
    }

    /** Weights of each direction from these places on, gates in ONNX's order: [directions, gates H, ...]. */
    private Value stacked(List<Argument> cells, String name, int... begins) {
        List<List<Value>> parts = new ArrayList<>();
        for (Argument cell : cells) {
            parts.add(IntStream.of(begins)
                    .flatMap(begin -> IntStream.of(gates).map(gate -> begin + gate))
                    .mapToObj(place -> weight(cell, place, name))
                    .toList());
        }
        return Stacked.of(call, parts);
    }

    private Value weight(Argument cell, int place, String name) {
        if (!(cell instanceof Argument.Items items) || items.items().size() != 2 * gates.length) {
            throw call.malformed(name + " has " + cell.sort() + ", expected " + 2 * gates.length + " arrays");
        }
        if (items.items().get(place) instanceof Argument.Array array) {
            return call.cast(array.value(), computed);
        }
        throw call.malformed(name + " has " + items.items().get(place).sort() + ", expected an array");
    }
}
