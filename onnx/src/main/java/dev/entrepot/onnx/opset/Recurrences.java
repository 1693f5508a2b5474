package dev.entrepot.onnx.opset;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;

/** GRU, LSTM, RNN 14: the batch may come first. */
final class Recurrences {

    private static final Attributes SWAP = Attributes.of("perm", 1, 0, 2);
    private static final int FIRST_STATE = 5;
    private static final int STATES = 2;

    private Recurrences() {}

    /** Down to opset 7, where time comes first: [batch, time, ...] -> [time, batch, ...] and back. */
    static void timeFirst(Node node, Rewrite to) {
        Attributes attributes = node.attributes().without("layout");
        if (node.attributes().intOr("layout", 0) == 0) {
            to.finish(attributes);
            return;
        }
        List<Value> inputs = new ArrayList<>(node.inputs());
        inputs.set(0, to.add("Transpose", SWAP, node.input(0)));
        for (int i = FIRST_STATE; i < Math.min(inputs.size(), FIRST_STATE + STATES); i++) {
            if (!inputs.get(i).isNone()) {
                inputs.set(i, to.add("Transpose", SWAP, inputs.get(i)));
            }
        }
        List<Value> inner = node.outputs().stream()
                .map(output -> output.isNone()
                        ? output
                        : Value.NONE.withName(to.fresh(output).name()))
                .toList();
        to.finish(node.op(), attributes, inputs, inner);
        for (int i = 0; i < inner.size(); i++) {
            Value output = node.outputs().get(i);
            if (!output.isNone()) {
                // The sequence is [time, directions, batch, hidden], the states are [directions, batch, hidden].
                Attributes back = i == 0 ? Attributes.of("perm", 2, 0, 1, 3) : SWAP;
                to.add("Transpose", back, List.of(inner.get(i)), List.of(output));
            }
        }
    }
}
