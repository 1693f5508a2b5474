package dev.entrepot.importers.chainer.functions.recurrent;

import static dev.entrepot.importers.chainer.functions.entries.Entries.many;
import static dev.entrepot.importers.chainer.functions.entries.Entries.plain;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Recurrent cells, whose gates are computed by their callers, and whole stacks of recurrent layers. Source: chainer/functions/rnn.
 *
 * <p>The gates a, i, f, o of {@code lstm} and {@code slstm} are interleaved: every fourth feature belongs to one gate. Those of
 * {@code tree_lstm} (a, i, o and a forget gate for each child) stand one behind the other.
 */
public final class Recurrent {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            many("lstm(c_prev, x)", Recurrent::lstm),
            plain(
                    "n_step_bigru(n_layers, dropout_ratio, hx, ws, bs, xs)",
                    call -> RecurrentStack.gru(call, 2).lower()),
            plain(
                    "n_step_bilstm(n_layers, dropout_ratio, hx, cx, ws, bs, xs)",
                    call -> RecurrentStack.lstm(call, 2).lower()),
            plain(
                    "n_step_birnn(n_layers, dropout_ratio, hx, ws, bs, xs, activation='tanh')",
                    call -> RecurrentStack.plain(call, 2).lower()),
            plain(
                    "n_step_gru(n_layers, dropout_ratio, hx, ws, bs, xs)",
                    call -> RecurrentStack.gru(call, 1).lower()),
            plain(
                    "n_step_lstm(n_layers, dropout_ratio, hx, cx, ws, bs, xs)",
                    call -> RecurrentStack.lstm(call, 1).lower()),
            plain(
                    "n_step_rnn(n_layers, dropout_ratio, hx, ws, bs, xs, activation='tanh')",
                    call -> RecurrentStack.plain(call, 1).lower()),
            many("slstm(c_prev1, c_prev2, x1, x2)", Recurrent::slstm),
            many("tree_lstm(*inputs)", Recurrent::treeLstm));
    // spotless:on

    private Recurrent() {}

    /** Cells [B, n, ...] and gates [b, 4 n, ...] -> next cells and outputs; cells beyond the batch b stay as they are. */
    private static List<Value> lstm(FunctionCall call) {
        Value cells = call.value("c_prev");
        Value x = call.value("x");
        SizeExpr batch = call.size(x, 0);
        SizeExpr all = call.size(cells, 0);
        boolean whole = batch.equals(all);
        if (batch.isNumber()
                && all.isNumber()
                && batch.number().getAsLong() > all.number().getAsLong()) {
            throw call.malformed("the batch " + batch + " of x is larger than the " + all + " of c_prev");
        }
        Value used = whole ? cells : call.slice(cells, 0, SizeExpr.ZERO, batch);
        List<Value> gates = interleaved(call, x, cells);
        Value next = call.add("Add", written(call, gates), call.add("Mul", call.add("Sigmoid", gates.get(2)), used));
        Value output = call.add("Mul", call.add("Sigmoid", gates.get(3)), call.add("Tanh", next));
        if (whole) {
            return List.of(next, output);
        }
        Value rest = call.slice(cells, 0, batch, SizeExpr.of(Long.MAX_VALUE));
        return List.of(call.sized(call.concat(0, List.of(next, rest)), call.sizes(cells)), output);
    }

    /** {@code tanh(a) * sigmoid(i)}, what a cell is given anew. */
    private static Value written(FunctionCall call, List<Value> gates) {
        return call.add("Mul", call.add("Tanh", gates.get(0)), call.add("Sigmoid", gates.get(1)));
    }

    /** The gates a, i, f, o [b, n, ...] of [b, 4 n, ...]. Source: lstm.py, _extract_gates. */
    private static List<Value> interleaved(FunctionCall call, Value x, Value cells) {
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(x));
        sizes.set(1, call.size(cells, 1));
        sizes.add(2, SizeExpr.of(4));
        Value apart = call.reshape(x, sizes);
        return call.add("Split", 4, Attributes.of("axis", 2).with("num_outputs", 4), List.of(apart)).stream()
                .map(gate -> call.squeeze(gate, 2))
                .toList();
    }

    /** An LSTM with two predecessors; the output gate is one for both. Source: slstm.py. */
    private static List<Value> slstm(FunctionCall call) {
        List<Value> first = interleaved(call, call.value("x1"), call.value("c_prev1"));
        List<Value> second = interleaved(call, call.value("x2"), call.value("c_prev2"));
        Value written = call.add("Add", written(call, first), written(call, second));
        Value kept = call.add(
                "Add",
                call.add("Mul", call.add("Sigmoid", first.get(2)), call.value("c_prev1")),
                call.add("Mul", call.add("Sigmoid", second.get(2)), call.value("c_prev2")));
        Value next = call.add("Add", written, kept);
        Value gate = call.add("Sigmoid", call.add("Add", first.get(3), second.get(3)));
        return List.of(next, call.add("Mul", gate, call.add("Tanh", next)));
    }

    /** Cells of the children and, last, the gates [B, (3 + children) n, ...]. Source: tree_lstm.py. */
    private static List<Value> treeLstm(FunctionCall call) {
        List<Value> inputs = call.values("inputs");
        if (inputs.size() < 2) {
            throw call.malformed("is given " + inputs.size() + " arrays, expected the cells of a child and the gates");
        }
        int children = inputs.size() - 1;
        int count = 3 + children;
        Value x = inputs.get(children);
        List<Value> gates =
                call.add("Split", count, Attributes.of("axis", 1).with("num_outputs", count), List.of(x)).stream()
                        .map(gate -> call.sized(gate, call.sizes(inputs.get(0))))
                        .toList();
        Value next = written(call, gates);
        for (int child = 0; child < children; child++) {
            next = call.add("Add", next, call.add("Mul", call.add("Sigmoid", gates.get(3 + child)), inputs.get(child)));
        }
        return List.of(next, call.add("Mul", call.add("Sigmoid", gates.get(2)), call.add("Tanh", next)));
    }
}
